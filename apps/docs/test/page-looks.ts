import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";

/** What a reader would meet on a page at one width of the window. */
export interface PageLooks {
  /** First lines of blocks of code that are wider than their place. */
  readonly cutCode: readonly string[];
  /** Heads of tables that are wider than their place. */
  readonly cutTables: readonly string[];
  /** Those of either that do not show that there is more. */
  readonly silentlyCut: readonly string[];
  /** How far the page moved under the reader by itself, as browsers count it. */
  readonly layoutShift: number;
  /** Pictures of the page that a reader sees, in order. */
  readonly pictures: readonly PictureLooks[];
}

/** A picture on a page. */
interface PictureLooks {
  readonly address: string;
  readonly alt: string;
  /** Whether its place is kept before it has come. */
  readonly hasSize: boolean;
  /** Height of its smallest text on the screen, in CSS pixels; infinite where there is none. */
  readonly smallestText: number;
}

/** Called before a page is opened: from now on the browser adds up how far the page moves by itself. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched = globalThis as unknown as { shifted: number };
    watched.shifted = 0;
    const { PerformanceObserver: Observer } = globalThis as unknown as BrowserGlobals;
    new Observer((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) watched.shifted += value;
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** Reads a page from top to bottom. */
export async function looksOf(page: Page, dist: string): Promise<PageLooks> {
  const seen = await page.evaluate(async () => {
    const window = globalThis as unknown as BrowserGlobals;
    const { document } = window;
    const frame = (): Promise<unknown> => new Promise((settle) => window.requestAnimationFrame(settle));
    for (let top = 0; top < document.documentElement.scrollHeight; top += window.innerHeight) {
      window.scrollTo(0, top);
      await frame();
      await frame();
    }
    const visible = (item: BrowserElement): boolean => item.getClientRects().length > 0;
    const images = [...document.querySelectorAll(".picture img")].filter(visible);
    for (const image of images) if (!image.complete) await new Promise((settle) => image.addEventListener("load", settle));
    await frame();
    await frame();
    const cut = (selector: string): BrowserElement[] =>
      [...document.querySelectorAll(selector)].filter((item) => visible(item) && item.scrollWidth > item.clientWidth + 1);
    const words = (item: BrowserElement): string => item.textContent.trim().replaceAll(/\s+/g, " ").slice(0, 60);
    const [code, tables] = [cut(".vp-doc pre"), cut(".vp-doc table")];
    return {
      cutCode: code.map(words),
      cutTables: tables.map(words),
      silentlyCut: [...code, ...tables].filter((item) => item.closest("[data-more]") === null).map(words),
      layoutShift: (globalThis as unknown as { shifted: number }).shifted,
      images: images.map((image) => ({
        address: image.currentSrc,
        alt: image.alt,
        hasSize: image.hasAttribute("width") && image.hasAttribute("height"),
        width: image.getBoundingClientRect().width,
      })),
    };
  });
  const pictures = seen.images.map(({ width, ...image }) => ({ ...image, smallestText: width * smallestPartOf(image.address, dist) }));
  return { ...seen, pictures };
}

/** Headings that are hidden by the bar or out of sight once a link led to them: from outside the page, and from within. */
export async function headingsUnderBar(page: Page): Promise<string[]> {
  const anchors = await page.locator(".vp-doc :is(h2, h3)[id]").evaluateAll((headings) => headings.map(({ id }) => id));
  const hidden: string[] = [];
  const address = page.url().replace(/#.*$/, "");
  for (const anchor of anchors.slice(0, 6)) {
    for (const from of ["outside", "inside"]) {
      if (from === "outside") {
        await page.goto("about:blank");
        await page.goto(`${address}#${anchor}`);
      } else {
        await page.evaluate((hash) => {
          const window = globalThis as unknown as { scrollTo(left: number, top: number): void; location: { hash: string } };
          window.location.hash = "";
          window.scrollTo(0, 0);
          window.location.hash = hash;
        }, anchor);
      }
      const isSeen = page.waitForFunction(
        (id) => {
          const { document, innerHeight } = globalThis as unknown as BrowserGlobals;
          const bars = [...document.querySelectorAll(".VPNav, .VPLocalNav")].filter((bar) => bar.getClientRects().length > 0);
          const bottom = Math.max(...bars.map((bar) => bar.getBoundingClientRect().bottom));
          const { top } = document.getElementById(id)!.getBoundingClientRect();
          return top >= bottom && top < innerHeight;
        },
        anchor,
        { timeout: 5000 },
      );
      await isSeen.catch(() => hidden.push(`${anchor}, from ${from}`));
    }
  }
  return hidden;
}

/** The height of a picture's smallest text as a part of its width. */
function smallestPartOf(address: string, dist: string): number {
  const svg = readFileSync(join(dist, new URL(address).pathname), "utf8");
  const [, width] = /viewBox="0 0 ([\d.]+) /.exec(svg)!;
  const sizes = [...svg.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size));
  return Math.min(...sizes) / Number(width);
}

interface BrowserElement {
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly textContent: string;
  readonly complete: boolean;
  readonly currentSrc: string;
  readonly alt: string;
  getClientRects(): { readonly length: number };
  getBoundingClientRect(): { readonly width: number; readonly top: number; readonly bottom: number };
  hasAttribute(name: string): boolean;
  closest(selector: string): object | null;
  addEventListener(type: string, listener: (event: unknown) => void): void;
}

interface BrowserGlobals {
  readonly document: {
    readonly documentElement: { readonly scrollHeight: number };
    querySelectorAll(selector: string): Iterable<BrowserElement>;
    getElementById(id: string): BrowserElement | null;
  };
  readonly innerHeight: number;
  readonly PerformanceObserver: new (
    listener: (list: { getEntries(): readonly { readonly value: number; readonly hadRecentInput: boolean }[] }) => void,
  ) => { observe(options: { readonly type: string; readonly buffered: boolean }): void };
  scrollTo(left: number, top: number): void;
  requestAnimationFrame(callback: (time: unknown) => void): void;
}
