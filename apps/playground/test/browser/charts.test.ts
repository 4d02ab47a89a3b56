import { join } from "node:path";
import { hasChromium, inChromium, launchOptions } from "@mixtura/fixtures/browser";
import { matrix } from "@mixtura/core";
import { selectMixture } from "@mixtura/model-selection";
import { renderReport, surveyRows } from "@mixtura/report";
import vue from "@vitejs/plugin-vue";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases, million, picturesOf } from "./chart-cases.ts";
import type { Expectation } from "./chart-faults.ts";
import { chartFaults } from "./chart-faults.ts";

declare global {
  /** {@link chartFaults}, in the page. */
  var faultsOfChart: typeof chartFaults;
}

/** The harness of the playground's own charts, as one script and its style. */
async function harness(): Promise<{ script: string; style: string }> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    plugins: [vue()],
    define: { "process.env.NODE_ENV": '"development"' },
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, "chart-harness.ts"), formats: ["iife"], name: "harness" },
    },
  });
  const files = (Array.isArray(built) ? built : [built]).flatMap((result) => ("output" in result ? result.output : []));
  const script = files.find((file) => file.type === "chunk")!;
  const style = files.find((file) => file.type === "asset" && file.fileName.endsWith(".css"))!;
  return { script: (script as { code: string }).code, style: String((style as { source: string }).source) };
}

describe.skipIf(!hasChromium)(inChromium("charts of odd values (#18)"), () => {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch(launchOptions);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
  });
  afterAll(() => browser?.close());

  /** The faults of charts, by name. */
  async function faultsOf(
    page: Page,
    selector: string,
    expected: Readonly<Record<string, Expectation>>,
  ): Promise<Record<string, string[]>> {
    await page.evaluate(`globalThis.faultsOfChart = ${chartFaults.toString()}`);
    return page.evaluate(
      ([charts, wanted]) => {
        const found: Record<string, string[]> = {};
        for (const chart of document.querySelectorAll<HTMLElement>(charts)) {
          const name = chart.dataset["chart"]!;
          const faults = [...chart.querySelectorAll("svg")]
            .filter((svg) => svg.closest("ul, ol") === null)
            .flatMap((svg) => globalThis.faultsOfChart(svg, wanted[name] ?? {}));
          if (faults.length > 0) found[`${name} at ${chart.parentElement!.dataset["width"]}`] = faults;
        }
        return found;
      },
      [selector, expected] as const,
    );
  }

  it.each([...cases, million])("pictures of @mixtura/plot: $name", async (values) => {
    const found: Record<string, string[]> = {};
    for (const width of values === million ? [480] : [240, 480]) {
      // A million rows take seconds, and these are drawn as the others are.
      const drawn = Object.entries(picturesOf(values, width)).filter(
        ([name]) => values !== million || !/plotMixture|one feature/.test(name),
      );
      const sections = drawn.map(([name, { draw }]) => `<section data-chart="${name}">${draw()}</section>`);
      await page.setContent(`<body style="margin:0"><div data-width="${width}">${sections.join("")}</div>`);
      const expected = Object.fromEntries(drawn.map(([name, picture]) => [name, picture.expected]));
      Object.assign(found, await faultsOf(page, "[data-chart]", expected));
    }

    expect(found).toEqual({});
  });

  it.each([
    ["usual", (row: number) => [row % 7, (row * row) % 11]],
    ["far from zero", (row: number) => [1e8 + (row % 7), (row * row) % 11]],
    ["huge", (row: number) => [(1 + (row % 7)) * 1e120, (row * row) % 11]],
    ["one 1e12 away", (row: number) => [row === 0 ? 1e12 : row % 7, (row * row) % 11]],
    ["a column of one value", (row: number) => [4, (row * row) % 11]],
    ["one feature, tiny", (row: number) => [(row % 7) * 1e-150 + (row % 2) * 1e-149]],
  ])("pictures of reports: %s", async (_, rowOf) => {
    const rows = Array.from({ length: 60 }, (__, row) => rowOf(row));
    const X = matrix(Float64Array.from(rows.flat()), rows.length, rows[0]!.length);
    const { best, ...selection } = await selectMixture(X, {
      randomState: 1,
      nComponents: [1, 2, 3],
      covarianceType: ["full", "spherical"],
    });
    const survey = await surveyRows(best, X, { randomState: 1, unusualRows: 5 });
    const report = renderReport({ source: "rows.csv", X, outcome: { ...selection, model: best }, survey });

    const found: Record<string, string[]> = {};
    // A page of its own: a report forbids scripts, and so would what comes after it.
    const own = await browser.newPage();
    for (const width of [1280, 390]) {
      await own.setViewportSize({ width, height: 800 });
      await own.setContent(report);
      await own.evaluate((wide) => {
        for (const details of document.querySelectorAll("details")) details.open = true;
        for (const svg of document.querySelectorAll("svg")) {
          svg.parentElement!.dataset["chart"] = svg.querySelector("title")?.textContent ?? "unnamed";
          svg.parentElement!.parentElement!.dataset["width"] = String(wide);
        }
      }, width);
      expect(await own.locator("svg").count()).toBeGreaterThan(3);
      Object.assign(found, await faultsOf(own, "[data-chart]", { "Weights of the components": { bars: true } }));
    }
    await own.close();
    expect(found).toEqual({});
  });

  describe("the playground's", () => {
    beforeAll(async () => {
      const { script, style } = await harness();
      await page.setContent(`<html data-ground="light"><style>${style}</style><body></body></html>`);
      await page.addScriptTag({ content: script });
      await page.evaluate(() => {
        for (const width of [260, 620]) charts.mount(width);
      });
    });

    // One page sees all cases after one another, so that what one leaves behind is found in the next.
    it.each([...cases, million, cases[0]!])("charts: $name", async ({ name, values, flat = false }) => {
      complaints.length = 0;
      if (name === million.name)
        await page.evaluate((count) => charts.draw(Array.from({ length: count }, (_, row) => Math.sin(row * 12.9898) * 43.7585)), 1e6);
      else await page.evaluate((next) => charts.draw(next.map((text) => Number(text))), values.map(String));
      const finite = values.length > 400 ? [] : values.filter((value) => Number.isFinite(value));

      const found = await faultsOf(page, "[data-chart]", {
        BoundChart: { values: finite, flat },
        CriterionChart: { values: finite.slice(0, 64), flat },
      });
      expect(found).toEqual({});
      expect(complaints).toEqual([]);
    });
  });
});
