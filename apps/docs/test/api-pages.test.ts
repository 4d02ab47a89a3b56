import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Site } from "@mixtura/fixtures/browser";
import { hasChromium, inChromium, launchOptions, PATIENCE, serveFolder, watchPage } from "@mixtura/fixtures/browser";
import { docSite, isBuilt, whenBuilt } from "@mixtura/fixtures/built";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadPackages, publicOnly } from "../src/packages.ts";
import { declaredOptions, defaultText } from "../src/site/declarations.ts";
import { readSite } from "../src/site-links.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const dist = join(import.meta.dirname, "..", "dist");
const built = isBuilt(docSite);

/** Pages of one thing each: "/api/mixture/GaussianMixture". */
const isThing = (path: string): boolean => /^\/api\/[\w-]+\/\w+$/.test(path) && !path.endsWith("/types");

/**
 * The height at a width of 1280 that no page of the reference may have, in pixels. The highest are estimators with two dozen options,
 * examples and seven methods, at 10,000: a dozen screens with a list of their heads beside them. Before there was a page per thing (#18)
 * the highest had 113,040.
 */
const HIGHEST = 12_000;

describe.skipIf(!built)(whenBuilt("the API reference", docSite), () => {
  const site = readSite(dist);
  const things = [...site.pages.keys()].filter(isThing);

  it("has one page for every class and function that packages export (#18)", async () => {
    const packages = publicOnly(await loadPackages(root));
    const makers = new Map<unknown, Set<string>>();
    for (const [specifier, exports] of Object.entries(packages))
      for (const [name, value] of Object.entries(exports)) {
        if (typeof value !== "function") continue;
        const path = `/api/${specifier.replace("@mixtura/", "").replaceAll("/", "-")}/${name}`;
        makers.set(value, (makers.get(value) ?? new Set()).add(path));
      }

    const wrong = [...makers.values()].filter((paths) => things.filter((path) => paths.has(path)).length !== 1);

    expect(makers.size).toBeGreaterThan(150);
    expect(wrong.map((paths) => [...paths])).toEqual([]);
  });

  it("has every declared option and its default on the page of what takes it (#18)", async () => {
    const declared = declaredOptions(await loadPackages(root));
    // Looks that all plots share are declared for no one of them, and rows of a table are options of several readers.
    const pagesOf: Readonly<Record<string, readonly string[]>> = {
      picture: ["scatterPlot", "densityPlot", "weightsPlot"],
      table: ["readJSON", "readNDJSON"],
      csv: ["readCSV"],
      csvBlock: ["csvBlocks"],
    };
    const missing = declared.flatMap(({ subject, options }) =>
      (pagesOf[subject] ?? [subject]).flatMap((name) => {
        const path = things.find((thing) => thing.endsWith(`/${name}`));
        if (path === undefined) return [`no page of ${name}`];
        const text = readFileSync(join(dist, `${path}.md`), "utf8");
        return Object.entries(options).flatMap(([option, declaration]) => {
          const row = text.split("\n").find((line) => line.startsWith(`| <a id="option-${option.toLowerCase()}"></a> \`${option}\` | `));
          const shown = declaration.default === undefined || row?.includes(`default&nbsp;${defaultText(declaration)}`) === true;
          return row !== undefined && shown ? [] : [`${name}: ${option}`];
        });
      }),
    );

    expect(declared.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });

  it("leaves no type of options without its table (#18)", () => {
    const unlinked = things.filter((path) =>
      /^\| `options\??` \| (?:<span class="facts">)?`\w+(?:Options|Context)`/m.test(readFileSync(join(dist, `${path}.md`), "utf8")),
    );
    expect(unlinked).toEqual([]);
  });

  it("names each entry's exports on a short page of its own, and leads on from there", () => {
    const index = site.pages.get("/api/mixture")!;
    expect(index).toContain('href="/api/mixture/GaussianMixture"');
    expect(index).toContain('id="gaussianmixture"');
    expect(site.pages.get("/api/all")).toContain("<title>API reference | Mixtura</title>");
    expect(readFileSync(join(dist, "llms.txt"), "utf8")).toContain("](/api/mixture.md): Gaussian mixtures, ");
    expect(existsSync(join(dist, "api/mixture/GaussianMixture.md"))).toBe(true);
  });
});

describe.skipIf(!hasChromium || !built)(inChromium(whenBuilt("the API reference and the search", docSite)), () => {
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

  async function visit(path: string, act: (page: Page) => Promise<void>, width = 1280): Promise<void> {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const complaints = watchPage(page, site);
    await page.goto(`${site.address}${path}`);
    await page.waitForFunction(() => {
      const { document } = globalThis as unknown as { document: { querySelector(selector: string): object | null } };
      return "__vue_app__" in (document.querySelector("#app") ?? {});
    });
    await act(page);
    expect(complaints).toEqual([]);
    await context.close();
  }

  it(`has no page higher than ${HIGHEST} px (#18)`, async () => {
    // The longest by their text; of them one is the highest.
    const longest = [...readSite(dist).pages]
      .filter(([path]) => path.startsWith("/api/"))
      .toSorted(([, a], [, b]) => b.length - a.length)
      .slice(0, 12)
      .map(([path]) => path);
    const heights: [path: string, height: number][] = [];
    for (const path of longest)
      await visit(path.slice(1), async (page) => {
        heights.push([path, await page.evaluate<number>("document.documentElement.scrollHeight")]);
      });
    expect(heights.filter(([, height]) => height > HIGHEST)).toEqual([]);
  });

  it.each([
    ["anomaly", /^\/guides\/anomalies/],
    ["responsibilities", /^\/guides\/clustering/],
    ["how many clusters", /^\/guides\/how-many-clusters/],
    ["outlier threshold", /^\/guides\/(?:anomalies|novelty)/],
    ["missing values", /^\/start\/getting-started#missing-values/],
    ["covariance types", /^\/concepts\/covariance-types/],
    // What only code is called leads to its page.
    ["selectMixture", /^\/api\/model-selection\/selectMixture/],
    ["GaussianMixture", /^\/api\/mixture\/GaussianMixture/],
  ])("search for %s: %s comes first (#18)", async (query, expected) => {
    await visit("start/runtimes", async (page) => {
      await page.keyboard.press("Control+k");
      await page.locator("#localsearch-input").fill(query);
      // Results of the part typed so far may come before.
      await expect.poll(() => page.locator(".results .result").first().getAttribute("href"), { timeout: PATIENCE }).toMatch(expected);
      const found = await page
        .locator(".results .result")
        .evaluateAll((all) => all.map((result) => String((result as unknown as { href: string }).href)));
      const internals = found.findIndex((address) => /\/api\/(?:testing|[\w-]+-authoring|backend-trial)\//.test(address));
      // Behind every guide that was found, too.
      expect(internals === -1 || found.slice(internals).every((address) => !/\/guides\//.test(address))).toBe(true);
    });
  });

  it("leads former anchors on, and shows what an anchor names below the bar (#18)", async () => {
    await visit("api/mixture#gaussianmixture", async (page) => {
      await page.waitForURL(/\/api\/mixture\/GaussianMixture$/);
    });
    for (const [path, selector] of [
      ["api/mixture/GaussianMixture#options", "#options"],
      ["api/mixture/GaussianMixture#fromparameters", "#fromparameters"],
      ["api/mixture/FittedGaussianMixture#weights", "#weights"],
      ["api/core/types#type-matrixlike", "#type-matrixlike"],
    ] as const)
      await visit(path, async (page) => {
        const bar = await page.evaluate<number>("document.querySelector('.VPNav').getBoundingClientRect().bottom");
        const box = (): Promise<number> => page.evaluate<number>(`document.querySelector('${selector}').getBoundingClientRect().top`);
        await expect.poll(box, { timeout: PATIENCE }).toBeLessThan(500);
        expect(await box()).toBeGreaterThanOrEqual(bar);
      });
  });

  it("fits a phone without scrolling sideways", async () => {
    for (const path of [
      "api/all",
      "api/mixture",
      "api/mixture/GaussianMixture",
      "api/mixture/FittedBayesianGaussianMixture",
      "api/core/types",
    ])
      await visit(
        path,
        async (page) => {
          expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), path).toBe(true);
        },
        390,
      );
  });
});
