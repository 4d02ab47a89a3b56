import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import type { KernelDensityOptions } from "../src/index.ts";
import { KernelDensity, kernels } from "../src/index.ts";

const few = [
  [0, 1],
  [2, 5],
  [3, 3],
  [8, 4],
];

describe("a kernel", () => {
  it.each(kernels.flatMap((kernel) => [1, 2, 3, 4].map((d) => ({ kernel, d }))))(
    "integrates to 1 over $d dimensions: $kernel",
    async ({ kernel, d }) => {
      const model = await new KernelDensity({ kernel, bandwidth: 1 }).fit([Array.from({ length: d }, () => 0)]);
      const reach = kernel === "gaussian" ? 8 : 1;
      const radii = Float64Array.from({ length: 4000 }, (_, i) => ((i + 0.5) * reach) / 4000);

      const densities = await model.scoreSamples(Array.from(radii, (r) => Array.from({ length: d }, (_, j) => (j === 0 ? r : 0))));

      const sphere = [2, 2 * Math.PI, 4 * Math.PI, 2 * Math.PI ** 2][d - 1]!; // the area of the unit sphere in d dimensions
      const integral = radii.reduce((sum, r, i) => sum + sphere * r ** (d - 1) * Math.exp(densities[i]!) * (reach / 4000), 0);
      // The midpoint rule over 4000 steps is off by (step²/24) times a second derivative that is below 10.
      expect(Math.abs(integral - 1)).toBeLessThan(2e-6);
    },
  );

  it.each(["epanechnikov", "tophat"] as const)("draws rows within its reach, as far out as its density says: %s", async (kernel) => {
    const model = await new KernelDensity({ kernel, bandwidth: 2 }).fit([[0, 0, 0]]);

    const { data } = model.sample(20_000, { randomState: 3 }).X;

    const squares = Float64Array.from({ length: 20_000 }, (_, i) => data.slice(3 * i, 3 * i + 3).reduce((sum, x) => sum + x * x, 0) / 4);
    expect(squares.every((square) => square < 1)).toBe(true);
    // E u² is d/(d+2) for a ball and d/(d+4) for 1 − u²; four standard errors of a mean of 20 000 values of deviation below 0.3.
    const mean = squares.reduce((sum, square) => sum + square / squares.length, 0);
    expect(Math.abs(mean - 3 / (kernel === "tophat" ? 5 : 7))).toBeLessThan((4 * 0.3) / Math.sqrt(20_000));
  });
});

describe("a kernel density", () => {
  it("is finite where every single kernel is too small for a double", async () => {
    const model = await new KernelDensity({ bandwidth: 1 }).fit([[0], [1]]);

    expect(model.point.logDensity([1001])).toBeCloseTo(-0.5 * 1000 ** 2 - 0.5 * Math.log(2 * Math.PI) - Math.LN2, 6);
    expect(model.point.logDensity([1e200])).toBe(-Infinity);
  });

  it("takes a number as the absolute bandwidth of every feature, and a relative one as a fraction of each feature's spread", async () => {
    const absolute = await new KernelDensity({ bandwidth: 3 }).fit(few);
    const relative = await new KernelDensity({ bandwidth: { relative: 0.5 } }).fit(few);

    expect(absolute.bandwidth).toEqual(Float64Array.of(3, 3));
    expect(relative.bandwidth[0]).toBeCloseTo(0.5 * Math.sqrt(8.6875), 12);
  });

  it("does not change under linear maps of the rows when it is whitened, but for their volume", async () => {
    const turned = few.map(([x = 0, y = 0]) => [3 * x - y, x + y]); // of determinant 4
    const options: KernelDensityOptions = { scaling: "whitened" };

    const right = await (await new KernelDensity(options).fit(few)).scoreSamples(few);
    const found = await (await new KernelDensity(options).fit(turned)).scoreSamples(turned);

    // Rounding of a 2×2 factor.
    found.forEach((value, i) => expect(Math.abs(value + Math.log(4) - right[i]!)).toBeLessThan(1e-12));
  });

  it("says so where whitened features follow from one another", async () => {
    const { trace } = await new KernelDensity({ scaling: "whitened" }).fit(few.map(([x = 0]) => [x, 2 * x]));

    expect(trace.diagnostics.map(({ code }) => code)).toEqual(["collinear-features"]);
  });

  it.each(["features", "whitened"] as const)("is a density where one row outweighs all others: scaling %s", async (scaling) => {
    const random = createRandom(5);
    for (const heavy of [1e15, 1e20, 1e100, 1e300]) {
      for (let at = 0; at < 30; at++) {
        // Sums about a mean that rounds to the heavy row may leave less than nothing.
        const X = Array.from({ length: 30 }, () => [random.normal(), random.normal(), random.normal()]);
        const model = await new KernelDensity({ scaling }).fit(X, { sampleWeight: X.map((_, i) => (i === at ? heavy : 1e-10)) });

        expect(model.bandwidth.every((value) => value > 0 && value < Infinity)).toBe(true);
        expect((await model.scoreSamples(X)).some(Number.isNaN)).toBe(false);
      }
    }
  });

  it("leaves out rows of weight zero when it scores, even where the density is zero", async () => {
    const model = await new KernelDensity({ kernel: "tophat", bandwidth: 1 }).fit([[0]]);

    expect(await model.score([[0], [9]], { sampleWeight: [1, 0] })).toBe(-Math.LN2);
    expect(await model.score([[0], [9]])).toBe(-Infinity);
  });

  it("keeps nothing of d×d numbers unless it is whitened: 150 000 features (#16)", async () => {
    const d = 150_000; // whose square no typed array holds
    const random = createRandom(2);
    const X = matrix(
      Float64Array.from({ length: 3 * d }, () => random.normal()),
      3,
      d,
    );

    const model = await new KernelDensity().fit(X);

    const scores = await model.scoreSamples(X);
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(model.point.logDensity(X.data.subarray(0, d))).toBe(scores[0]);
  });

  it("is not read with features of one name (#16)", async () => {
    const json = (await new KernelDensity().fit(few)).toJSON();

    expect(() => KernelDensity.load({ ...json, features: { count: 2, names: ["a", "a"] } })).toThrow(
      expect.objectContaining({ code: "invalid-model" }),
    );
  });

  it("scores long tables without keeping the event loop, and stops when it is aborted", async () => {
    const random = createRandom(1);
    const X = matrix(
      Float64Array.from({ length: 40_000 }, () => random.normal()),
      20_000,
      2,
    );
    const model = await new KernelDensity().fit(X);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);

    await expect(model.scoreSamples(X, { signal: controller.signal })).rejects.toMatchObject({ code: "aborted" });
  });
});

// scikit-learn 1.9.1, test_kde.py, test_kde_sample_weights: the same shapes and weights, and the same samples demanded.
describe.each(kernels)("a seeded sample of a kernel density (#16), %s", (kernel) => {
  it.each([1, 2, 10])("has the same rows for no weights, equal weights and repeated rows, %i features", async (d) => {
    const random = createRandom(0);
    const X = Array.from({ length: 400 }, () => Array.from({ length: d }, () => random.uniform()));
    const weights = X.map((row) => 1 + Math.floor(10 * row.reduce((sum, value) => sum + value, 0)));
    const repeated = X.flatMap((row, i) => Array.from({ length: weights[i]! }, () => row));
    for (const bandwidth of [0.01, 0.1, 1]) {
      const estimator = new KernelDensity({ kernel, bandwidth });
      const draw = async (rows: number[][], sampleWeight?: number[]) =>
        (await estimator.fit(rows, sampleWeight && { sampleWeight })).sample(100, { randomState: 1234 }).X.data;

      const plain = await draw(X);
      expect(
        await draw(
          X,
          X.map(() => 1),
        ),
      ).toEqual(plain);
      expect(
        await draw(
          X,
          X.map(() => 3),
        ),
      ).toEqual(plain);
      expect(
        await draw(
          X,
          X.map(() => 0.1),
        ),
      ).toEqual(plain);
      expect(await draw(repeated)).toEqual(await draw(X, weights));
      expect(await draw(X, weights)).not.toEqual(plain);
      expect(
        await draw(
          X,
          weights.map((w) => 0.37 * w),
        ),
      ).toEqual(await draw(X, weights));
    }
  });
});

describe("bad input", () => {
  it.each<[string, object, string, RegExp]>([
    ["an unknown rule", { bandwidth: "scot" }, "invalid-option", /"bandwidth" must be one of "scott", "silverman", or a number/],
    ["a bandwidth of zero", { bandwidth: 0 }, "invalid-option", /found 0/],
    ["a negative share", { bandwidth: { relative: -1 } }, "invalid-option", /bandwidth/],
    ["an absolute bandwidth that is to be whitened", { bandwidth: 1, scaling: "whitened" }, "invalid-option", /absolute/],
    ["a kernel that is not there", { kernel: "cosine" }, "invalid-option", /"gaussian", "epanechnikov", "tophat"/],
    ["another program's name of an option", { band_width: 1 }, "unknown-option", /Did you mean "bandwidth"/],
  ])("is refused by the constructor: %s", (_, options, code, message) => {
    expect(() => new KernelDensity(options)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) as string }));
  });

  it("in blocks is refused with a way out", async () => {
    const source = { columns: 1, async *blocks() {} };

    await expect(new KernelDensity().fit(source)).rejects.toMatchObject({ code: "not-supported", message: /one matrix first/ });
  });

  it("whose values overflow is refused with the feature", async () => {
    await expect(
      new KernelDensity().fit([
        [0, 1.7e308],
        [1, -1.7e308],
      ]),
    ).rejects.toMatchObject({ code: "not-finite", detail: { column: 1 } });
  });

  it.each<[string, object]>([
    ["without rows", { training: { rows: [] } }],
    ["of a bandwidth of zero", { bandwidth: [0, 1] }],
    ["of a negative weight", { training: { rows: few, weights: [1, 1, 1, -1] } }],
    [
      "with an upper triangle",
      {
        correlationFactor: [
          [1, 0.5],
          [0, 1],
        ],
      },
    ],
    [
      "with a vanishing pivot",
      {
        correlationFactor: [
          [1, 0],
          [1, 0],
        ],
      },
    ],
    [
      "whose rows are beyond the reach of its bandwidth",
      {
        correlationFactor: [
          [1, 0],
          [0, 1],
        ],
        bandwidth: [1e-300, 1e-300],
        training: {
          rows: [
            [1e10, 0],
            [-1e10, 0],
          ],
        },
      },
    ],
  ])("in a model file is refused: %s", async (_, change) => {
    const model = await new KernelDensity().fit(few);

    expect(() => KernelDensity.load({ ...model.toJSON(), ...change })).toThrow(expect.objectContaining({ code: "invalid-model" }));
  });
});

describe("3 rows of 70,000 features (#17)", () => {
  const wide = matrix(
    Float64Array.from({ length: 210_000 }, (_, at) => Math.sin(at)),
    3,
    70_000,
  );

  it("are refused where correlations are asked for, and fitted where they are not", async () => {
    await expect(new KernelDensity({ scaling: "whitened" }).fit(wide)).rejects.toMatchObject({
      code: "too-many-features",
      detail: { features: 70_000 },
    });
    expect((await new KernelDensity().fit(wide)).featureCount).toBe(70_000);
  });
});
