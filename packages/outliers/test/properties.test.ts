import { createPace } from "@mixtura/core/authoring";
import { GaussianMixture } from "@mixtura/mixture";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explanationMethods } from "../src/internal.ts";
import { MixtureDetector, selectByFDR } from "../src/index.ts";
import { calibrationRank, calibrationRowsNeeded, conformalPValue } from "../src/threshold/conformal.ts";
import { apartThreshold } from "../src/threshold/apart.ts";
import { gapThreshold } from "../src/threshold/gap.ts";

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const fraction = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
const scores = fc.array(number, { minLength: 1, maxLength: 60 }).map((values) => Float64Array.from(values).sort());

describe("for all scores and rates", () => {
  it("a row scores less than the calibrated threshold just where its p-value is at most the rate", () => {
    fc.assert(
      fc.property(scores, fraction, number, (calibration, rate, score) => {
        const rank = calibrationRank(rate, calibration.length);
        const below = rank > 0 && score < calibration[rank - 1]!;
        // A rank is rounded up where α (n + 1) is a whole number but for rounding; p-values then are compared with the same slack.
        expect(conformalPValue(calibration, score) <= rate * (1 + 1e-12)).toBe(below);
      }),
    );
  });

  it("keeps the rate with as many calibration rows as are needed, and not with one fewer", () => {
    fc.assert(
      fc.property(fraction, (rate) => {
        const needed = calibrationRowsNeeded(rate);
        expect(calibrationRank(rate, needed)).toBeGreaterThanOrEqual(1);
        expect(needed === 1 || calibrationRank(rate, needed - 1) === 0).toBe(true);
      }),
    );
  });

  it("a higher rate of false discoveries selects no fewer rows, and the selected are those of the lowest p-values", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), fraction, fraction, (pValues, a, b) => {
        const [few, many] = [selectByFDR(pValues, Math.min(a, b)), selectByFDR(pValues, Math.max(a, b))];
        expect(few.rows.every((row) => many.rows.includes(row))).toBe(true);
        expect(pValues.every((p, row) => many.rows.includes(row) === (many.rows.length > 0 && p <= many.threshold))).toBe(true);
      }),
    );
  });

  it("rows stand apart of a median that does not, and weights are copies, for any scores", async () => {
    const rows = fc.array(fc.tuple(number, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 60 });
    const level = fc.double({ min: 1e-3, max: 0.499, noNaN: true });
    await fc.assert(
      fc.asyncProperty(rows, level, async (unsorted, apart) => {
        const sorted = unsorted.toSorted(([a], [b]) => a - b);
        const copies = Float64Array.from(sorted.flatMap(([score, weight]) => Array.from({ length: weight }, () => score)));
        if (copies.length === 0) return;
        const weighted = {
          values: Float64Array.from(sorted, ([score]) => score),
          weights: Float64Array.from(sorted, ([, weight]) => weight),
        };

        const threshold = await apartThreshold(weighted, apart, createPace());

        expect(Number.isFinite(threshold)).toBe(true);
        expect(copies[copies.length >> 1]!).toBeGreaterThanOrEqual(threshold);
        expect(threshold).toBe(
          await apartThreshold({ values: copies, weights: new Float64Array(copies.length).fill(1) }, apart, createPace()),
        );
      }),
    );
  });

  it("a gap flags at most the fraction, for any scores", async () => {
    await fc.assert(
      fc.asyncProperty(scores, fc.double({ min: 0.01, max: 0.5, noNaN: true }), async (values, most) => {
        const threshold = await gapThreshold({ values, weights: new Float64Array(values.length).fill(1) }, most, createPace());
        expect(values.filter((score) => score < threshold).length).toBeLessThanOrEqual(most * values.length);
      }),
    );
  });

  it("contributions sum to the value, under any covariance and for any row", async () => {
    const small = fc.double({ min: -3, max: 3, noNaN: true });
    const triangle = fc.array(small, { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        triangle,
        fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 3, maxLength: 3 }),
        async (l, x) => {
          const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = l;
          const lower = [
            [0.5 + Math.abs(a), 0, 0],
            [b, 0.5 + Math.abs(c), 0],
            [d, e, 0.5 + Math.abs(f)],
          ];
          const covariance = lower.map((row) => lower.map((other) => row.reduce((sum, value, t) => sum + value * other[t]!, 0)));
          const mixture = GaussianMixture.fromParameters({ weights: [1], means: [[0, 0, 0]], covariances: [covariance] });
          const model = await new MixtureDetector({ mixture, threshold: { score: 0 } }).fit([[0, 0, 0]]);
          for (const method of explanationMethods) {
            const { value, contributions } = await model.explain([x], { method });
            const sum = contributions.data.reduce((total, part) => total + part, 0);
            // Shapley values cancel where features are strongly correlated: their own size is what their rounding is measured in.
            const size = contributions.data.reduce((total, part) => total + Math.abs(part), 0);
            expect(Math.abs(sum - value[0]!)).toBeLessThanOrEqual(1e-12 * Math.max(size, value[0]!) + Number.MIN_VALUE);
          }
        },
      ),
    );
  });
});
