import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Site } from "@mixtura/fixtures/browser";
import { hasChromium, inChromium, launchOptions, PATIENCE, serveFolder, watchPage } from "@mixtura/fixtures/browser";
import { docSite, isBuilt, whenBuilt } from "@mixtura/fixtures/built";
import { plugins } from "mixtura";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collectBlocks } from "../src/blocks.ts";
import { readSite } from "../src/site-links.ts";
import { headingsUnderBar, looksOf, watchShifts } from "./page-looks.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const dist = join(import.meta.dirname, "..", "dist");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** How far a page may move by itself: a tenth of what browsers call good. */
const LEAST_SHIFT = 0.01;

const built = isBuilt(docSite);

describe.skipIf(!built)(whenBuilt("the doc-site as it was built", docSite), () => {
  const site = readSite(dist);

  it("has pages of every kind, and one for every estimator's place in the reference", () => {
    const paths = [...site.pages.keys()];
    for (const path of [
      "/",
      "/start/getting-started",
      "/guides/how-many-clusters",
      "/reference/options",
      "/reference/errors",
      "/gallery",
      "/accuracy",
      "/benchmarks",
      "/api/mixture",
    ])
      expect(paths).toContain(path);
    const options = site.pages.get("/reference/options")!;
    for (const { type } of plugins) expect(options.includes(`>${type}</a>`), type).toBe(true);
  });

  it("has no link that leads nowhere, anchors included", () => {
    expect(site.links).toBeGreaterThan(1000);
    expect(site.dead).toEqual([]);
  });

  it("has a picture on every guide and concept, and several on the page of plot, each with words and a place of its size (#18)", () => {
    const figures = (html: string): number => html.match(/<figure class="picture"/g)?.length ?? 0;
    const without = [...site.pages].filter(([path, html]) => /^\/(?:guides|concepts)\//.test(path) && figures(html) === 0);
    expect(without.map(([path]) => path)).toEqual([]);
    expect(figures(site.pages.get("/packages/plot")!)).toBeGreaterThanOrEqual(5);
    for (const [path, html] of site.pages) {
      for (const [image] of html.matchAll(/<(?:img|source) [^>]*\/pictures\/[^>]*>/g)) {
        expect(image, path).toMatch(/ width="[\d.]+" height="[\d.]+"/);
        if (image.startsWith("<img")) expect(image, path).toMatch(/ alt="[^"]{20,}"/);
      }
    }
  });

  it("fetches nothing from anywhere else", () => {
    expect(site.foreign).toEqual([]);
  });

  it("gives every page a content policy without unsafe scripts", () => {
    for (const html of site.pages.values()) {
      const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
      expect(policy).toMatch(/default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-/);
      expect(policy?.replaceAll("'wasm-unsafe-eval'", "")).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
    }
  });

  it("tells programs that read what there is", () => {
    const list = readFileSync(join(dist, "llms.txt"), "utf8");
    expect(list).toMatch(/^# Mixtura\n\n> /);
    for (const [, path] of list.matchAll(/\]\(\/([^)]+)\.md\)/g))
      expect([".html", ".md"].every((ending) => existsSync(join(dist, `${path!}${ending}`)))).toBe(true);
    expect(readFileSync(join(dist, "llms-full.txt"), "utf8").length).toBeGreaterThan(50_000);
  });
});

describe.skipIf(!hasChromium || !built)(inChromium(whenBuilt("the doc-site", docSite)), () => {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    site = await serveFolder(dist);
    browser = await chromium.launch(launchOptions);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  /** The scripts of a page are at work. A function, since the page's policy lets no text be evaluated once more where the first look came too early. */
  async function started(page: Page): Promise<void> {
    await page.waitForFunction(() => {
      const { document } = globalThis as unknown as { document: { querySelector(selector: string): object | null } };
      return "__vue_app__" in (document.querySelector("#app") ?? {});
    });
  }

  /** Opens a page, does something there, and holds it to having no complaints. */
  async function visit(
    path: string,
    act: (page: Page) => Promise<void>,
    options: Parameters<Browser["newContext"]>[0] = {},
  ): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const complaints = watchPage(page, site);
    await page.goto(`${site.address}${path}`);
    await started(page);
    await act(page);
    expect(complaints).toEqual([]);
    await context.close();
  }

  async function accessibility(page: Page): Promise<string[]> {
    await page.evaluate(axe);
    // Colours that change are looked at once they have changed.
    await page.evaluate(async () => {
      const { document } = globalThis as unknown as { document: { getAnimations(): { finished: Promise<unknown> }[] } };
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    });
    return page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
      ).axe.run();
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map(({ html }) => html.slice(0, 160))
            .join(" | ")}`,
      );
    });
  }

  it("landing page: the fit runs, and leads to the playground with the same rows", async () => {
    await visit("", async (page) => {
      await page.locator(".live-fit .component").first().waitFor();
      await page.getByLabel("One component more").click();
      await expect.poll(() => page.locator(".live-fit .component").count(), { timeout: PATIENCE }).toBe(5);
      expect(await accessibility(page)).toEqual([]);
      await page.getByText("Open in the playground →").click();
      await page.waitForSelector('.status-line[data-state="done"]');
      expect(await page.locator("svg.over .component").count()).toBe(5);
    });
  });

  it.each([
    ["a guide", "guides/how-many-clusters"],
    ["a concept with mathematics and pictures", "concepts/expectation-maximisation"],
    ["a page of the API", "api/ecod"],
    ["options", "reference/options"],
    ["capabilities", "reference/capabilities"],
    ["errors", "reference/errors"],
    ["the gallery", "gallery"],
    ["accuracy", "accuracy"],
    ["benchmarks, with a wide picture", "benchmarks"],
    ["a page that is not there", "404"],
    ["coming from scikit-learn", "migrating/scikit-learn"],
  ])("%s: axe finds nothing, in light and in dark", async (_, path) => {
    await visit(path, async (page) => {
      expect(await accessibility(page)).toEqual([]);
      await page.locator(".VPNavBarAppearance button").click();
      await page.waitForSelector("html.dark");
      expect(await accessibility(page)).toEqual([]);
    });
  });

  it("live cells give the answers that stand next to them, and can be changed", async () => {
    await visit("guides/serving", async (page) => {
      const cells = page.locator(".live-cell");
      const examples = collectBlocks(root).filter(({ file }) => file === "docs/guides/serving.md");
      expect(await cells.count()).toBe(examples.length);
      const first = cells.first();
      await first.getByRole("button", { name: "Run" }).click();
      await first.locator(".live-result li").first().waitFor();
      expect(await first.locator(".live-result").innerText()).toMatch(/again\.point\.logDensity[\s\S]*true/);

      await first.getByRole("button", { name: "Edit" }).click();
      await first
        .getByLabel("Code of this example")
        .fill(
          "import { GaussianMixture, KMeans } from 'mixtura';\nconst twice = (x: number): number => 2 * x;\ntwice(21)\nGaussianMixture.load('{}') // throws invalid-model\nnew KMeans({ nClusters: 0 })",
        );
      await first.getByRole("button", { name: "Run" }).click();
      await first.getByText("invalid-option").waitFor();
      const shown = await first.locator(".live-result").innerText();
      expect(shown).toMatch(/twice\(21\)\s*42/);
      expect(shown).toMatch(/invalid-model/);
    });
  });

  it("live cells show pictures as pictures, for the page's ground, and nothing in them runs (#18)", async () => {
    await visit("guides/cleaning", async (page) => {
      const cell = page.locator(".live-cell").filter({ hasText: "cleaningPlot" });
      const image = cell.locator(".live-result img").first();
      await cell.getByRole("button", { name: "Run" }).click();
      await image.waitFor();
      expect(await image.getAttribute("alt")).toMatch(/^Before and after cleaning\. 200 rows/);
      expect(await cell.locator(".live-result").innerText()).not.toContain("<svg");
      const light = await image.getAttribute("src");
      await page.locator(".VPNavBarAppearance button").click();
      await page.waitForSelector("html.dark");
      await expect.poll(() => image.getAttribute("src")).not.toBe(light);
      await expect.poll(() => image.evaluate((element) => (element as unknown as { naturalWidth: number }).naturalWidth)).toBe(640);

      await cell.getByRole("button", { name: "Edit" }).click();
      const bad =
        '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" onload="document.title = 1"><script>document.title = 2</script></svg>';
      await cell.getByLabel("Code of this example").fill(`\`${bad}\`;\n["<svg", "x"];\n"<svg><open></svg>";\n[\`${bad}\`, \`${bad}\`]`);
      await cell.getByRole("button", { name: "Run" }).click();
      await expect.poll(() => cell.locator(".live-result img").count()).toBe(3);
      // What is no picture remains a text.
      expect(await cell.locator(".live-result .shown").allInnerTexts()).toEqual(['["<svg", "x"]', '"<svg><open></svg>"']);
      expect(await page.title()).toMatch(/Mixtura/);
    });
  });

  it.each([
    ["in a window of 1280 pixels", { viewport: { width: 1280, height: 900 } }],
    ["on a phone", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
  ])("every page keeps still, cuts nothing off in silence and has no complaint, %s (#18)", async (_, options) => {
    const context = await browser.newContext(options);
    const isPhone = options.viewport.width < 500;
    const faults: string[] = [];
    const left = [...readSite(dist).pages.keys()].filter((path) => path !== "/404");
    const readOn = async (): Promise<void> => {
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      await watchShifts(page);
      const complaints = watchPage(page, site);
      for (let path = left.shift(); path !== undefined; path = left.shift()) {
        const fault = (kind: string, found: readonly string[]): void => void faults.push(...found.map((one) => `${path}: ${kind}: ${one}`));
        await page.goto(`${site.address}${path.slice(1)}`);
        await started(page);
        let looks = await looksOf(page, dist);
        // On a busy machine half a page may be painted before the rest is read. What moves by itself moves at every visit.
        if (looks.layoutShift > LEAST_SHIFT) {
          await page.reload();
          await started(page);
          looks = await looksOf(page, dist);
        }
        fault("complaint", complaints.splice(0));
        if (looks.layoutShift > LEAST_SHIFT) fault("moves", [looks.layoutShift.toFixed(3)]);
        fault("cut off without a sign", looks.silentlyCut);
        if (!isPhone) fault("code is cut off", looks.cutCode);
        if (!isPhone) fault("a table is cut off", looks.cutTables);
        fault(
          "a picture without a place",
          looks.pictures.filter(({ hasSize }) => !hasSize).map(({ address }) => address),
        );
        // Texts are 10 pixels high where a picture has its own size; 9 leaves room for phones narrower than most.
        fault(
          "small text",
          looks.pictures.filter(({ smallestText }) => smallestText < 9).map(({ address }) => address),
        );
      }
    };
    await Promise.all([readOn(), readOn(), readOn()]);
    await context.close();
    expect(faults).toEqual([]);
  });

  it.each([
    ["in a window of 1280 pixels", { viewport: { width: 1280, height: 900 } }],
    ["on a phone", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
  ])("a heading that is jumped to stands below the bar, %s (#18)", async (_, options) => {
    for (const path of ["guides/how-many-clusters", "reference/options", "gallery", "packages/plot"])
      await visit(path, async (page) => expect(await headingsUnderBar(page)).toEqual([]), options);
  });

  it("is searched on the spot", async () => {
    await visit("start/getting-started", async (page) => {
      await page.keyboard.press("Control+k");
      await page.locator("#localsearch-input").fill("bootstrap");
      await page.locator(".results .result").first().waitFor();
      expect(await page.locator(".results").innerText()).toMatch(/bootstrap/i);
      await page.keyboard.press("Escape");
    });
  });

  it("fits a phone without scrolling sideways", async () => {
    for (const path of ["", "guides/how-many-clusters", "reference/options", "api/ecod", "benchmarks"]) {
      await visit(
        path,
        async (page) => {
          expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")).toBe(true);
        },
        { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
      );
    }
  });
});
