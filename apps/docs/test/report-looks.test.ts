import { hasChromium, inChromium, launchOptions } from "@mixtura/fixtures/browser";
import { renderReport, surveyRows } from "@mixtura/report";
import { selectMixture } from "mixtura";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "../src/pictures/rows.ts";

/** What a browser says of a report. */
interface ReportLooks {
  readonly firstPicture: number;
  readonly cutTables: readonly string[];
  readonly sideways: number;
}

describe.skipIf(!hasChromium)(inChromium("a report of four groups (#18)"), () => {
  let browser: Browser;
  let report: string;
  beforeAll(async () => {
    browser = await chromium.launch(launchOptions);
    const { X } = rowsOf("penguins");
    const { best, ...selection } = await selectMixture(X, { nComponents: [4], covarianceType: "tied", randomState: 7 });
    const survey = await surveyRows(best, X, { randomState: 1 });
    report = renderReport({ source: "penguins.csv", X, outcome: { ...selection, model: best }, survey });
  });
  afterAll(() => browser?.close());

  async function looksAt(width: number): Promise<ReportLooks> {
    const page = await browser.newPage({ viewport: { width, height: 844 } });
    await page.setContent(report);
    const looks = await page.evaluate(() => {
      const { document, innerWidth } = globalThis as unknown as BrowserGlobals;
      const cut = [...document.querySelectorAll(".scroll")].filter((item) => item.scrollWidth > item.clientWidth + 1);
      return {
        firstPicture: document.querySelector("figure svg")!.getBoundingClientRect().top,
        cutTables: cut.map(({ textContent }) => textContent.trim().replaceAll(/\s+/g, " ").slice(0, 24)),
        sideways: document.documentElement.scrollWidth - innerWidth,
      };
    });
    await page.close();
    return looks;
  }

  it("shows the groups on the first screen, and cuts off no table, in a window of 1280 pixels", async () => {
    const { firstPicture, cutTables, sideways } = await looksAt(1280);
    expect(firstPicture).toBeLessThan(844);
    expect(cutTables).toEqual([]);
    expect(sideways).toBe(0);
  });

  it("shows the means of all groups at once on a phone", async () => {
    const { firstPicture, cutTables, sideways } = await looksAt(390);
    // The second screen: names and sentences of four groups come first.
    expect(firstPicture).toBeLessThan(2 * 844);
    expect(cutTables.filter((head) => head.startsWith("Mean"))).toEqual([]);
    expect(sideways).toBe(0);
  });
});

interface BrowserElement {
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly textContent: string;
  getBoundingClientRect(): { readonly top: number };
}

interface BrowserGlobals {
  readonly document: {
    readonly documentElement: BrowserElement;
    querySelector(selector: string): BrowserElement | null;
    querySelectorAll(selector: string): Iterable<BrowserElement>;
  };
  readonly innerWidth: number;
}
