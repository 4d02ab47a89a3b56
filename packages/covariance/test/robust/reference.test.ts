import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chiSquareQuantile } from "@mixtura/distributions";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { marked, mcd, mrcd } from "./fits.ts";

interface Reference {
  readonly minCovDet: readonly {
    readonly data: string;
    readonly features: number;
    readonly h: number;
    readonly criterion: number;
    readonly raw: readonly [number, number];
    readonly reweighted: readonly [number, number];
    readonly flagged: readonly number[] | number;
  }[];
  readonly mrcd: { data: string; h: number; rho: Record<string, number>; leftOut: number[] };
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, "..", "reference", file), "utf8"));
const reference = read("robustbase.json") as Reference;

describe.each(reference.minCovDet)(
  "MinCovDet on $data is robustbase's covMcd",
  ({ data, features, h, criterion, raw, reweighted, flagged }) => {
    const { rows } = loadData(data, features);
    const asThere = { correction: "robustbase" } as const;

    it("in the size of the subset, and its determinant is not larger", async () => {
      const model = await mcd(rows, asThere);

      expect(model.regularization).toBeUndefined();
      expect(model.supportCount).toBe(h);
      expect(marked(model.rawSupport).length).toBe(h);
      // The reference has twelve digits.
      expect(model.criterion - criterion).toBeLessThanOrEqual(1e-8);
      expect(model.trace.diagnostics).toEqual([]);
    });

    it("in its correction factors", async () => {
      const { correction } = await mcd(rows, asThere);

      const found = [...correction.raw, ...correction.reweighted];
      // The reference has six digits.
      [...raw, ...reweighted].forEach((value, i) => expect(Math.abs(found[i]! - value)).toBeLessThan(1e-5));
    });

    it("in the rows that it flags", async () => {
      const distances = await (await mcd(rows, asThere)).mahalanobis(rows);

      const edge = chiSquareQuantile(0.975, features);
      const found = [...distances.keys()].filter((i) => distances[i]! > edge).map((i) => i + 1);
      if (typeof flagged === "number") expect(found.length).toBe(flagged);
      else expect(found).toEqual(flagged);
    });
  },
);

interface Whole {
  readonly data: string;
  readonly supportFraction: number;
  readonly rows: readonly (readonly number[])[];
  readonly raw: readonly [number, number];
  readonly reweighted: readonly [number, number];
  readonly covariance: readonly (readonly number[])[];
}

const whole = (read("whole.json") as { fits: readonly Whole[] }).fits;

describe.each(whole)("MinCovDet keeps every row of $data as robustbase does (#16)", ({ rows, supportFraction, raw, covariance }) => {
  it.each(["robustbase", "nominal"] as const)("and corrects nothing: %s", async (correction) => {
    const model = await mcd(rows, { supportFraction, correction });

    expect(model.correction.reweighted).toEqual([1, 1]);
    expect(model.support!.every((mark) => mark === 1)).toBe(true);
    raw.forEach((value, i) => expect(model.correction.raw[i]).toBeCloseTo(value, 10));
    // The covariance of all rows: both programs sum a dozen or two of them.
    covariance.flat().forEach((value, at) => expect(model.covariance.data[at]! / value).toBeCloseTo(1, 12));
  });
});

interface SklearnFit {
  readonly data: string;
  readonly features: number;
  readonly h: number;
  readonly criterion: number;
  readonly rawLocation: readonly number[];
  readonly rawCovariance: readonly (readonly number[])[];
}

const { fits } = read("mcd.json") as { fits: readonly SklearnFit[] };

describe("FastMCD compared with scikit-learn", () => {
  const same: string[] = [];

  it.each(fits)(
    "comes about as low or lower, and to the same estimate where as low: $data",
    async ({ data, features, h, criterion, ...right }) => {
      const { rawLocation, rawCovariance } = right;
      const { rows } = loadData(data, features);
      const model = await mcd(rows, { algorithm: "fast", supportCount: h, randomState: 0, regularization: "none" });

      // Both are random searches, whose optima lie some hundredths apart from seed to seed.
      expect(model.criterion).toBeLessThan(criterion + 0.03);
      if (Math.abs(model.criterion - criterion) > 1e-9 * Math.abs(criterion)) return;
      same.push(data);
      const [consistency, smallSample] = model.correction.raw;
      model.rawLocation.forEach((value, j) => expect(value).toBeCloseTo(rawLocation[j]!, 9));
      rawCovariance.forEach((row, i) =>
        row.forEach((value, j) => {
          // scikit-learn divides by h and corrects nothing.
          const found = (model.rawCovariance.data[i * features + j]! / (consistency * smallSample)) * ((h - 1) / h);
          expect(Math.abs(found - value)).toBeLessThanOrEqual(1e-10 * Math.sqrt(rawCovariance[i]![i]! * rawCovariance[j]![j]!));
        }),
      );
    },
  );

  it("has been as low on some of them", () => {
    expect(same).not.toEqual([]);
  });
});

describe("MRCD on octane is rrcov's CovMrcd", () => {
  const { data, h, rho, leftOut } = reference.mrcd;
  const { rows } = loadData(data);

  it.each(Object.keys(rho).map(Number))(
    "in the weight of the target for a condition number of %d, and in the rows left out",
    async (maxCondition) => {
      const { regularization, support } = await mrcd(rows, { supportCount: h, maxCondition });

      // rrcov finds the weight by a root finder that stops within 1.2e-4.
      expect(Math.abs(regularization!.rho - rho[maxCondition]!)).toBeLessThan(1.3e-4);
      expect(marked(support, 0)).toEqual(leftOut);
    },
  );

  it("where MinCovDet calls for it", async () => {
    const { regularization, support, trace } = await mcd(rows, { supportCount: h });

    expect(regularization).toMatchObject({ target: "identity" });
    expect(marked(support, 0)).toEqual(leftOut);
    expect(trace.diagnostics.map(({ code }) => code)).toEqual(["few-rows", "regularized"]);
  });
});
