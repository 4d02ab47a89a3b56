// Mistakes that callers make, each with the error it must end in rather than a wrong number.
import { matrix } from "@mixtura/core";
import type { BlockSource, ErrorCode } from "@mixtura/core";
import { describe, expect, it } from "vitest";
import { GaussianMixture, KMeans } from "../src/index.ts";

const rows = [
  [1, 2],
  [2, 1],
  [1.5, 1.2],
  [8, 9],
  [9, 8],
  [8.5, 8.8],
];
const data = Float64Array.from(rows.flat());

function refusal(code: ErrorCode) {
  return expect.objectContaining({ code });
}

/** Six rows on the first walk, `later` on the others. */
function forgetful(later: number): BlockSource {
  let walks = 0;
  return {
    columns: 2,
    async *blocks() {
      const count = walks++ === 0 ? 6 : later;
      yield { X: matrix(data.subarray(0, 2 * count), count, 2) };
    },
  };
}

describe("options", () => {
  it("have no references in common with the declarations or the caller, so nothing changes them", () => {
    const meansInit = [[0], [9]];
    const estimator = new GaussianMixture({ nComponents: 2, meansInit });

    meansInit[0]![0] = 100;

    expect(estimator.options.meansInit).toEqual([[0], [9]]);
    expect(() => Object.assign(estimator.options.regCovar, { relative: 5 })).toThrow(TypeError);
    expect(new GaussianMixture().options.regCovar).toEqual({ relative: 1e-6, steps: 0.25 });
  });
});

describe("features", () => {
  it("of one name twice are refused, by a fit and by hand", async () => {
    await expect(new GaussianMixture({ nComponents: 2 }).fit(matrix(data, 6, 2, ["a", "a"]))).rejects.toEqual(refusal("invalid-shape"));
    expect(() =>
      GaussianMixture.fromParameters({
        weights: [1],
        means: [[0, 0]],
        covariances: [
          [
            [1, 0],
            [0, 1],
          ],
        ],
        featureNames: ["a", "a"],
      }),
    ).toThrow(refusal("invalid-shape"));
  });

  it("in another order than those of the model to start from are refused", async () => {
    const init = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(rows.map(([a, b]) => ({ a: a!, b: b! })));

    const swapped = new GaussianMixture({ nComponents: 2, init }).fit(rows.map(([a, b]) => ({ b: b!, a: a! })));

    await expect(swapped).rejects.toEqual(refusal("feature-mismatch"));
  });
});

describe("parameters by hand", () => {
  const sound = {
    weights: [0.5, 0.5],
    means: [
      [0, 0, 0],
      [1, 1, 1],
    ],
  };

  it("in a transposed shape are refused, though the count of numbers fits", () => {
    expect(() =>
      GaussianMixture.fromParameters({
        ...sound,
        covarianceType: "diag",
        covariances: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      }),
    ).toThrow(refusal("invalid-shape"));
  });

  it("may come as a matrix of another library", () => {
    const covariances = { rows: 2, columns: 2, get: (i: number, j: number) => (i === j ? 1 : 0.2) };

    const model = GaussianMixture.fromParameters({ weights: [1], means: [[0, 0]], covarianceType: "tied", covariances });

    expect([...model.covariance(0).data]).toEqual([1, 0.2, 0.2, 1]);
  });

  it.each([
    ["an unknown type", { ...sound, covariances: [1, 1], covarianceType: "foo" }, "invalid-option"],
    ["no weights", { means: [[0]], covariances: [[[1]]] }, "invalid-option"],
    ["a misspelt name", { ...sound, covariances: [1, 1], covariancesType: "spherical" }, "unknown-option"],
  ] as const)("with %s are refused", (_, parameters, code) => {
    expect(() => GaussianMixture.fromParameters(parameters as never)).toThrow(refusal(code));
  });
});

describe("a source of blocks", () => {
  it.each([3, 0])("that gives %i rows on later walks is refused", async (later) => {
    await expect(new GaussianMixture({ nComponents: 2 }).fit(forgetful(later))).rejects.toEqual(refusal("read-error"));
  });

  it("that fails ends in our error with its cause", async () => {
    const source: BlockSource = {
      columns: 2,
      // oxlint-disable-next-line require-yield -- it fails before its first block
      async *blocks() {
        throw new Error("disk gone");
      },
    };

    await expect(new KMeans({ nClusters: 2 }).fit(source)).rejects.toMatchObject({ code: "read-error", cause: { message: "disk gone" } });
  });

  it.each([1e308, 5e-324])("whose weights sum to what doubles cannot hold is refused: %d each", async (weight) => {
    const source: BlockSource = {
      columns: 1,
      async *blocks() {
        for (let block = 0; block < 3; block++)
          yield { X: matrix(Float64Array.of(1, 2, 4), 3, 1), sampleWeight: new Float64Array(3).fill(weight) };
      },
    };
    await expect(new GaussianMixture().fit(source)).rejects.toEqual(refusal("invalid-weight"));
  });

  it("seeds on rows that count, however many have weight 0", async () => {
    const source: BlockSource = {
      columns: 1,
      async *blocks() {
        for (let block = 0; block < 20; block++) {
          const sampleWeight = new Float64Array(5000);
          const X = matrix(
            Float64Array.from({ length: 5000 }, (_, i) => i),
            5000,
            1,
          );
          if (block % 5 === 0) sampleWeight[block * 100] = 1;
          yield { X, sampleWeight };
        }
      },
    };

    const model = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(source);

    expect(model.trace.diagnostics.map(({ code }) => code)).not.toContain("reseeded-component");
  });
});

describe("starts", () => {
  it("so far away that a row has no density are refused, and no unreadable model is written", async () => {
    const estimator = new GaussianMixture({ nComponents: 1, meansInit: [[1e160]], precisionsInit: [[[1]]], weightsInit: [1] });

    await expect(estimator.fit([[1], [2], [3]])).rejects.toEqual(refusal("invalid-option"));
  });

  it("from means 1e8 off have the covariances of their groups to the last digits", async () => {
    const X = [[0], [1], [0.5], [9], [10], [9.2], [8.8]];

    const model = await new GaussianMixture({ nComponents: 2, maxIter: 0, meansInit: [[1e8], [1e8 + 9]], regCovar: 0 }).fit(X);

    // All rows are nearest the first mean; their variance, worked out by hand about their mean 5.5, is 18.94. Two roundings of 7 squares.
    expect(Math.abs(model.covariance(0).data[0]! - 18.94)).toBeLessThan(1e-13);
  });
});

describe("judgement of components", () => {
  it("tells weights that sum to 1 from a lack of spread", async () => {
    const { trace } = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(rows, { sampleWeight: rows.map(() => 1 / 6) });

    expect(trace.diagnostics.map(({ message }) => message).join()).toContain("less than one row");
  });

  it("does not hold a deliberate regularisation against a sound component", async () => {
    const X = Array.from({ length: 90 }, (_, i) => [8 * (i % 3) + Math.sin(i), Math.cos(3 * i)]);

    const { trace } = await new GaussianMixture({ nComponents: 3, regCovar: 0.5, randomState: 1 }).fit(X);

    expect(trace.diagnostics).toEqual([]);
  });
});

describe("KMeans", () => {
  it("with tol: 0 stops once nothing moves but the last bit", async () => {
    const X = Array.from({ length: 800 }, (_, i) => [3 * (i % 4) + Math.sin(7 * i), Math.cos(11 * i)]);

    const { trace } = await new KMeans({ nClusters: 4, tol: 0, randomState: 1 }).fit(X);

    expect(trace.converged).toBe(true);
    expect(trace.iterations).toBeLessThan(100);
  });

  it("transform gives distances whose squares overflow, and the largest double for those that overflow themselves (#16)", async () => {
    const model = await new KMeans({ nClusters: 1, randomState: 1 }).fit([
      [0, 0],
      [2, 0],
    ]);

    const { data } = await model.transform([
      [1e200, 0],
      [3e200, 4e200],
      [1, 2],
    ]);
    const beyond = await model.transform([
      [1, 2],
      [1.7e308, 1.7e308],
      [Number.MAX_VALUE, -Number.MAX_VALUE],
      [1.2e308, -1e308],
    ]);

    expect(data[0]).toBe(1e200);
    expect(Math.abs(data[1]! / 5e200 - 1)).toBeLessThanOrEqual(4 * Number.EPSILON); // rounding of a sum and a root
    expect(data[2]).toBe(2);
    expect([...beyond.data.subarray(0, 3)]).toEqual([2, Number.MAX_VALUE, Number.MAX_VALUE]);
    expect(Math.abs(beyond.data[3]! / (1e308 * Math.hypot(1.2, 1)) - 1)).toBeLessThanOrEqual(4 * Number.EPSILON); // the same
  });
});
