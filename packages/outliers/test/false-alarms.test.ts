import { matrix } from "@mixtura/core";
import type { Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import type { FittedDetector } from "../src/index.ts";
import { EllipticEnvelope, MixtureDetector, selectByFDR } from "../src/index.ts";

/** The small form of `bench/false-alarms.ts`, which makes 2000. */
const REPLICATES = 500;
const FEATURES = 2;

/** A row of each kind, features correlated. */
const draws: Readonly<Record<string, (random: Random) => number[]>> = {
  Gaussian: (random) => correlated([random.normal(), random.normal()]),
  // Student's t with 2 degrees of freedom: no variance exists, so that no formula for distances would hold.
  "heavy-tailed": (random) => {
    const [a, b, c, d] = [random.normal(), random.normal(), random.normal(), random.normal()];
    const scale = Math.sqrt((c * c + d * d) / 2);
    return correlated([a / scale, b / scale]);
  },
};

function correlated([a, b]: [number, number]): number[] {
  return [a + 3, 0.8 * a + 0.6 * b];
}

function rowsOf(draw: (random: Random) => number[], random: Random, count: number) {
  return matrix(Float64Array.from(Array.from({ length: count }, () => draw(random)).flat()), count, FEATURES);
}

/** The band that a binomial count of `n` falls in with probability 0.999. */
function band(rate: number): readonly [number, number] {
  const spread = 3.29 * Math.sqrt(REPLICATES * rate * (1 - rate));
  return [REPLICATES * rate - spread, REPLICATES * rate + spread];
}

const detectors: Readonly<Record<string, (fpr: number, seed: number) => { fit(X: object): Promise<FittedDetector> }>> = {
  MixtureDetector: (fpr, randomState) =>
    new MixtureDetector({ nComponents: 1, covarianceType: "full", novelty: true, threshold: { fpr }, randomState }),
  EllipticEnvelope: (fpr, randomState) => new EllipticEnvelope({ novelty: true, threshold: { fpr }, randomState }),
};

/** Half of 78 rows calibrate to 2/40, half of 61 to 4/31. */
const cases = Object.keys(draws).flatMap((kind) => [
  ["MixtureDetector", kind, 0.05, 78, 2 / 40] as const,
  ["MixtureDetector", kind, 0.13, 61, 4 / 31] as const,
  ["EllipticEnvelope", kind, 0.05, 78, 2 / 40] as const,
]);

describe("a false alarm rate", () => {
  it.each(cases)(
    "is ⌊α(n+1)⌋/(n+1) in 500 replicates with everything drawn anew: %s, %s rows, rate %s",
    async (name, kind, fpr, rows, exact) => {
      let alarms = 0;
      let smallP = 0;
      for (let replicate = 0; replicate < REPLICATES; replicate++) {
        const random = createRandom(replicate, kind.length, rows);
        const model = await detectors[name]!(fpr, replicate).fit(rowsOf(draws[kind]!, random, rows));
        const fresh = draws[kind]!(random);
        const alarm = model.point.isOutlier(fresh);
        alarms += Number(alarm);
        if (replicate % 10 === 0) smallP += Number((await model.pValues([fresh]))[0]! <= fpr !== alarm);
      }

      const [least, most] = band(exact);
      expect(alarms).toBeGreaterThan(least);
      expect(alarms).toBeLessThan(most);
      expect(smallP).toBe(0); // p-values say the same
    },
  );
});

describe("selectByFDR on p-values of a calibrated detector", () => {
  it("keeps the mean fraction of false alarms among alarms, with outliers in the batch", async () => {
    const rate = 0.2;
    let fractions = 0;
    let found = 0;
    for (let replicate = 0; replicate < 300; replicate++) {
      const random = createRandom(replicate, 99);
      const model = await detectors["MixtureDetector"]!(0.1, replicate).fit(rowsOf(draws["Gaussian"]!, random, 240));
      const batch = [
        ...Array.from({ length: 45 }, () => draws["Gaussian"]!(random)),
        ...Array.from({ length: 5 }, () => [20 + random.normal(), -20]),
      ];

      const { rows } = selectByFDR(await model.pValues(batch), rate);

      fractions += rows.filter((row) => row < 45).length / Math.max(1, rows.length) / 300;
      found += rows.filter((row) => row >= 45).length / 5 / 300;
    }

    // The bound is rate × 45/50 = 0.18; the mean of 300 fractions has a standard error of about 0.011.
    expect(fractions).toBeLessThan(0.18 + 0.035);
    expect(found).toBeGreaterThan(0.8);
  });
});

describe("selectByFDR", () => {
  it("takes nothing where no p-value is small enough, all where all are, and equal ones together", () => {
    expect([...selectByFDR([0.5, 0.6], 0.1).rows]).toEqual([]);
    expect([...selectByFDR([0.05, 0.05, 0.1], 0.1).rows]).toEqual([0, 1, 2]);
    expect([...selectByFDR([0.04, 0.9, 0.04, 0.9], 0.1).rows]).toEqual([0, 2]);
    expect([...selectByFDR([], 0.1).rows]).toEqual([]);
  });

  it.each<[number[], number, string]>([
    [[0.1], 0, "invalid-option"],
    [[0.1], 1, "invalid-option"],
    [[0.1], Number.NaN, "invalid-option"],
    [[1.5], 0.1, "not-finite"],
    [[Number.NaN], 0.1, "not-finite"],
  ])("refuses %j at a rate of %s", (pValues, rate, code) => {
    expect(() => selectByFDR(pValues, rate)).toThrow(expect.objectContaining({ code }));
  });
});
