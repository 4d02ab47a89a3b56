import { referenceBackend } from "@mixtura/backend";
import { loadData } from "@mixtura/fixtures";
import { hasChromium, inChromium, launchOptions } from "@mixtura/fixtures/browser";
import { GaussianMixture, KMeans } from "@mixtura/mixture";
import { BACKEND_LAWS } from "@mixtura/testing/internal";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Tasks } from "./browser/page.mjs";
import { openSite } from "./browser/site.ts";

/** Without a graphics device the software one serves, to which every new size is a shader to compile: all laws take minutes. */
const everything = process.env["MIXTURA_ALL_LAWS"] !== undefined;

/** Laws that meet many sizes or many rows, which a software device takes long for. The others run every operation and every kernel. */
const LONG = [
  /\/(naive|reference|sum-to-one|chunk-merge|symmetric|weights-are-repeats)$/,
  /^kernels\/nothing-left$/, // fits are held to it below
];
const QUICK = BACKEND_LAWS.map(({ id }) => id).filter((id) => !LONG.some((pattern) => pattern.test(id)));

const { rows } = loadData("iris");
const means = [10, 60, 110].map((row) => [...rows[row]!]);

describe.skipIf(!hasChromium)(inChromium("in Chromium, on its software device"), () => {
  let browser: Browser;
  let page: Page;
  let site: Awaited<ReturnType<typeof openSite>>;

  beforeAll(async () => {
    site = await openSite();
    browser = await chromium.launch({ ...launchOptions, args: [...launchOptions.args, "--enable-unsafe-webgpu"] });
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  async function ask<Task extends keyof Tasks>(task: Task, problem: Parameters<Tasks[Task]>[0]): Promise<Awaited<ReturnType<Tasks[Task]>>> {
    const answer: Awaited<ReturnType<Tasks[Task]>> = await page.evaluate(`globalThis.tasks.${task}(${JSON.stringify(problem)})`);
    return answer;
  }

  describe.each(["webgl", "webgpu"] as const)("%s", (engine) => {
    beforeAll(async () => {
      page = await browser.newPage();
      await page.goto(site.origin);
      await page.waitForFunction("globalThis.tasks !== undefined");
    });

    it(
      everything
        ? "keeps the contract of backends"
        : "keeps the contract of backends (a part of the laws; MIXTURA_ALL_LAWS=1 asks for all)",
      async () => {
        const results = await ask("laws", everything ? { engine } : { engine, only: QUICK });

        expect(results.filter(({ passed }) => !passed).map(({ id, problem }) => `${id}: ${problem ?? ""}`)).toEqual([]);
        expect(results.length).toBeGreaterThan(20);
      },
    );

    it("fits as the reference does, and leaves no tensor", async () => {
      const found = await ask("fits", { engine, rows: rows.map((row) => [...row]), means });

      const mixture = await new GaussianMixture({ nComponents: 3, meansInit: means, acceleration: "none", backend: referenceBackend }).fit(
        rows,
      );
      const clusters = await new KMeans({ nClusters: 3, init: means, backend: referenceBackend }).fit(rows);
      expect(found.backend).toBe(`tfjs-${engine}`);
      expect(found.diagnostics).toEqual(["single-precision", "few-rows-for-parameters"]); // 44 parameters, 150 rows
      // 150 rows, each log-density rounded to 6e-8 of some ten nats; exponentials of the device are within 1e-6.
      expect(Math.abs(found.logLikelihood! - mixture.logLikelihood!) / rows.length).toBeLessThan(2e-6);
      found.means.forEach((mean, at) => expect(Math.abs(mean - mixture.means.data[at]!)).toBeLessThan(1e-4));
      expect(found.labels).toEqual([...(await mixture.predict(rows))]);
      expect(Math.abs(found.inertia / clusters.inertia - 1)).toBeLessThan(1e-6);
      expect(found.tensors).toBe(0);
    });

    it("goes on in float64 when the device is lost, and says so; what was on the device is an error", async () => {
      const found = await ask("loss", { engine, rows: rows.map((row) => [...row]) });

      const right = await new GaussianMixture({ nComponents: 3, randomState: 1, tol: 0, maxIter: 6, backend: referenceBackend }).fit(rows);
      expect(found.iterations).toBe(6);
      expect(Math.abs(found.logLikelihood! - right.logLikelihood!) / rows.length).toBeLessThan(2e-6);
      expect(found.code).toBe("device-lost");
      expect(found.notes).toContain("backend-fell-back: device");
    });
  });
});
