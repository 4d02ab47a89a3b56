import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Site } from "@mixtura/fixtures/browser";
import { launchOptions, PATIENCE, serveFolder, watchPage } from "@mixtura/fixtures/browser";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { expect } from "vitest";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The playground as it was built, in a browser. */
export interface Playground {
  open(hash?: string, options?: BrowserContextOptions & { readonly before?: string }): Promise<Workbench>;
  close(): Promise<void>;
}

/** Serves dist/ and starts a browser. */
export async function openPlayground(options?: Parameters<typeof serveFolder>[1]): Promise<Playground> {
  const site = await serveFolder(join(import.meta.dirname, "..", "..", "dist"), options);
  const browser = await chromium.launch(launchOptions);
  return {
    open: (hash = "", context = {}) => Workbench.open(browser, site, hash, context),
    async close() {
      await browser.close();
      site.close();
    },
  };
}

/** One page with the workbench, used as a person would. */
export class Workbench {
  readonly page: Page;
  readonly complaints: readonly string[];

  private constructor(page: Page, complaints: readonly string[]) {
    this.page = page;
    this.complaints = complaints;
  }

  static async open(
    browser: Browser,
    site: Site,
    hash: string,
    { before, ...options }: BrowserContextOptions & { readonly before?: string },
  ): Promise<Workbench> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const complaints = watchPage(page, site);
    if (before !== undefined) await page.addInitScript(before);
    await page.goto(`${site.address}${hash}`);
    const workbench = new Workbench(page, complaints);
    await page.waitForSelector(".status-line");
    return workbench;
  }

  /** Waits until a fit is done that came after `version`. */
  async fitted(version = 0): Promise<void> {
    await this.page.waitForFunction((before) => {
      const line = document.querySelector<HTMLElement>(".status-line");
      return line?.dataset["state"] === "done" && Number(line.dataset["version"]) > before;
    }, version);
  }

  /** Does something that leads to another fit, and waits for that. */
  async refit(act: () => Promise<unknown>): Promise<void> {
    const version = Number(await this.page.getAttribute(".status-line", "data-version"));
    await act();
    await this.fitted(version);
  }

  /** "272 × 2 · GaussianMixture in 5 ms" */
  async status(): Promise<string> {
    return (await this.page.innerText(".status-line")).replaceAll(/\s+/g, " ");
  }

  async rows(): Promise<number> {
    return Number(/([\d,]+) ×/.exec(await this.status())?.[1]?.replaceAll(",", ""));
  }

  /** The addresses of all that the page and its worker have loaded. */
  async loaded(): Promise<string[]> {
    const named = (): string[] => [location.href.replace(/#.*/, ""), ...performance.getEntriesByType("resource").map(({ name }) => name)];
    const all = await Promise.all([this.page.evaluate(named), ...this.page.workers().map((worker) => worker.evaluate(named))]);
    return [...new Set(all.flat())].filter((address) => address.startsWith("http"));
  }

  /** Chooses one of several. */
  async pick(name: string): Promise<void> {
    await this.page.getByRole("radio", { name, exact: true }).check();
  }

  /** The panel of a tab. */
  async panel(title: string): Promise<void> {
    await this.page.getByRole("tab", { name: title }).click();
  }

  /** Centres of the ellipses drawn. */
  ellipses(): Promise<number> {
    return this.page.locator("svg.over .component").count();
  }

  /** What axe finds, one line per violation. */
  async accessibility(): Promise<string[]> {
    await this.page.evaluate(axe);
    // Colours that change are looked at once they have changed.
    await this.page.evaluate(async () => {
      const { document } = globalThis as unknown as { document: { getAnimations(): { finished: Promise<unknown> }[] } };
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    });
    const found = await this.page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
        }
      ).axe.run();
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} (${failureSummary.replaceAll(/\s+/g, " ").slice(0, 200)})`).join(" | ")}`,
      );
    });
    return found;
  }

  /** Ends the page; it must not have complained. */
  async done(): Promise<void> {
    expect(this.complaints).toEqual([]);
    await this.page.context().close();
  }
}
