import { join } from "node:path";
import { hasChromium, inChromium, PATIENCE } from "@mixtura/fixtures/browser";
import { isBuilt, playgroundSite, whenBuilt } from "@mixtura/fixtures/built";
import type { FittedGaussianMixture } from "mixtura";
import { loadModel, readCSV } from "mixtura";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Playground } from "./bench.ts";
import { openPlayground } from "./bench.ts";

const root = join(import.meta.dirname, "../../../..");
const caseOf = (name: string): string => join(root, "test/cases", name);

describe.skipIf(!hasChromium || !isBuilt(playgroundSite))(inChromium(whenBuilt("panels of the playground", playgroundSite)), () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await openPlayground();
  });
  afterAll(() => playground?.close());

  it("starts with Old Faithful, fitted", async () => {
    const bench = await playground.open();
    await bench.fitted();

    expect(await bench.status()).toMatch(/272 × 2 GaussianMixture in .* BIC 23\d\d\.\d/);
    expect(await bench.ellipses()).toBe(3);
    await bench.done();
  });

  it("data: sets, generated rows, features, views", async () => {
    const bench = await playground.open();
    const { page } = bench;
    await bench.fitted();

    await bench.refit(() => page.getByLabel("Data set", { exact: true }).selectOption("penguins"));
    expect(await bench.rows()).toBe(342);
    expect(await bench.status()).toMatch(/agreement 0\.\d\d/);
    await page.getByLabel("View").selectOption("pairs");
    await page.waitForSelector(".picture-view img");
    await page.getByLabel("View").selectOption("plane");
    await page.getByLabel("Feature up").selectOption({ value: "3" });
    await page.getByText("↑ body_mass_g").waitFor();
    await page.getByLabel("Colours", { exact: true }).selectOption("groups");
    await page.getByText(/Features fitted/).click();
    await bench.refit(() => page.getByRole("checkbox", { name: "body_mass_g" }).uncheck());
    expect(await bench.status()).toMatch(/342 × 3/);

    await bench.refit(() => bench.pick("Generated"));
    await bench.refit(() => bench.pick("moons"));
    await bench.refit(() => page.getByLabel("Rows", { exact: true }).fill("1234"));
    await bench.refit(() => page.getByLabel("Features: one more").click());
    expect(await bench.status()).toMatch(/1,234 × 3/);
    await bench.refit(() => page.getByLabel(/Scattered outliers/).fill("0.1"));
    await page.getByLabel("Rows", { exact: true }).fill("1e9");
    await page.getByText(/must be a whole number from 2 to 1,000,000; the last value stays/).waitFor();
    expect(await bench.rows()).toBe(1234);
    await bench.done();
  });

  it("columns that measure nothing are left out and said, can be put back, and left out again (#17)", async () => {
    const bench = await playground.open();
    const { page } = bench;
    await bench.fitted();
    await bench.pick("File");
    const file = page.getByLabel("Choose a CSV, NDJSON, JSON or Excel file");

    await bench.refit(() => file.setInputFiles(caseOf("customers.csv")));
    expect(await bench.status()).toMatch(/600 × 4/);
    await page.getByText("Left out: “customer_id”, which counts the rows.").waitFor();
    await bench.refit(() => page.getByRole("button", { name: "Put back" }).click());
    expect(await bench.status()).toMatch(/600 × 5/);
    await bench.refit(() => page.getByRole("button", { name: "Leave out “customer_id”" }).click());
    expect(await bench.status()).toMatch(/600 × 4/);

    await bench.refit(() => file.setInputFiles(caseOf("row-number.csv")));
    await page.getByText("Left out: “column1”, which counts the rows.").waitFor();
    await bench.refit(() => file.setInputFiles(caseOf("total.csv")));
    await bench.refit(() => page.getByRole("button", { name: "Leave out “total”" }).click());
    expect(await bench.status()).toMatch(/300 × 2/);
    await bench.done();
  });

  it("compressed files and workbooks are read, each with a reader that is loaded for it (#17)", async () => {
    const bench = await playground.open();
    const { page } = bench;
    await bench.fitted();
    await bench.pick("File");
    const file = page.getByLabel("Choose a CSV, NDJSON, JSON or Excel file");
    const packed = (name: string): string => join(root, "packages/io/test/packed", name);

    for (const name of ["faithful.csv.gz", "faithful.ndjson.zst"]) {
      await bench.refit(() => file.setInputFiles(packed(name)));
      expect(await bench.status()).toMatch(/272 × 2/);
    }
    await bench.refit(() => file.setInputFiles(packed("book.xlsx")));
    expect(await bench.status()).toMatch(/12 × 3/);
    await bench.done();
  });

  it("rows are drawn, erased and moved by hand, and all of that can be undone", async () => {
    const bench = await playground.open("#data=blank&model=GaussianMixture");
    const { page } = bench;
    const plane = page.getByRole("application");
    const box = (await plane.boundingBox())!;
    const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
    await page.getByText("There are no rows yet").first().waitFor();

    await page.getByRole("radio", { name: /Draw rows/ }).click();
    await bench.refit(async () => {
      await page.mouse.move(...at(0.3, 0.3));
      await page.mouse.down();
      await page.mouse.move(...at(0.7, 0.7), { steps: 25 });
      await page.mouse.up();
    });
    const drawn = await bench.rows();
    expect(drawn).toBeGreaterThan(10);

    await page.getByRole("radio", { name: /Move rows/ }).click();
    await bench.refit(async () => {
      await page.mouse.move(...at(0.3, 0.3));
      await page.mouse.down();
      await page.mouse.move(...at(0.3, 0.6), { steps: 6 });
      await page.mouse.up();
    });
    expect(await bench.rows()).toBe(drawn);

    await page.getByRole("radio", { name: /Erase rows/ }).click();
    await bench.refit(async () => {
      await page.mouse.move(...at(0.5, 0.5));
      await page.mouse.down();
      await page.mouse.move(...at(0.6, 0.6), { steps: 10 });
      await page.mouse.up();
    });
    const left = await bench.rows();
    expect(left).toBeLessThan(drawn);

    await bench.refit(() => page.keyboard.press("Control+z"));
    expect(await bench.rows()).toBe(drawn);
    await bench.refit(() => page.keyboard.press("Control+Shift+z"));
    expect(await bench.rows()).toBe(left);
    await bench.done();
  });

  it("rows are drawn with the keyboard alone", async () => {
    const bench = await playground.open("#data=blank&model=GaussianMixture");
    const { page } = bench;
    await page.getByText("There are no rows yet").first().waitFor();

    await page.getByRole("application").focus();
    await page.keyboard.press("p");
    await page.keyboard.press("Enter");
    await page.getByText("There is one row yet").first().waitFor();
    for (const key of ["ArrowRight", "ArrowUp"]) {
      for (let step = 0; step < 4; step++) await page.keyboard.press(key);
      await page.keyboard.press("Enter");
      await page.waitForFunction(
        (count) => document.querySelector(".status-line strong")?.textContent === String(count),
        key === "ArrowRight" ? 2 : 3,
      );
    }
    await bench.fitted();
    expect(await page.locator("[aria-live=polite]").first().innerText()).toBe("Row added.");
    await bench.done();
  });

  it("model: every listed estimator fits, and its form is made from its options", async () => {
    const bench = await playground.open("#data=blobs:150:2:3:1:0.05&model=GaussianMixture&o.nComponents=3&o.randomState=1");
    const { page } = bench;
    await bench.fitted();
    const select = page.getByLabel("Estimator", { exact: true });
    const types = await select.locator("option").allInnerTexts();
    expect(types).toEqual(expect.arrayContaining(["GaussianMixture", "KMeans", "KernelDensity", "ECOD"]));

    for (const type of types.filter((name) => name !== "GaussianMixture")) {
      await bench.refit(() => select.selectOption(type));
      expect(await bench.status()).toContain(type);
    }
    await bench.refit(() => select.selectOption("KernelDensity"));
    await bench.refit(() => bench.pick("epanechnikov"));
    await bench.done();
  });

  it("model: a value out of range is refused next to its field, in words, and the last one stays", async () => {
    const bench = await playground.open();
    const { page } = bench;
    await bench.fitted();

    await page.getByLabel("Number of components", { exact: true }).fill("0");
    await page.getByText("This must be an integer ≥ 1; the last value stays.").waitFor();
    expect(await bench.ellipses()).toBe(3);
    await bench.refit(() => page.getByLabel("Number of components: one more").click());
    expect(await bench.ellipses()).toBe(4);

    await page.getByLabel("Number of components", { exact: true }).fill("500");
    await page
      .getByText(/272 rows cannot be shared among nComponents = 500/)
      .first()
      .waitFor();
    await bench.done();
  });

  it("time line: step, scrub, run, loop, other seeds, all starts", async () => {
    const bench = await playground.open("#model=GaussianMixture&o.nComponents=3&o.nInit=3&o.randomState=7");
    const { page } = bench;
    await bench.fitted();
    const said = page.locator(".timeline p").first();
    const ellipse = page.locator("svg.over .component ellipse").first();

    // A point of the curves for each state.
    const points = await page
      .locator(".bound-chart .curve")
      .evaluateAll((curves) => curves.flatMap((curve) => curve.getAttribute("d")!.split("L")).length);
    expect(String(points)).toBe(await page.getByLabel("State of the fit").getAttribute("max"));
    await page.getByLabel("To the first state").click();
    await page.getByText(/Start 1, iteration 1:/).waitFor();
    const first = await ellipse.getAttribute("rx");
    await page.getByLabel("One state on").click();
    await page.getByText(/Start 1, iteration 2:/).waitFor();
    await page.keyboard.press(",");
    await page.getByText(/Start 1, iteration 1:/).waitFor();

    const scrub = page.getByLabel("State of the fit");
    await scrub.fill(String(Number(await scrub.getAttribute("max")) - 1));
    await page.getByText(/Start 3, iteration \d+:/).waitFor();
    await scrub.fill("3");
    await page.getByText(/Start 1, iteration 4:/).waitFor();
    expect(await ellipse.getAttribute("rx")).not.toBe(first);

    await page.getByLabel("Start shown").selectOption({ value: "1" });
    await page.getByText(/Start 2, iteration 1:/).waitFor();
    await page.getByLabel("States per second").selectOption("40");
    await page.getByLabel("Run the fit").click();
    await page.getByText(/The fitted model: \d+ iterations, converged/).waitFor();
    expect(await said.innerText()).toMatch(/converged/);

    await page.getByLabel("Run in a loop").click();
    await page.keyboard.press("k");
    await page.getByLabel("Pause").waitFor();
    await page.keyboard.press("k");
    await bench.refit(() => page.getByRole("button", { name: "New seed" }).click());
    await bench.done();
  });

  it("how many: curves grow as candidates are done, and a point loads its model", async () => {
    const bench = await playground.open("#choose=1:4:full,tied:bic:1");
    const { page } = bench;
    await bench.fitted();

    await page.getByRole("button", { name: "Try all 8" }).click();
    await page.getByText(/Lowest BIC/).waitFor();
    expect(await page.locator(".criterion-chart .candidate").count()).toBe(8);
    await bench.refit(() => page.getByRole("button", { name: /^2 components, tied/ }).click());
    expect(await bench.ellipses()).toBe(2);
    expect(await page.getByLabel("Number of components", { exact: true }).inputValue()).toBe("2");
    await page.getByText("This model comes from the search").waitFor();

    await page.keyboard.press("ArrowRight");
    await bench.refit(() => page.keyboard.press("Enter"));
    expect(await bench.ellipses()).toBe(3);
    await bench.refit(() => page.getByRole("button", { name: "Fit it here" }).click());
    expect(await page.locator(".weights li").count()).toBe(3);
    await bench.done();
  });

  it("density: map, regions, a line by fraction, reasons, a box, and a second fit without the flagged rows", async () => {
    const bench = await playground.open("#panel=density");
    const { page } = bench;
    await bench.fitted();

    await page.getByLabel("log-density map").check();
    await page.getByLabel(/regions of/).check();
    await expect.poll(() => page.locator("path.contour").count(), { timeout: PATIENCE }).toBe(3);
    await bench.pick("fraction of rows");
    await page.getByText("14 rows").waitFor();
    await page.locator("path.line-of-unusual").waitFor();
    await page.getByLabel(/^Fraction of rows/).fill("0.1");
    await page.getByText("27 rows").waitFor();
    await bench.pick("false alarms");
    await page.getByText(/% of rows like these/).waitFor();

    const plane = page.getByRole("application");
    const box = (await plane.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.1);
    await plane.focus();
    await page.keyboard.press("v");
    await page.keyboard.press("Enter");
    await page.locator(".point-card .reason").first().waitFor();
    expect(await page.locator(".point-card").innerText()).toMatch(/log-density[\s\S]*σ (above|below) its mean/);

    await page.getByRole("button", { name: "Draw a box", exact: true }).click();
    await page.mouse.move(box.x + box.width * 0.55, box.y + box.height * 0.05);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.98, box.y + box.height * 0.5, { steps: 5 });
    await page.mouse.up();
    await page.getByText(/\(quadrature\)/).waitFor();

    const before = await bench.rows();
    await bench.refit(() => page.getByRole("button", { name: /out and fit again/ }).click());
    expect(await bench.rows()).toBeLessThan(before);
    expect(await page.locator("svg.over .earlier").count()).toBe(3);
    await bench.done();
  });

  it("density: another model is compared with the first, flagging as many rows", async () => {
    const bench = await playground.open(
      "#panel=density&threshold=contamination:0.05&data=blobs:300:2:2:1:0.05&model=GaussianMixture&o.nComponents=2",
    );
    const { page } = bench;
    await bench.fitted();

    await page.getByLabel("Compare with another model").selectOption("ECOD");
    await page.getByText("only ECOD").waitFor();
    await page.locator("path.line-of-second").waitFor();
    await bench.done();
  });

  it("backends: all that are there are measured and agree", async () => {
    const bench = await playground.open("#panel=backends&data=blobs:3000:2:3&model=GaussianMixture&o.nComponents=3&o.randomState=1");
    const { page } = bench;
    await bench.fitted();

    await page.getByRole("button", { name: "Measure all" }).click();
    await page.getByText("Ten iterations from one start").waitFor();
    await page.getByRole("button", { name: "Measure all", disabled: false }).waitFor();
    const rows = await page.locator("table.plain tbody tr").allInnerTexts();
    expect(rows.length).toBe((await page.locator(".side-tabs fieldset input:enabled").count()) - 1);
    for (const row of rows) {
      const difference = row.split(/\s+/).at(-1)!;
      // Rounding in double precision, and in single precision of data of spread 1.
      expect(difference === "none" || Number(difference) < (row.includes("TensorFlow") ? 1e-3 : 1e-9), row).toBe(true);
    }
    await bench.refit(() => page.getByLabel("WebAssembly, threads").check());
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await bench.done();
  });

  it("export: files say what is shown", async () => {
    const bench = await playground.open("#panel=export&threshold=contamination:0.1");
    const { page } = bench;
    await bench.fitted();
    const file = async (name: string): Promise<Buffer> => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    };

    const model = loadModel((await file("Model (JSON)")).toString());
    expect([model.type, model.featureNames]).toEqual(["GaussianMixture", ["eruptions", "waiting"]]);
    const table = await readCSV((await file("Rows (CSV)")).toString(), {
      columns: ["eruptions", "waiting"],
      keep: ["label", "log_density", "outlier"],
    });
    expect(table.X.rows).toBe(272);
    const scores = await (model as FittedGaussianMixture).scoreSamples(table.X);
    // The page scores on another backend: sums of a dozen terms, in another order.
    expect(Math.abs(Number(table.kept![1]!.cells[0]) / scores[0]! - 1)).toBeLessThan(12 * Number.EPSILON);
    expect(table.kept![2]!.cells.filter((cell) => cell === "1")).toHaveLength(27);
    expect((await file("Picture (SVG)")).toString()).toMatch(/^<svg .*waiting against eruptions/);
    expect((await file("Picture (PNG)")).subarray(1, 4).toString()).toBe("PNG");

    for (const [tab, text] of [
      ["TypeScript", 'new GaussianMixture({ nComponents: 3, covarianceType: "tied", randomState: 7 })'],
      ["Command line", "--n-components 3"],
      ["scikit-learn", 'GaussianMixture(n_components=3, covariance_type="tied", tol=0.00001, max_iter=1000, random_state=7)'],
    ] as const) {
      await bench.pick(tab);
      await page.locator("pre.code").getByText(text).waitFor();
    }
    await bench.done();
  });
});
