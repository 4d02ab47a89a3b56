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

const root = join(import.meta.dirname, "..", "..", "..");
const dist = join(import.meta.dirname, "..", "dist");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

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
    // A function, since the page's policy lets no text be evaluated once more where the first look came too early.
    await page.waitForFunction(() => {
      const { document } = globalThis as unknown as { document: { querySelector(selector: string): object | null } };
      return "__vue_app__" in (document.querySelector("#app") ?? {});
    });
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
