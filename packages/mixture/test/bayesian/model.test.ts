import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { marginal, probability } from "../../src/density.ts";
import { BayesianGaussianMixture, covarianceTypes } from "../../src/index.ts";
import { expectedOccupied } from "../../src/bayesian-mixture/expected-occupied.ts";

const iris = loadData("iris").rows;
const faithful = loadData("faithful").rows;
const priorTypes = ["dirichlet_process", "dirichlet_distribution"] as const;

/** E of the number of components that n rows occupy, by adding the rows one by one and keeping the probability of every split. */
function occupiedByUrn(type: (typeof priorTypes)[number], concentration: number, k: number, n: number): number {
  let states = new Map<string, number>([[Array.from({ length: k }, () => 0).join(), 1]]);
  for (let row = 0; row < n; row++) {
    const next = new Map<string, number>();
    for (const [key, share] of states) {
      const counts = key.split(",").map(Number);
      counts.forEach((own, j) => {
        let chance: number;
        if (type === "dirichlet_distribution") chance = (concentration + own) / (k * concentration + row);
        else {
          // Every component before j is passed over, and j taken unless it is the last.
          chance = 1;
          for (let i = 0; i <= j; i++) {
            const after = counts.slice(i + 1).reduce((sum, value) => sum + value, 0);
            const taken = i === k - 1 ? 1 : (1 + counts[i]!) / (1 + counts[i]! + concentration + after);
            chance *= i < j ? 1 - taken : taken;
          }
        }
        const grown = counts.with(j, own + 1).join();
        next.set(grown, (next.get(grown) ?? 0) + share * chance);
      });
    }
    states = next;
  }
  return [...states].reduce((sum, [key, share]) => sum + share * key.split(",").filter((value) => value !== "0").length, 0);
}

describe("expected numbers of components", () => {
  it.each(priorTypes.flatMap((type) => [0.05, 1, 7].map((concentration) => [type, concentration] as const)))(
    "before the data are those of an urn: %s, concentration %f",
    (type, concentration) => {
      for (const [k, n] of [
        [2, 1],
        [2, 5],
        [3, 7],
        [4, 6],
      ] as const) {
        // The rounding of sums of some thousand states.
        expect(Math.abs(expectedOccupied(type, concentration, k, n) - occupiedByUrn(type, concentration, k, n))).toBeLessThan(1e-12);
      }
    },
  );

  it("of a process follow γ (ψ(γ + n) − ψ(γ)) where few rows reach the cut", () => {
    // Antoniak 1974; a hundredth of a component lies beyond the 60th. The sum is the digamma difference.
    const gamma = 2;
    for (const n of [1000, 1e5, 3e6]) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += gamma / (gamma + i);
      expect(Math.abs(expectedOccupied("dirichlet_process", gamma, 60, n) - sum)).toBeLessThan(1e-5 * sum);
    }
  });

  it("after the data are those of components that hold rows", async () => {
    const model = await new BayesianGaussianMixture({ nComponents: 6, randomState: 1, moves: true }).fit(faithful);
    const shares = await model.withDensity("variational").predictProba(faithful);

    let occupied = 0;
    for (let k = 0; k < 6; k++) {
      let empty = 1;
      for (let i = 0; i < shares.rows; i++) empty *= 1 - shares.data[i * 6 + k]!;
      occupied += 1 - empty;
    }

    const { prior, posterior } = model.expectedComponents!;
    // Components beyond all doubt are not looked at, to 1e-12 each.
    expect(Math.abs(posterior - occupied)).toBeLessThan(1e-11);
    expect(prior).toBeGreaterThan(1);
    expect(prior).toBeLessThan(2.5);
  });
});

describe("a fitted model", () => {
  it.each(covarianceTypes)("has the parts of its posterior in the shapes of scikit-learn: %s", async (covarianceType) => {
    const model = await new BayesianGaussianMixture({ nComponents: 3, covarianceType, randomState: 1 }).fit(iris);

    const [first, second] = model.weightConcentration as readonly [Float64Array, Float64Array];
    const weight = iris.length;
    expect(model.weights.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 14);
    expect(model.meanPrecision.reduce((sum, value) => sum + value, 0)).toBeCloseTo(weight + 3, 9);
    expect(first.reduce((sum, value) => sum + value, 0)).toBeCloseTo(weight + 3, 9);
    const sticks = model.sticks!;
    expect(sticks.toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
    expect(second[sticks.indexOf(2)]).toBe(0);
    expect(model.degreesOfFreedom.length).toBe(3);
    const perRow = { full: 1, tied: 3, diag: 1, "tied-diag": 3, spherical: 4 }[covarianceType];
    expect(model.degreesOfFreedom.reduce((sum, value) => sum + value, 0)).toBeCloseTo(perRow * weight + 12, 9);
    expect([model.prior.mean.length, model.prior.covariance.rows, model.prior.degreesOfFreedom]).toEqual([4, 4, 4]);
    const ofSticks = ["0.7500", "0.1875", "0.0625"];
    expect([...model.priorWeights].map((value) => value.toFixed(4))).toEqual(sticks.map((stick) => ofSticks[stick]));
    expect("aic" in model || "bic" in model || "icl" in model).toBe(false);
  });

  it("gives up components below a threshold, and stays what it was of the others", async () => {
    const full = await new BayesianGaussianMixture({ nComponents: 9, randomState: 1, moves: true }).fit(faithful);

    const pruned = full.prune();

    expect(full.effectiveComponents()).toBe(2);
    expect(pruned.nComponents).toBe(2);
    expect(pruned.lowerBound).toBeUndefined();
    expect(pruned.expectedComponents).toBeUndefined();
    const heaviest = [...full.weights.keys()].toSorted((a, b) => full.weights[b]! - full.weights[a]!).slice(0, 2);
    const kept = heaviest.toSorted((a, b) => a - b).flatMap((k) => [...full.means.data.subarray(2 * k, 2 * k + 2)]);
    expect([...pruned.means.data]).toEqual(kept);
    // What was given up weighed less than a thousandth.
    expect(Math.abs((await pruned.score(faithful)) - (await full.score(faithful)))).toBeLessThan(2e-3);
    expect(full.prune(1).nComponents).toBe(1);
    expect(BayesianGaussianMixture.load(JSON.stringify(pruned)).toJSON()).toEqual(pruned.toJSON());
  });

  it("is a Gaussian mixture at its means, which answers everything that those are asked", async () => {
    const plugin = await new BayesianGaussianMixture({ nComponents: 2, randomState: 1, density: "plugin" }).fit(faithful);

    const mixture = plugin.toGaussianMixture();

    expect([...(await mixture.scoreSamples(faithful))]).toEqual([...(await plugin.scoreSamples(faithful))]);
    expect(mixture.bic).toBeUndefined();
    expect(marginal(mixture, [0]).nComponents).toBe(2);
    expect((await probability(plugin, { upper: [100, 1000] })).probability).toBeCloseTo(1, 12);
    await expect(probability(plugin.withDensity("predictive"), { upper: [3, 60] })).rejects.toMatchObject({
      code: "invalid-option",
      message: expect.stringContaining("toGaussianMixture()"),
    });
  });

  it.each([
    ["effectiveComponents", -0.1],
    ["effectiveComponents", Number.NaN],
    ["prune", 2],
    ["withDensity", "nonsense"],
    ["covariance", 3],
  ] as const)("rejects %s(%s)", async (method, argument) => {
    const model = await new BayesianGaussianMixture({ nComponents: 2, randomState: 1 }).fit(faithful);

    expect(() => model[method](argument as never)).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });

  it("draws rows from heavy tails as well as it scores them", async () => {
    const few = await new BayesianGaussianMixture({ covarianceType: "diag", degreesOfFreedomPrior: 2, randomState: 1 }).fit([
      [0, 0],
      [1, 2],
      [2, 1],
    ]);

    const { X } = few.sample(40_000, { randomState: 3 });

    // Two t distributions of 5 degrees of freedom: their quartiles, which no moment is needed for. By SciPy 1.17.1, t.ppf(0.75, 5) = 0.7266868438.
    const [beta, nu] = [few.meanPrecision[0]!, few.degreesOfFreedom[0]!];
    const scale = Math.sqrt((few.covariance(0).data[0]! * (1 + beta)) / beta);
    const inside = [0, 1].map((j) => {
      const limit = (0.7266868438 * scale * Math.sqrt(few.covariance(0).data[3 * j]!)) / Math.sqrt(few.covariance(0).data[0]!);
      return (
        Array.from({ length: X.rows }, (_, i) => Math.abs(X.data[2 * i + j]! - few.means.data[j]!) < limit).filter(Boolean).length / X.rows
      );
    });
    expect(nu).toBe(5);
    // Four standard errors of a fraction of one half.
    for (const fraction of inside) expect(Math.abs(fraction - 0.5)).toBeLessThan(0.01);
  });
});
