import { referenceBackend } from "@mixtura/backend";
import { wasmBackend } from "@mixtura/backend-wasm";
import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createPace, createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { MinCovDet, MRCD } from "../../src/index.ts";
import { openSample, releaseSample } from "../../src/robust/concentrate/sample.ts";
import { canonicalOrder } from "../../src/robust/order/canonical-order.ts";
import { counting } from "../../src/robust/order/counting.ts";
import { standardise } from "../../src/robust/scale/standardise.ts";
import { deterministicSearch } from "../../src/robust/search/deterministic.ts";
import { partitionedFrom } from "../../src/robust/search/partitioned.ts";
import { mcd, mrcd } from "./fits.ts";

/** Normal rows; the first of them lie elsewhere, in a narrower heap. */
function contaminated(seed: number, rows: number, features: number, outliers: number): Matrix {
  const random = createRandom(seed);
  const data = new Float64Array(rows * features);
  for (let at = 0; at < data.length; at++) {
    const far = at < outliers * features;
    data[at] = (far ? 0.5 : 1) * random.normal() + (far && at % features === 0 ? 12 : 0);
  }
  return matrix(data, rows, features);
}

describe("concentration steps", () => {
  it.each(["hbk", "wine", "crabs", "diabetes", "iris", "thyroid_gland"])("never raise the determinant: %s", async (name) => {
    const { rows } = loadData(name);
    for (const model of [await mcd(rows), await mcd(rows, { algorithm: "fast", randomState: 1, nTrials: 50 }), await mrcd(rows)]) {
      const { converged, lowerBounds } = model.trace;

      expect(converged).toBe(true);
      // Rousseeuw & Van Driessen (1999), theorem 1; equal distances may be told apart either way, within 1e-10 of them.
      for (let t = 1; t < lowerBounds.length; t++) expect(lowerBounds[t]!).toBeGreaterThanOrEqual(lowerBounds[t - 1]! - 1e-9);
      expect(model.criterion).toBeCloseTo(-lowerBounds.at(-1)!, 9);
    }
  });

  it("choose the same rows on every backend", async () => {
    for (const name of ["hbk", "wine", "glass", "crabs"]) {
      const { rows } = loadData(name);
      for (const create of [
        (backend: typeof wasmBackend) => new MinCovDet({ backend }),
        (backend: typeof wasmBackend) => new MRCD({ backend }),
      ]) {
        const here = await create(referenceBackend as unknown as typeof wasmBackend).fit(rows);
        const there = await create(wasmBackend).fit(rows);

        expect(there.rawSupport).toEqual(here.rawSupport);
        expect(there.support).toEqual(here.support);
        expect(there.criterion).toBeCloseTo(here.criterion, 8);
      }
    }
  });
});

describe("a search in parts", () => {
  const rows = partitionedFrom(3);

  it("comes as low as one among all rows", async () => {
    const X = contaminated(4, rows, 3, Math.floor(0.3 * rows));
    const pace = createPace();
    const { criterion, supportCount, location } = await mcd(X);

    const standardised = await standardise(X, await canonicalOrder(X, counting(rows), pace), pace);
    const sample = openSample(standardised, wasmBackend, pace);
    const { best } = await deterministicSearch(sample, { count: supportCount }, { backend: wasmBackend, pace, onStep: () => {} });
    releaseSample(sample);

    const whole = best.logDeterminant + 2 * standardised.scale.reduce((sum, value) => sum + Math.log(value), 0);
    // Each is a fixed point of its own; the log-determinant itself varies by 0.015 from sample to sample.
    expect(Math.abs(criterion - whole)).toBeLessThan(1e-4);
    expect(Math.hypot(...location)).toBeLessThan(0.1);
  });

  it("starts where there are 100,000 rows, of many features more", () => {
    expect(partitionedFrom(3)).toBe(100_000);
    expect(partitionedFrom(1000)).toBe(200_000);
  });
});

describe("FastMCD", () => {
  const { rows } = loadData("wine");

  it("draws the same subsets for the same seed, and keeps the seed", async () => {
    const options = { algorithm: "fast", randomState: 9, nTrials: 20 } as const;
    const [a, b] = [await mcd(rows, options), await mcd(rows, options)];

    expect(a.covariance).toEqual(b.covariance);
    expect(a.trace.seed).toBe(9);
    expect(a.trace.restarts.length).toBeGreaterThan(1);
  });

  it.each([900, 5_000])("leaves out three rows of ten that lie elsewhere: %d rows", async (n) => {
    const X = contaminated(6, n, 4, 0.3 * n);
    const { support, location } = await mcd(X, { algorithm: "fast", randomState: 2, nTrials: 100 });

    expect(support!.subarray(0, 0.3 * n).every((mark) => mark === 0)).toBe(true);
    // Means of 0.7 n standard normal numbers, six standard deviations at most.
    expect(Math.max(...location.map(Math.abs))).toBeLessThan(6 / Math.sqrt(0.7 * n));
  });
});

describe("the estimate", () => {
  it.each([
    [30, 2],
    [60, 5],
  ])("is right on average for normal rows: %d rows of %d features", async (n, p) => {
    const random = createRandom(n);
    const replicates = 120;
    let raw = 0;
    let final = 0;
    for (let r = 0; r < replicates; r++) {
      const X = matrix(
        Float64Array.from({ length: n * p }, () => random.normal()),
        n,
        p,
      );
      const model = await mcd(X);
      raw += rootOfDeterminant(model.rawCovariance) / replicates;
      final += rootOfDeterminant(model.covariance) / replicates;
    }

    // What Pison, Van Aelst & Willems (2002) made their factors for: the mean of det^(1/p) is 1. Ours varies by some 25 % in such samples, its mean
    // over 120 by 2 %; the published fit itself is good to a few per cent.
    expect(Math.abs(raw - 1)).toBeLessThan(0.1);
    expect(Math.abs(final - 1)).toBeLessThan(0.1);
  });

  it("bears up to half of the rows being anything, and says which", async () => {
    for (const share of [0.1, 0.25, 0.45]) {
      const X = contaminated(5, 400, 3, 400 * share);
      const { support, location } = await mcd(X);

      expect(support!.subarray(0, 400 * share).some(Boolean)).toBe(false);
      expect(Math.max(...location.map(Math.abs))).toBeLessThan(0.4);
    }
  });

  it("is that of all rows where all are asked for", async () => {
    const { rows } = loadData("iris");
    const n = rows.length;
    const { rawLocation, rawCovariance, rawSupport, supportCount, correction } = await mcd(rows, { supportFraction: 1 });

    expect(supportCount).toBe(n);
    expect(rawSupport!.every((mark) => mark === 1)).toBe(true);
    expect(correction.raw).toEqual([1, 1]);
    const mean = [0, 1, 2, 3].map((j) => rows.reduce((sum, row) => sum + row[j]! / n, 0));
    mean.forEach((value, j) => expect(rawLocation[j]).toBeCloseTo(value, 12));
    const variance = rows.reduce((sum, row) => sum + (row[1]! - mean[1]!) ** 2 / (n - 1), 0);
    expect(rawCovariance.data[5]).toBeCloseTo(variance, 12);
  });

  it("is exact for one feature", async () => {
    const { rows } = loadData("galaxies");
    const sorted = rows.map(([value]) => value!).toSorted((a, b) => a - b);
    const model = await mcd(rows);

    const h = model.supportCount;
    const logVariances = sorted.slice(0, sorted.length - h + 1).map((_, start) => {
      const stretch = sorted.slice(start, start + h);
      const mean = stretch.reduce((sum, value) => sum + value / h, 0);
      return Math.log(stretch.reduce((sum, value) => sum + (value - mean) ** 2 / (h - 1), 0));
    });
    expect(model.criterion).toBeCloseTo(Math.min(...logVariances), 10);
    expect((await mcd(rows, { algorithm: "fast" })).criterion).toBe(model.criterion);
  });
});

function rootOfDeterminant({ data, columns: p }: Matrix): number {
  // By elimination: the test's own, for matrices as sound as these.
  const a = data.slice();
  let log = 0;
  for (let k = 0; k < p; k++) {
    log += Math.log(a[k * p + k]!);
    for (let i = k + 1; i < p; i++) {
      const factor = a[i * p + k]! / a[k * p + k]!;
      for (let j = k; j < p; j++) a[i * p + j]! -= factor * a[k * p + j]!;
    }
  }
  return Math.exp(log / p);
}
