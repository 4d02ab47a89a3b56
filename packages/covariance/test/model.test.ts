import { referenceBackend } from "@mixtura/backend";
import { createWasmBackend } from "@mixtura/backend-wasm";
import type { BlockSource } from "@mixtura/core";
import { loadModel, matrix } from "@mixtura/core";
import { loadData } from "@mixtura/fixtures";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EmpiricalCovariance, FittedCovariance, LedoitWolf, OAS, plugins, ShrunkCovariance } from "../src/index.ts";
import { reviveCovariance } from "../src/score.ts";

const { rows } = loadData("iris");

describe("a fitted covariance", () => {
  it("has a precision that inverts its covariance", async () => {
    const { covariance, precision } = await new OAS().fit(rows);

    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) {
        const element = [0, 1, 2, 3].reduce((sum, t) => sum + covariance.data[i * 4 + t]! * precision.data[t * 4 + j]!, 0);
        // Condition number 100, 2⁻⁵³.
        expect(Math.abs(element - Number(i === j))).toBeLessThan(1e-13);
      }
    }
  });

  it("gives SQUARED distances, whose weighted mean over the rows is the number of features", async () => {
    const sampleWeight = rows.map((_, i) => 1 + (i % 3));
    const distances = await (await new EmpiricalCovariance().fit(rows, { sampleWeight })).mahalanobis(rows);

    const total = sampleWeight.reduce((sum, w) => sum + w, 0);
    const mean = distances.reduce((sum, value, i) => sum + (sampleWeight[i]! * value) / total, 0);
    expect(mean).toBeCloseTo(4, 11);
  });

  it("is read by load, by loadModel and by the entry that only scores, to the same bits", async () => {
    const model = await new ShrunkCovariance({ shrinkage: 0.25 }).fit(rows);
    const text = JSON.stringify(model);

    for (const read of [ShrunkCovariance.load(text), loadModel(text, { plugins }), reviveCovariance(text)]) {
      expect(read).toBeInstanceOf(FittedCovariance);
      expect(JSON.stringify(read)).toBe(text);
      expect((read as FittedCovariance).shrinkage).toBe(0.25);
      expect((read as FittedCovariance).point.squaredMahalanobis([5, 3, 4, 1])).toBe(model.point.squaredMahalanobis([5, 3, 4, 1]));
    }
    expect(() => LedoitWolf.load(text)).toThrow(expect.objectContaining({ code: "invalid-model" }));
  });

  it("says of far points what can be said", async () => {
    const model = await new EmpiricalCovariance().fit(rows);

    expect(model.point.squaredMahalanobis([1e200, 0, 0, 0])).toBe(Infinity);
    expect(model.point.logDensity([1e200, 0, 0, 0])).toBe(-Infinity);
    expect(() => model.point.squaredMahalanobis([1, 2, 3])).toThrow(expect.objectContaining({ code: "invalid-shape" }));
    expect(() => model.point.squaredMahalanobis([1, 2, 3, Number.NaN])).toThrow(expect.objectContaining({ code: "not-finite" }));
    expect(() => model.point.logDensity([1, 2, 3, Infinity])).toThrow(expect.objectContaining({ code: "not-finite" }));
  });

  it("never says NaN of a point whose coordinates leave the range of doubles on their way", async () => {
    const narrow = [
      [0, 0],
      [1, 0.9],
      [0.9, 1],
      [2, 2],
      [-1, -1.2],
      [0.3, 0.1],
    ].map((row) => row.map((value) => value * 1e-100));
    const far = [
      [1e300, 1e300],
      [-1e300, 1e300],
      [0, 1e300],
    ];
    // On the reference backend as well as on the one that is chosen.
    for (const options of [{ backend: referenceBackend }, {}]) {
      const model = await new EmpiricalCovariance(options).fit(narrow);
      expect([...(await model.mahalanobis(far))]).toEqual([Infinity, Infinity, Infinity]);
      expect([...(await model.scoreSamples(far))]).toEqual([-Infinity, -Infinity, -Infinity]);
      for (const point of far) {
        expect(model.point.squaredMahalanobis(point)).toBe(Infinity);
        expect(model.point.logDensity(point)).toBe(-Infinity);
      }
    }
  });

  it("measures how far another covariance is, and says when it cannot", async () => {
    const model = await new EmpiricalCovariance().fit(rows);

    expect(await model.errorNorm(model)).toBe(0);
    expect(await model.errorNorm(model.covariance, { norm: "spectral" })).toBe(0);
    await expect(model.errorNorm([[1]])).rejects.toMatchObject({ code: "invalid-shape" });
    await expect(model.errorNorm(model, { norm: "nuclear" as "spectral" })).rejects.toMatchObject({ code: "invalid-option" });
    await expect(model.errorNorm(matrix(new Float64Array(16).fill(Number.NaN), 4, 4))).rejects.toMatchObject({ code: "not-finite" });
  });
});

describe("the shrinkage coefficient", () => {
  it("falls with the rows, and is 1 where rows are round", async () => {
    const shares = await Promise.all([10, 30, 150].map(async (n) => (await new LedoitWolf().fit(rows.slice(0, n))).shrinkage!));
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    const cross = [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ];
    expect((await new OAS().fit(cross)).shrinkage).toBe(1);
    expect((await new LedoitWolf().fit(cross)).covariance.data).toEqual(Float64Array.of(0.5, 0, 0, 0.5));
  });

  it("lies between 0 and 1 for any rows", async () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 12 }), async (given) => {
        // Values that differ by less than a millionth of a millionth may leave variances below the smallest double.
        const X = given.map((row) => row.map((x) => Math.round(x * 1e6) / 1e6));
        for (const estimator of [new LedoitWolf(), new OAS(), new OAS({ formula: "paper" })]) {
          const { shrinkage } = await estimator.fit(X);
          expect(shrinkage! >= 0 && shrinkage! <= 1).toBe(true);
        }
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it("does not depend on the unit, even where fourth powers leave the range of doubles", async () => {
    const { shrinkage } = await new LedoitWolf().fit(rows);
    for (const unit of [2 ** 300, 2 ** -300]) {
      const scaled = await new LedoitWolf().fit(rows.map((row) => row.map((value) => value * unit)));
      // A power of two changes no digit, but square roots of the unit are taken.
      expect(Math.abs(scaled.shrinkage! - shrinkage!)).toBeLessThan(1e-15);
    }
  });
});

describe("where the passes run", () => {
  it("is the backend that was asked for, or the one that the rows lie on", async () => {
    const wasm = createWasmBackend();
    await using uploaded = await wasm.matrix(rows);

    expect((await new OAS({ backend: wasm }).fit(rows)).trace.backend).toBe(wasm.name);
    expect((await new OAS().fit(uploaded)).trace.backend).toBe(wasm.name);
    expect((await new OAS().fit(rows)).trace.backend).toBe(referenceBackend.name);
  });

  it("is WASM where the work is worth it", async () => {
    const many = matrix(
      Float64Array.from({ length: 40_000 * 40 }, (_, i) => Math.sin(i * i)),
      40_000,
      40,
    );

    expect((await new EmpiricalCovariance().fit(many)).trace.backend).toBe("wasm");
  });
});

describe("bad input is refused before any work", () => {
  it.each<[string, () => unknown, string, RegExp]>([
    [
      "a share above 1",
      () => new ShrunkCovariance({ shrinkage: 1.5 }),
      "invalid-option",
      /"shrinkage" must be a number ≥ 0 and ≤ 1, found 1.5/,
    ],
    [
      "a flag that is none",
      () => new OAS({ assumeCentered: 1 as unknown as boolean }),
      "invalid-option",
      /"assumeCentered" must be true or false/,
    ],
    ["an unknown formula", () => new OAS({ formula: "best" as "paper" }), "invalid-option", /"scikit-learn", "paper"/],
    [
      "scikit-learn's spelling",
      () => new LedoitWolf({ assume_centered: true } as object),
      "unknown-option",
      /Did you mean "assumeCentered"\?/,
    ],
    [
      "an option of another estimator",
      () => new EmpiricalCovariance({ shrinkage: 0.1 } as object),
      "unknown-option",
      /no option "shrinkage"/,
    ],
    ["a backend that is none", () => new EmpiricalCovariance({ backend: "wasm" } as object), "invalid-option", /must be a Backend/],
  ])("%s", (_, create, code, message) => {
    expect(create).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) as string }));
  });

  it.each<[string, unknown, string]>([
    ["no rows", [], "invalid-shape"],
    ["ragged rows", [[1, 2], [3]], "invalid-shape"],
    ["NaN", [[1], [Number.NaN]], "not-finite"],
    ["a variance beyond doubles", [[1e300], [-1e300]], "not-finite"],
    ["a variance below doubles with all their digits", [[1e-160], [-1e-160]], "not-finite"],
  ])("%s", async (_, X, code) => {
    await expect(new OAS().fit(X as number[][])).rejects.toMatchObject({ code });
  });

  it("unknown feature names at scoring", async () => {
    const model = await new LedoitWolf().fit([{ a: 1 }, { a: 2 }]);
    await expect(model.mahalanobis([{ b: 1 }])).rejects.toMatchObject({ code: "feature-mismatch" });
  });

  it.each<[string, object]>([
    [
      "a covariance that is none",
      {
        covariance: [
          [1, 2],
          [2, 1],
        ],
      },
    ],
    [
      "a covariance that is not symmetric",
      {
        covariance: [
          [1, 0.5],
          [0.25, 1],
        ],
      },
    ],
    [
      "a large one that is not",
      {
        covariance: [
          [1e200, 0.5e200],
          [0.25e200, 1e200],
        ],
      },
    ],
    ["a negative floor", { floor: [-1, 0] }],
    ["a share above 1", { shrinkage: 2 }],
    ["another number of features", { location: [1] }],
  ])("in a model file: %s", async (_, change) => {
    const model = await new OAS().fit([
      [0, 1],
      [2, 1.5],
      [1, 3],
    ]);
    expect(() => OAS.load({ ...model.toJSON(), ...change })).toThrow(expect.objectContaining({ code: "invalid-model" }));
  });

  it("rows that change between two walks of a source", async () => {
    let walks = 0;
    const source: BlockSource = {
      columns: 1,
      async *blocks() {
        walks++;
        yield {
          X: matrix(
            Float64Array.from({ length: 3 + walks }, (_, i) => i),
            3 + walks,
            1,
          ),
        };
      },
    };
    await expect(new LedoitWolf().fit(source)).rejects.toMatchObject({ code: "read-error" });
  });
});
