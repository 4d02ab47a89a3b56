import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FittedRobustCovariance } from "../../src/index.ts";
import { mcd, mrcd } from "./fits.ts";

const codes = ({ trace }: FittedRobustCovariance): string[] => trace.diagnostics.map(({ code }) => code);
const finding = ({ trace }: FittedRobustCovariance, code: string) => trace.diagnostics.find((diagnostic) => diagnostic.code === code);

describe("rows of which most lie on a hyperplane", () => {
  const { rows, labels, columns } = loadData("glass");
  const X = matrix(Float64Array.from(rows.flat()), rows.length, 9, columns);

  it("get a regularised covariance, and the finding names the features and counts the rows", async () => {
    const fit = await mcd(X);

    expect(fit.regularization).toMatchObject({ target: "identity" });
    expect(codes(fit)).toEqual(["tied-feature", "exact-fit", "regularized"]);
    const found = finding(fit, "exact-fit")!;
    expect(found.severity).toBe("warning");
    expect(found.message).toContain("176 of 214 rows lie on a hyperplane");
    expect(found.message).toContain("Ba");
    expect(found.detail).toMatchObject({ rows: 176, of: 214 });
  });

  it("tell headlamps from other glass at least as well as the classical distance does", async () => {
    const outlier = labels!.map((label) => label === "6");
    const fit = await mcd(X);

    // The classical distance reaches 0.586 here, scikit-learn's EllipticEnvelope 0.771.
    expect(areaUnder(await fit.mahalanobis(rows), outlier)).toBeGreaterThan(0.75);
  });

  it("keep a plain covariance where that is asked for, with distances that are finite", async () => {
    const fit = await mcd(X, { regularization: "none" });

    expect(fit.regularization).toBeUndefined();
    expect(codes(fit)).toEqual(["tied-feature", "exact-fit"]);
    expect((await fit.mahalanobis(rows)).every(Number.isFinite)).toBe(true);
  });
});

describe("rows near a hyperplane", () => {
  it.each(["det", "fast"] as const)(
    "lie on it where the condition number of their correlations is above 1e12, and not below: %s",
    async (algorithm) => {
      const random = createRandom(3);
      const along = Array.from({ length: 200 }, () => [random.normal(), random.normal()] as const);
      const draws = algorithm === "fast" ? { algorithm, nTrials: 20, randomState: 1 } : {};
      // Two features that are ε apart have correlations with the eigenvalues 2 and ε²/2, and so a condition number of 4/ε².
      const fit = (condition: number) =>
        mcd(
          along.map(([x, z]) => [x, x + Math.sqrt(4 / condition) * z]),
          { supportCount: 200, regularization: "none", ...draws },
        );

      expect(codes(await fit(1.4e12))).toEqual(["exact-fit"]);
      expect(codes(await fit(0.7e12))).toEqual([]);
    },
  );
});

describe("features without anything to say", () => {
  const { rows } = loadData("hbk", 3);

  it.each([5, 0, 0.1, -1e300, 1e-300])("that always hold %d are left out, and named", async (value) => {
    const fit = await mcd(rows.map((row) => [row[0]!, value, row[1]!, row[2]!]));
    const plain = await mcd(rows);

    expect(codes(fit)).toEqual(["constant-feature"]);
    expect(finding(fit, "constant-feature")!.detail).toEqual({ features: [1] });
    expect(fit.criterion).toBe(plain.criterion);
    expect(fit.location[1]).toBe(value);
    expect([0, 2, 3].map((j) => fit.location[j])).toEqual([...plain.location]);
  });

  it("may be all that there are", async () => {
    for (const fit of [
      await mcd([
        [1, 2],
        [1, 2],
        [1, 2],
      ]),
      await mrcd([
        [0, 0],
        [0, 0],
      ]),
    ]) {
      expect(fit.covariance.data.every(Number.isFinite)).toBe(true);
      expect(codes(fit)).toEqual(["constant-feature"]);
      expect(finding(fit, "constant-feature")!.message).toContain("hold one value each in all rows. There is nothing to estimate");
    }
  });

  it.each([
    ["a duplicate", (row: readonly number[]) => row[0]!, [0, 3]],
    ["a multiple", (row: readonly number[]) => 3 * row[1]! - 1, [1, 3]],
    ["a sum", (row: readonly number[]) => row[0]! + row[1]! + row[2]!, [0, 1, 2, 3]],
  ] as const)("that are %s of others are named together", async (_, made, features) => {
    const fit = await mcd(rows.map((row) => [...row, made(row)]));

    const found = finding(fit, "exact-fit")!;
    expect([...(found.detail!.features as number[])].sort((a, b) => a - b)).toEqual(features);
    expect(found.detail).toMatchObject({ rows: 75, of: 75 });
    expect(fit.regularization!.rho).toBeGreaterThan(0);
  });

  it("is none that a feature is small: a scale of 1e-6 is no fault", async () => {
    const fit = await mcd(rows.map((row) => [row[0]! * 1e-6, row[1]!, row[2]! * 1e6]));
    const plain = await mcd(rows);

    expect(codes(fit)).toEqual([]);
    expect(fit.rawSupport).toEqual(plain.rawSupport);
  });
});

describe("few rows", () => {
  it("get a regularised covariance where there are less than four per feature", async () => {
    const random = createRandom(2);
    const X = (n: number) => Array.from({ length: n }, () => Array.from({ length: 5 }, () => random.normal()));

    expect(codes(await mcd(X(19)))).toEqual(["few-rows", "regularized"]);
    expect(codes(await mcd(X(20)))).toEqual([]);
    expect(codes(await mcd(X(19), { regularization: "none" }))).toEqual([]);
  });

  it.each([1, 2, 3, 5])("are no fewer than two: %d", async (n) => {
    const random = createRandom(n);
    const X = Array.from({ length: n }, () => Array.from({ length: 3 }, () => random.normal()));
    const fits = [() => mcd(X), () => mrcd(X), () => mcd(X, { regularization: "none" }), () => mcd(X, { algorithm: "fast", nTrials: 5 })];

    for (const fit of fits) {
      if (n < 2) await expect(fit()).rejects.toMatchObject({ code: "too-few-rows", detail: { rows: n, needed: 2 } });
      else expect((await fit()).covariance.data.every(Number.isFinite)).toBe(true);
    }
  });
});

describe("for any data", () => {
  const value = fc.oneof(
    fc.integer({ min: -2, max: 2 }),
    fc.double({ min: -10, max: 10, noNaN: true }).map((x) => Math.round(x * 1e6) / 1e6),
    fc.constantFrom(0, 0, 0, 1e6, -1e9, 1e100),
  );
  const rows = fc
    .integer({ min: 1, max: 5 })
    .chain((p) => fc.array(fc.array(value, { minLength: p, maxLength: p }), { minLength: 2, maxLength: 40 }));

  it.each([
    ["MinCovDet", mcd],
    ["MinCovDet without regularisation", (X: number[][]) => mcd(X, { regularization: "none" })],
    ["FastMCD", (X: number[][]) => mcd(X, { algorithm: "fast", nTrials: 10, randomState: 1 })],
    ["MRCD", mrcd],
    ["MRCD with equal correlations", (X: number[][]) => mrcd(X, { target: "equicorrelation" })],
  ] as const)("%s ends with finite numbers, and says so where they mean little", async (_, fit) => {
    await fc.assert(
      fc.asyncProperty(rows, async (X) => {
        const model = await fit(X);

        // JSON writes null for what is no finite number.
        expect(JSON.stringify(model)).not.toContain("null");
        expect((await model.mahalanobis(X)).every((distance) => distance >= 0 && distance < Infinity)).toBe(true);
        const singular = "floor" in model.toJSON();
        if (singular) expect(model.trace.diagnostics.some(({ severity }) => severity === "warning")).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

/** The fraction of pairs of an outlier and another row in which the outlier is farther away. */
function areaUnder(scores: Float64Array, outlier: readonly boolean[]): number {
  let right = 0;
  let pairs = 0;
  scores.forEach((a, i) => {
    if (!outlier[i]) return;
    scores.forEach((b, j) => {
      if (outlier[j]) return;
      pairs++;
      right += a > b ? 1 : a === b ? 0.5 : 0;
    });
  });
  return right / pairs;
}
