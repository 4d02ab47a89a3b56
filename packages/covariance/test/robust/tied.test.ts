import type { Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import { normalQuantile } from "@mixtura/distributions";
import { describe, expect, it } from "vitest";
import { deviationScale, mostTied } from "../../src/robust/scale/scale.ts";
import { mcd, mrcd } from "./fits.ts";

describe("the scale of values many of which are equal (#17)", () => {
  const flag = (ones: number): Float64Array => new Float64Array(200).fill(1, 0, ones);

  it.each([1, 2, 10, 60, 99])("makes 1 as far from 0 as a normal variable is as rarely: %d of 200", (ones) => {
    // Half of the ones are the tail beyond the middle one of them, on two sides.
    expect(1 / deviationScale(flag(ones), 0)).toBeCloseTo(normalQuantile(1 - ones / 800), 12);
  });

  it("is the median absolute deviation where all values deviate, and nothing where none does", () => {
    const random = createRandom(1);
    const values = Float64Array.from({ length: 101 }, () => random.normal());
    const middle = values.map(Math.abs).sort()[50]!;

    expect(deviationScale(values, 0)).toBeCloseTo(middle / normalQuantile(0.75), 12);
    expect(deviationScale(flag(0), 0)).toBe(0);
  });

  it("knows the value that nearly half of them hold, wherever it stands among the others", () => {
    for (const value of [-9, 0.5, 9]) {
      const values = Float64Array.from({ length: 100 }, (_, i) => (i < 46 ? value : i / 100));
      expect(mostTied(values, new Float64Array(100))).toBe(value);
      expect(mostTied(values.subarray(4), new Float64Array(96))).toBeUndefined();
    }
  });
});

/** A column that mostly holds one value, for a fraction of rows that do not. */
const columns: Readonly<Record<string, (random: Random, fraction: number) => number>> = {
  "a flag": (random, fraction) => Number(random.uniform() < fraction),
  "mostly-zero amounts": (random, fraction) => (random.uniform() < fraction ? 50 + 10 * random.normal() : 0),
  "a small count": (random, fraction) => (random.uniform() < fraction ? 1 + Number(random.uniform() < 0.2) : 0),
};

describe.each(Object.keys(columns))("rows with %s next to two measurements (#17)", (kind) => {
  const table = (fraction: number, seed: number): number[][] => {
    const random = createRandom(seed, Math.round(100 * fraction));
    return Array.from({ length: 300 }, () => [columns[kind]!(random, fraction), 100 + 15 * random.normal(), 40 + 5 * random.normal()]);
  };

  it.each([0.02, 0.1, 0.3, 0.5])("are about as rarely beyond a quantile as without it: %d of them deviate", async (fraction) => {
    for (const fit of [mcd, mrcd]) {
      let beyond = 0;
      for (let seed = 0; seed < 4; seed++) {
        const X = table(fraction, seed);
        const model = await fit(X);
        // The 0.999 quantile of three features: two of 1,200 normal rows; a count of 2 is rarer and farther than a normal variable would be.
        beyond += (await model.mahalanobis(X)).filter((distance) => distance > 16.27).length;
        expect(model.trace.diagnostics.map(({ code }) => code)).toContain("tied-feature");
      }

      expect(beyond).toBeLessThanOrEqual(0.02 * 1200);
    }
  });

  it("keep the spread of the measurements, and that of the column is not 0", async () => {
    const { covariance } = await mcd(table(0.1, 7));

    // Standard errors of variances from 300 rows: 8 %; three of them.
    expect(covariance.data[4]! / 225).toBeGreaterThan(0.75);
    expect(covariance.data[4]! / 225).toBeLessThan(1.25);
    expect(Math.sqrt(covariance.data[0]!)).toBeGreaterThan(kind === "mostly-zero amounts" ? 10 : 0.3);
  });
});
