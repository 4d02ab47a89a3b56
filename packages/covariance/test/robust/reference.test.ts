import { readFileSync } from "node:fs";
import { join } from "node:path";
import { whiteningOfCovariance } from "@mixtura/backend/algebra";
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

const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, "..", "..", "..", "..", "test", "reference", "robust", "mcd.json"), "utf8"),
) as Reference;

describe.each(reference.minCovDet)("MinCovDet on $data is robustbase's covMcd", ({ data, features, h, criterion, raw, reweighted, flagged }) => {
  const { rows } = loadData(data, features);

  it("in the size of the subset, and its determinant is not larger", async () => {
    const { estimate, trace } = await mcd(rows);

    expect(estimate.regularization).toBeUndefined();
    expect(estimate.supportCount).toBe(h);
    expect(marked(estimate.rawSupport).length).toBe(h);
    // The reference has twelve digits.
    expect(estimate.criterion - criterion).toBeLessThanOrEqual(1e-8);
    expect(trace.diagnostics).toEqual([]);
  });

  it("in its correction factors", async () => {
    const { corrections } = (await mcd(rows)).estimate;

    const found = [corrections.raw, corrections.reweighted].flatMap(({ consistency, smallSample }) => [consistency, smallSample]);
    // The reference has six digits.
    [...raw, ...reweighted].forEach((value, i) => expect(Math.abs(found[i]! - value)).toBeLessThan(1e-5));
  });

  it("in the rows that it flags", async () => {
    const { location, covariance } = (await mcd(rows)).estimate;

    const edge = chiSquareQuantile(0.975, features);
    const found = rows.flatMap((row, i) => (squaredDistance(row, location, covariance) > edge ? [i + 1] : []));
    if (typeof flagged === "number") expect(found.length).toBe(flagged);
    else expect(found).toEqual(flagged);
  });
});

describe("MRCD on octane is rrcov's CovMrcd", () => {
  const { data, h, rho, leftOut } = reference.mrcd;
  const { rows } = loadData(data);

  it.each(Object.keys(rho).map(Number))("in the weight of the target for a condition number of %d, and in the rows left out", async (maxCondition) => {
    const { estimate } = await mrcd(rows, { supportCount: h, maxCondition });

    // rrcov finds the weight by a root finder that stops within 1.2e-4.
    expect(Math.abs(estimate.regularization!.rho - rho[maxCondition]!)).toBeLessThan(1.3e-4);
    expect(marked(estimate.support, 0)).toEqual(leftOut);
  });

  it("where MinCovDet calls for it", async () => {
    const { estimate, trace } = await mcd(rows, { supportCount: h });

    expect(estimate.regularization).toMatchObject({ target: "identity" });
    expect(marked(estimate.support, 0)).toEqual(leftOut);
    expect(trace.diagnostics.map(({ code }) => code)).toEqual(["few-rows", "regularized"]);
  });
});

function squaredDistance(row: readonly number[], location: Float64Array, covariance: Float64Array): number {
  const p = row.length;
  const whitening = whiteningOfCovariance(covariance, p);
  if (!whitening.ok) throw new Error("the covariance is singular");
  let sum = 0;
  for (let i = 0; i < p; i++) {
    let y = 0;
    for (let j = 0; j <= i; j++) y += whitening.factor[i * p + j]! * (row[j]! - location[j]!);
    sum += y * y;
  }
  return sum;
}
