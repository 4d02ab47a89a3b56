import { matrix } from "@mixtura/core";
import { createRandom, rowRange } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import type { ColumnProfile } from "../src/authoring.ts";
import { createProfiler } from "../src/internal/rows.ts";

const ROWS = 1000;
const COLUMNS = 5;

/** Normal numbers, whole numbers, tenths, a constant, and normal numbers far away. */
function table(): Float64Array {
  const random = createRandom(3);
  return Float64Array.from({ length: ROWS * COLUMNS }, (_, at) => {
    const value = random.normal();
    return [value, Math.round(10 * value), Math.round(100 * value) / 10, 4, 1e8 + Math.round(value * 2 ** 26) / 2 ** 26][at % COLUMNS]!;
  });
}

function profileOf(data: Float64Array, cut: number, weights?: Float64Array): ColumnProfile {
  const profiler = createProfiler(COLUMNS);
  const all = matrix(data, data.length / COLUMNS, COLUMNS);
  for (let start = 0; start < all.rows; start += cut) {
    const end = Math.min(start + cut, all.rows);
    profiler.add(rowRange(all, start, end), weights?.subarray(start, end));
  }
  return profiler.finish();
}

describe("a profile", () => {
  const data = table();
  const profile = profileOf(data, ROWS);

  it("finds the step of values whose differences lose digits on the way to it", () => {
    // Old Faithful's eruptions are in thousandths. Euclid's remainders of these leave 7e-12 of a step, which 439 steps on was too much.
    const values = [3.6, 1.8, 3.333, 2.283, 4.533, 2.883, 4.7];
    const profiler = createProfiler(1);
    profiler.add(matrix(Float64Array.from(values), values.length, 1), undefined);
    // To the rounding of a difference of such values.
    expect(profiler.finish().steps[0]).toBeCloseTo(0.001, 15);
  });

  it.each([
    [0.001, 1e6],
    [0.1, 3],
    [1 / 3, 7],
    [0.25, 1e5],
  ])("finds the step %d of values up to %d", (step, most) => {
    const random = createRandom(5);
    const values = Float64Array.from({ length: 500 }, () => step * Math.round((random.uniform() * most) / step));
    const profiler = createProfiler(1);
    profiler.add(matrix(values, values.length, 1), undefined);
    const [found] = profiler.finish().steps;
    // A step below a millionth of the range says nothing.
    if (step > 1e-6 * most) expect(found! / step).toBeCloseTo(1, 10);
    else expect(found).toBe(0);
  });

  it("finds means, variances, ranges and recorded steps, far from zero as near it", () => {
    for (let j = 0; j < COLUMNS; j++) {
      const values = Array.from({ length: ROWS }, (_, row) => data[row * COLUMNS + j]! - (j === 4 ? 1e8 : 0));
      const mean = values.reduce((sum, value) => sum + value, 0) / ROWS;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / ROWS;
      // A running mean errs by a few units in the last place, which is 1.5e-8 at 1e8; elsewhere a thousand roundings of numbers near 1.
      expect(Math.abs(profile.means[j]! - (j === 4 ? 1e8 : 0) - mean)).toBeLessThanOrEqual(j === 4 ? 1e-7 : 1e-12);
      expect(Math.abs(profile.variances[j]! - variance)).toBeLessThanOrEqual(1e-12 * (1 + variance));
      expect(profile.ranges[j]).toBeCloseTo(Math.max(...values) - Math.min(...values), 7);
    }
    expect([profile.steps[0], profile.steps[1], profile.steps[3]]).toEqual([0, 1, 0]);
    expect(profile.steps[2]).toBeCloseTo(0.1, 12);
    expect(profile.variances[3]).toBe(0);
  });

  it.each([256, 512])("is the same to the bit when rows come in pieces of %i", (cut) => {
    expect(profileOf(data, cut)).toEqual(profile);
  });

  it("keeps the digits of variances where one row outweighs all others, or weights are huge", () => {
    const few = Float64Array.from({ length: 12 * COLUMNS }, (_, at) => data[at]!);
    const exact = (j: number, weights: Float64Array): number => {
      // About the mean of the heavy row's neighbours in whole: Σ w (x − μ)² = Σ w (x − c)² − (Σ w (x − c))² / Σ w with c the heavy row's value,
      // to which that row itself adds nothing.
      const centre = few[3 * COLUMNS + j]!;
      let [total, first, second] = [0, 0, 0];
      weights.forEach((w, row) => {
        const difference = few[row * COLUMNS + j]! - centre;
        total += w;
        first += w * difference;
        second += w * difference * difference;
      });
      return (second - first * (first / total)) / total;
    };
    for (const heavy of [1e8, 1e14, 1e20, 1e100]) {
      const weights = Float64Array.from({ length: 12 }, (_, row) => (row === 3 ? heavy : 1));
      const { variances } = profileOf(few, 256, weights);
      // A difference may lose a factor of 1e6 before squares are taken about another centre; a dozen roundings of what is left.
      for (const j of [0, 1, 2]) expect(Math.abs(variances[j]! / exact(j, weights) - 1)).toBeLessThan(1e-9);
    }
    for (const all of [1e-280, 1e200, 1e300]) {
      const { variances } = profileOf(few, 256, new Float64Array(12).fill(all));
      const plain = profileOf(few, 256);
      for (const j of [0, 1, 2]) expect(Math.abs(variances[j]! / plain.variances[j]! - 1)).toBeLessThan(1e-13);
    }
  });

  it("counts a row of weight 2 twice and one of weight 0 not at all", () => {
    const weights = Float64Array.from({ length: ROWS }, (_, row) => row % 3);
    const repeated = Float64Array.from(
      Array.from({ length: ROWS }, (_, row) =>
        Array.from({ length: row % 3 }, () => [...data.subarray(row * COLUMNS, (row + 1) * COLUMNS)]),
      ).flat(2),
    );

    const weighted = profileOf(data, ROWS, weights);
    const written = profileOf(repeated, ROWS);

    expect([weighted.weight, weighted.rows]).toEqual([written.rows, ROWS]);
    // The same sums in another order.
    weighted.variances.forEach((value, j) => expect(Math.abs(value - written.variances[j]!)).toBeLessThanOrEqual(1e-12 * (1 + value)));
    expect(weighted.ranges).toEqual(written.ranges);
  });
});

describe("the step of a feature", () => {
  const stepOf = (values: readonly number[], weights?: readonly number[]): number => {
    const profiler = createProfiler(1);
    profiler.add(matrix(Float64Array.from(values), values.length, 1), weights && Float64Array.from(weights));
    return profiler.finish().steps[0]!;
  };

  it("says something where it is more than a millionth of the range, and nothing below", () => {
    expect(stepOf([0, 1, 5, 7, 990_000])).toBe(1);
    expect(stepOf([0, 1, 5, 7, 1_010_000])).toBe(0);
  });

  it("is not that of all values but one", () => {
    // A thousandth off is no rounding, a few units in the last place are.
    expect(stepOf([0, 1, 5, 7 + 2 ** -11, 9])).toBe(2 ** -11);
    expect(stepOf([0, 1, 5, 7 + 2 ** -50, 9])).toBe(1);
  });

  it("is that of the rows that count", () => {
    expect(stepOf([0.5, 1, 2, 5], [0, 1, 1, 1])).toBe(1);
    expect(stepOf([1, 0.5, 2, 5], [1, 0, 1, 1])).toBe(1);
    expect(stepOf([0.5, 1, 2, 5], [1, 1, 1, 1])).toBe(0.5);
  });
});
