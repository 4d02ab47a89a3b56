import { gzipSync } from "node:zlib";
import { hasChromium, inChromium } from "@mixtura/fixtures/browser";
import { isBuilt, playgroundSite, whenBuilt } from "@mixtura/fixtures/built";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Playground } from "./bench.ts";
import { openPlayground } from "./bench.ts";

describe.skipIf(!hasChromium || !isBuilt(playgroundSite))(inChromium(whenBuilt("surroundings of the playground", playgroundSite)), () => {
  let playground: Playground;
  beforeAll(async () => {
    // Any folder of any server, which sends no headers.
    playground = await openPlayground({ path: "/some/where/", isolated: false });
  });
  afterAll(() => playground?.close());

  it("works from any folder and without isolation, on one thread", async () => {
    const bench = await playground.open("#panel=backends&data=blobs:20000:2:3&model=GaussianMixture&o.nComponents=3&o.randomState=1");
    await bench.fitted();

    expect(await bench.page.evaluate(() => crossOriginIsolated)).toBe(false);
    expect(await bench.page.getByLabel("WebAssembly, threads").isDisabled()).toBe(true);
    await bench.page.getByText("a page may only when it is served cross-origin isolated").waitFor();
    await bench.refit(() => bench.page.getByLabel("WebAssembly, one thread").check());
    await bench.done();
  });

  it("loads at most 300 kB, compressed, until the first fit is shown: page, scripts, styles and rows (#18)", async () => {
    const bench = await playground.open();
    await bench.fitted();
    const addresses = await bench.loaded();
    const sizes = await Promise.all(
      addresses.map(async (address) => gzipSync(Buffer.from(await (await fetch(address)).arrayBuffer())).length),
    );

    for (const part of [/\/$/, /\/index-[^/]*\.js$/, /\/worker-[^/]*\.js$/, /\.css$/, /\.csv$/])
      expect(addresses.filter((address) => part.test(address))).toHaveLength(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000);
    await bench.done();
  });

  it.each(["How many", "Density", "Backends", "Export"])("%s: axe finds nothing, in light and in dark", async (title) => {
    const bench = await playground.open("#choose=1:3:full,tied:bic:1&show=map&threshold=contamination:0.05");
    await bench.fitted();
    await bench.panel(title);
    if (title === "How many") {
      await bench.page.getByRole("button", { name: "Try all 6" }).click();
      await bench.page.getByText(/Lowest BIC/).waitFor();
    }
    if (title === "Density") await bench.page.getByText("14 rows").waitFor();
    await bench.page.getByText("More options").click();

    expect(await bench.accessibility()).toEqual([]);
    await bench.page.getByLabel("Dark colours").click();
    expect(await bench.accessibility()).toEqual([]);
    await bench.done();
  });

  it("every panel fits a phone, without scrolling sideways, and axe finds nothing", async () => {
    const bench = await playground.open("#data=set:penguins&model=GaussianMixture&o.nComponents=3", {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await bench.fitted();

    for (const title of ["Data", "Model", "Time line", "How many", "Density", "Backends", "Export"]) {
      await bench.panel(title);
      expect(await bench.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1)).toBe(true);
    }
    expect(await bench.accessibility()).toEqual([]);
    await bench.done();
  });

  it("asks for little movement are heard: the time line shows whole states only", async () => {
    const bench = await playground.open("", { reducedMotion: "reduce" });
    await bench.fitted();
    const { page } = bench;
    await page.getByLabel("States per second").selectOption("2");
    await page.getByLabel("To the first state").click();
    const first = await page.locator("svg.over .component ellipse").first().getAttribute("rx");
    await page.getByLabel("Run the fit").click();
    const seen = await page.evaluate(async () => {
      const radii = new Set<string | null>();
      for (let frame = 0; frame < 12; frame++) {
        radii.add(document.querySelector("svg.over .component ellipse")!.getAttribute("rx"));
        await new Promise((next) => requestAnimationFrame(next));
      }
      return [...radii];
    });
    // A fifth of a second holds one state of two per second, at most two.
    expect(seen.length).toBeLessThanOrEqual(2);
    expect(seen).toContain(first);
    await bench.done();
  });

  it("dark and light follow the reader's system until set otherwise", async () => {
    const bench = await playground.open("", { colorScheme: "dark" });
    await bench.fitted();
    const ground = (): Promise<string | undefined> => bench.page.evaluate(() => document.documentElement.dataset["ground"]);
    expect(await ground()).toBe("dark");
    await bench.page.getByLabel("Light colours").click();
    expect(await ground()).toBe("light");
    await bench.page.reload();
    await bench.fitted();
    expect(await ground()).toBe("light");
    await bench.done();
  });
});
