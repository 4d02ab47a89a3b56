import { hasChromium, inChromium } from "@mixtura/fixtures/browser";
import { isBuilt, playgroundSite, whenBuilt } from "@mixtura/fixtures/built";
import { GaussianMixture } from "mixtura";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Playground, Workbench } from "./bench.ts";
import { openPlayground } from "./bench.ts";

const csv = (rows: readonly (readonly (number | string)[])[]): Buffer => Buffer.from(`${rows.map((row) => row.join(",")).join("\n")}\n`);
const wide = Array.from({ length: 500 }, (_, j) => j);

describe.skipIf(!hasChromium || !isBuilt(playgroundSite))(inChromium(whenBuilt("trouble in the playground", playgroundSite)), () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await openPlayground();
  });
  afterAll(() => playground?.close());

  /** Hands the page a file by its button. */
  async function give(bench: Workbench, name: string, buffer: Buffer): Promise<void> {
    await bench.pick("File");
    await bench.page.getByLabel("Choose a CSV").setInputFiles({ name, mimeType: "text/plain", buffer });
  }

  it("a file that is dropped on the page is opened", async () => {
    const bench = await playground.open();
    const { page } = bench;
    await bench.fitted();

    const transfer = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(["x,y,kind\n1,2,a\n2,1,a\n8,9,b\n9,8,b\n8,8,b\n1,1,a\n"], "dropped.csv"));
      return data;
    });
    await bench.refit(() => page.dispatchEvent(".workbench", "drop", { dataTransfer: transfer }));

    expect(await bench.status()).toMatch(/6 × 2/);
    await page.getByText("Left out as a column of text: kind.").waitFor();
    expect(await bench.status()).toMatch(/agreement/);
    await bench.done();
  });

  it.each([
    [
      "a broken CSV",
      "broken.csv",
      csv([
        ["a", "b"],
        [1, 2],
        [3, 4, 5],
      ]),
      /broken\.csv.*(row 2|line 3)/,
    ],
    [
      "one row",
      "one.csv",
      csv([
        ["a", "b"],
        [1, 2],
      ]),
      "one.csv has one row of numbers; it takes at least 2.",
    ],
    ["no row", "none.csv", csv([["a", "b"]]), /none\.csv/],
    ["an empty file", "empty.csv", Buffer.alloc(0), /empty\.csv/],
    [
      "a file that is no table",
      "picture.csv",
      Buffer.from(Uint8Array.from({ length: 3000 }, (_, at) => (at * 7919) % 256)),
      /picture\.csv|columns hold text/,
    ],
  ])("%s is refused with a sentence, and what was there stays", async (_, name, buffer, message) => {
    const bench = await playground.open();
    await bench.fitted();

    await give(bench, name, buffer);

    await bench.page.locator(".panel .notice.bad").getByText(message).waitFor();
    await bench.page.waitForSelector('.status-line[data-state="done"]');
    expect(await bench.rows()).toBe(272);
    await bench.done();
  });

  it("a changed file of the same name is another file, and the one before is a step back (#16)", async () => {
    const bench = await playground.open();
    await bench.fitted();
    const rows = (count: number): Buffer => csv([["x", "y"], ...Array.from({ length: count }, (_, i) => [i, (i * 7) % 13])]);

    await bench.refit(() => give(bench, "v.csv", rows(60)));
    expect(await bench.rows()).toBe(60);
    await bench.refit(() => give(bench, "v.csv", rows(30)));
    expect(await bench.rows()).toBe(30);

    await give(bench, "v.csv", csv([["x", "y"]]));
    await bench.page
      .locator(".panel .notice.bad")
      .getByText(/v\.csv/)
      .waitFor();
    expect(await bench.rows()).toBe(30);
    await bench.refit(() => bench.page.keyboard.press("Control+z"));
    await bench.page.waitForFunction(() => document.querySelector(".status-line strong")?.textContent === "60");
    await bench.done();
  });

  it("columns at the ends of what doubles hold are drawn or refused in words, and leave nothing behind (#16)", async () => {
    const bench = await playground.open();
    const { page } = bench;
    await bench.fitted();
    const file = (cell: (i: number) => string): Buffer =>
      csv([["a", "b", "c"], ...Array.from({ length: 60 }, (_, i) => [cell(i), i % 9, (i * i) % 7])]);
    const settled = (name: string): Promise<unknown> =>
      page.waitForFunction((wanted) => {
        const { state } = document.querySelector<HTMLElement>(".status-line")!.dataset;
        return (state === "done" || state === "failed") && document.querySelector("[role=application]")?.ariaLabel?.includes(wanted);
      }, name);
    const drawn = (): Promise<string> => page.locator("main").innerHTML();

    for (const [name, cell] of [
      ["denormal.csv", (i: number) => `${1 + (i % 7)}e-320`],
      ["constant.csv", () => "1e-320"],
      ["two.csv", (i: number) => (i % 2 === 0 ? "0" : "5e-324")],
      ["tiny.csv", (i: number) => `${1 + (i % 7)}e-300`],
      ["near.csv", (i: number) => (i % 2 === 0 ? "1" : "1.0000000000000002")],
      ["far.csv", (i: number) => `${1e15 + (i % 9)}`],
      ["huge.csv", (i: number) => `${i % 9}e300`],
      ["most.csv", (i: number) => `${i % 2 === 0 ? "" : "-"}1.7e308`],
    ] as const) {
      await give(bench, name, file(cell));
      await settled(name);
      expect([name, await drawn()]).toEqual([name, expect.not.stringMatching(/NaN|Infinity/)]);
      await page.getByLabel("View").selectOption("plane");
      await page.locator("svg.over").getByText("↑ b").waitFor();
      await settled(name);
      expect([name, await drawn()]).toEqual([name, expect.not.stringMatching(/NaN|Infinity/)]);

      await bench.refit(() =>
        give(
          bench,
          `after-${name}`,
          file((i) => String(i % 5)),
        ),
      );
      await page.getByLabel("View").selectOption("plane");
      await page.locator("svg.over").getByText("↑ b").waitFor();
      // The part of the plane is that of these rows: no axis still reaches as far as the one before.
      expect(await page.locator("svg.over .axis").textContent()).not.toMatch(/\de|∞/);
      expect(await bench.ellipses()).toBe(3);
    }
    await bench.done();
  });

  it("a picture that fails says so, and the next file is drawn (#16)", async () => {
    const bench = await playground.open();
    const { page } = bench;
    await bench.fitted();
    const rows = (step: number): Buffer =>
      csv([["x", "y"], ...Array.from({ length: 40 }, (_, i) => [((i * 3) % 40) * step, (i * 7) % 13])]);

    // What makes drawing fail here: ellipses are turned by an angle.
    await page.evaluate(() => {
      const { atan2 } = Math;
      Object.assign(Math, {
        atan2() {
          throw new Error("no angle today");
        },
      });
      Object.assign(globalThis, { mend: () => Object.assign(Math, { atan2 }) });
    });
    await give(bench, "fails.csv", rows(1));
    await page.locator(".plane .notice.bad").getByText("This could not be drawn: no angle today").waitFor();

    await page.evaluate(() => (globalThis as unknown as { mend(): void }).mend());
    await bench.refit(() => give(bench, "next.csv", rows(2)));
    expect(await bench.ellipses()).toBe(3);
    expect(await page.getByText("could not be drawn").count()).toBe(0);
    await bench.done();
  });

  it.each([
    [1e300, 1],
    [1e308, 1],
    [1e150, 1e280],
    [3, 1e300],
  ])("a model of components at ±%d with variances of %d leaves the picture sound (#16)", async (far, variance) => {
    const bench = await playground.open("#panel=export");
    await bench.fitted();
    const covariance = [
      [variance, 0],
      [0, variance],
    ];
    const model = GaussianMixture.fromParameters({
      weights: [0.5, 0.5],
      means: [
        [-far, 0],
        [far, 1],
      ],
      covariances: [covariance, covariance],
    });

    await bench.refit(() =>
      bench.page.getByLabel("Open a model file").setInputFiles({
        name: "model.json",
        mimeType: "application/json",
        buffer: Buffer.from(JSON.stringify(model)),
      }),
    );

    expect(await bench.page.locator("main").innerHTML()).not.toMatch(/NaN|Infinity|e\+\d/);
    await bench.refit(() => bench.page.getByLabel("Data set", { exact: true }).selectOption("starsCYG"));
    expect(await bench.ellipses()).toBe(3);
    await bench.done();
  });

  it("500 columns are opened, and the fit waits to be asked for", async () => {
    const bench = await playground.open();
    await bench.fitted();
    const rows = Array.from({ length: 60 }, (_, i) => wide.map((j) => Math.sin(i * 31 + j * 17).toFixed(4)));

    await give(bench, "wide.csv", csv([wide.map((j) => `c${j}`), ...rows]));

    await bench.page.getByText("60 × 500").waitFor();
    await bench.page.waitForFunction(() =>
      ["waiting", "fitting", "done", "failed"].includes(document.querySelector<HTMLElement>(".status-line")!.dataset["state"]!),
    );
    await bench.done();
  });

  it("a million rows are drawn and fitted while the page answers", async () => {
    const bench = await playground.open("#data=blobs:1000000:2:3&model=KMeans&o.nClusters=3&o.randomState=1", {
      before: "globalThis.ticks = 0; setInterval(() => globalThis.ticks++, 20);",
    });
    await bench.fitted();
    expect(await bench.rows()).toBe(1_000_000);
    expect(await bench.page.evaluate(() => (globalThis as unknown as { ticks: number }).ticks)).toBeGreaterThan(5);
    expect(await bench.page.getByRole("radio", { name: /Draw rows/ }).isDisabled()).toBe(true);
    await bench.done();
  });

  it("a foreign model, a damaged one and one of other features are refused next to the control", async () => {
    const bench = await playground.open("#panel=export");
    const { page } = bench;
    await bench.fitted();
    const open = (text: string): Promise<void> =>
      page.getByLabel("Open a model file").setInputFiles({ name: "model.json", mimeType: "application/json", buffer: Buffer.from(text) });
    const complaint = page.locator(".side-tabs .notice.bad");

    await open("not JSON");
    await complaint.getByText(/not JSON/).waitFor();
    await open('{"format":"mixtura-model","version":1,"type":"Nobody"}');
    await complaint.getByText(/"Nobody"/).waitFor();
    await open(JSON.stringify(GaussianMixture.fromParameters({ weights: [1], means: [[0]], covariances: [[[1]]] })));
    await complaint.getByText(/The model has 1 features, the data has 2/).waitFor();
    expect(await bench.ellipses()).toBe(3);

    await bench.refit(() =>
      open(
        JSON.stringify(
          GaussianMixture.fromParameters({
            weights: [1],
            means: [[3, 70]],
            covariances: [
              [
                [1, 0],
                [0, 100],
              ],
            ],
          }),
        ),
      ),
    );
    expect(await bench.ellipses()).toBe(1);
    await page.getByText("This model comes from a file").waitFor();
    await bench.done();
  });

  it("a hostile address is read as far as it makes sense, and says the rest", async () => {
    const bench = await playground.open(
      '#data=set:../../secret&model=<img src=x onerror=alert(1)>&o.nComponents="many"&view=9,9,9&o.__proto__=1&edits=a1e999,2',
    );
    const { page } = bench;

    await page.getByText(/model=<img src=x/).waitFor();
    expect(await page.locator("main img").count()).toBe(0);
    await page.getByText('"nComponents" must be an integer ≥ 1').first().waitFor();
    await bench.refit(() => page.getByLabel("Number of components", { exact: true }).fill("2"));
    expect(await bench.rows()).toBe(272);
    for (const close of (await page.getByRole("button", { name: "Close" }).all()).toReversed()) await close.click();
    await bench.done();
  });

  it("an address that names somebody's file asks for it", async () => {
    const bench = await playground.open("#data=file:mine.csv");
    await bench.fitted();
    await bench.page.getByText("The address names the file “mine.csv”, which only its owner has.").waitFor();
    expect(await bench.rows()).toBe(272);
    await bench.done();
  });

  it("the address holds all of it: another page shows the same", async () => {
    const bench = await playground.open(
      "#data=anisotropic:200:3:2&model=GaussianMixture&o.nComponents=2&o.randomState=4&view=0,2&panel=density&threshold=contamination:0.1&show=map",
    );
    await bench.fitted();
    await bench.page.getByText("20 rows").waitFor();
    await bench.refit(() => bench.pick("tied"));
    await bench.page.waitForFunction(() => location.hash.includes("tied"));
    const status = (await bench.status()).replace(/in .*? BIC/, "BIC");

    const other = await playground.open(new URL(bench.page.url()).hash);
    await other.fitted();

    expect((await other.status()).replace(/in .*? BIC/, "BIC")).toBe(status);
    expect(await other.page.getByLabel("Feature up").inputValue()).toBe("2");
    await bench.done();
    await other.done();
  });

  it("a page that slept goes on", async () => {
    const bench = await playground.open();
    await bench.fitted();
    const session = await bench.page.context().newCDPSession(bench.page);

    await session.send("Page.setWebLifecycleState", { state: "frozen" });
    await session.send("Page.setWebLifecycleState", { state: "active" });

    await bench.refit(() => bench.page.getByRole("button", { name: "New seed" }).click());
    await bench.done();
  });

  it("nothing asks for WebGL, so a browser without it does", async () => {
    const bench = await playground.open("#data=blobs:50000&model=GaussianMixture&o.nComponents=4&o.randomState=1", {
      before:
        "const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { if (kind !== '2d') throw new Error('no ' + kind); return get.call(this, kind, ...rest); };",
    });
    await bench.fitted();
    await bench.done();
  });
});
