import { isMixture } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { concentrationOf, logNormaliser, resultantLength, scaledBessel } from "../src/bessel.ts";
import { FittedVonMisesMixture, VonMisesMixture } from "../src/index.ts";
import { drawVonMises } from "../src/sample.ts";
import { hours } from "./angles.ts";

/** (1/π) ∫₀^π cosⁿθ e^{k (cos θ − 1)} dθ by the midpoint rule, which for a periodic function has all digits. */
function byQuadrature(order: 0 | 1, k: number): number {
  const steps = 20_000;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const angle = (Math.PI * (i + 0.5)) / steps;
    sum += Math.cos(angle) ** order * Math.exp(k * (Math.cos(angle) - 1));
  }
  return sum / steps;
}

describe("Bessel functions", () => {
  it.each([0, 1e-6, 0.5, 3, 20, 39.9, 40, 100, 1e4])("are those of their integrals at %d", (k) => {
    for (const order of [0, 1] as const) {
      const right = byQuadrature(order, k);
      // Twenty thousand roundings of the sum, and of exponentials whose exponents are rounded at size k.
      expect(Math.abs(scaledBessel(order, k) - right)).toBeLessThanOrEqual(1e-11 * right + 1e-15);
    }
  });

  it("are inverted", () => {
    for (const k of [0.01, 0.7, 4, 33, 39.99, 41, 900])
      // 1 − R² loses digits as k² grows.
      expect(Math.abs(concentrationOf(resultantLength(k), 1e4) / k - 1)).toBeLessThan(1e-10);
    expect(concentrationOf(0, 1e4)).toBe(0);
    expect(concentrationOf(1, 1e4)).toBe(1e4);
  });
});

describe("a mixture of von Mises distributions", () => {
  const { rows } = hours();

  it("is a mixture, by what it has", async () => {
    expect(isMixture(await new VonMisesMixture({ nComponents: 2, randomState: 1 }).fit(rows))).toBe(true);
  });

  it("integrates to 1 over one turn", async () => {
    const model = await new VonMisesMixture({ nComponents: 2, randomState: 1 }).fit(rows);
    const steps = 1000;
    const grid = Array.from({ length: steps }, (_, i) => [-Math.PI + (2 * Math.PI * (i + 0.5)) / steps]);

    const sum = (await model.scoreSamples(grid)).reduce((total, value) => total + Math.exp(value), 0);

    // The midpoint rule has all digits for a periodic function.
    expect((sum * 2 * Math.PI) / steps).toBeCloseTo(1, 12);
    const parts = model.components.map((component) => grid.reduce((total, x) => total + Math.exp(component.logDensity(x)), 0));
    for (const part of parts) expect((part * 2 * Math.PI) / steps).toBeCloseTo(1, 12);
  });

  it("adds up from its components", async () => {
    const model = await new VonMisesMixture({ nComponents: 2, randomState: 1 }).fit(rows);
    const { weights, components } = model;
    for (const angle of [-3, -0.8, 0, 1, 3.1, 40]) {
      const sum = components.reduce((total, component, k) => total + weights[k]! * Math.exp(component.logDensity([angle])), 0);
      expect(model.point.logDensity([angle])).toBeCloseTo(Math.log(sum), 12);
    }
  });

  it("finds the groups that the rows were drawn from, one of them across the end of a turn", async () => {
    const model = await new VonMisesMixture({ nComponents: 2, randomState: 1 }).fit(hours(4000).rows);
    const { weights, means, concentrations } = model.parameters;
    const order = weights[0]! > weights[1]! ? [0, 1] : [1, 0];

    // Four standard errors at 4000 rows: of a fraction 0.03, of a direction 0.04, of a concentration about 8 %.
    expect(weights[order[0]!]).toBeCloseTo(0.6, 1);
    expect(Math.abs(means[order[0]!]! + 0.8)).toBeLessThan(0.04);
    expect(Math.cos(means[order[1]!]! - (Math.PI - 0.1))).toBeGreaterThan(Math.cos(0.06));
    expect(Math.abs(concentrations[order[0]!]! / 6 - 1)).toBeLessThan(0.1);
    expect(Math.abs(concentrations[order[1]!]! / 4 - 1)).toBeLessThan(0.15);
  });

  it("draws what it says: the mean cosine about the direction is the resultant length", () => {
    for (const k of [0, 0.5, 4, 60]) {
      const random = createRandom(3);
      const cosines = Float64Array.from({ length: 20_000 }, () => Math.cos(drawVonMises(2, k, random) - 2));
      const mean = cosines.reduce((sum, value) => sum + value / cosines.length, 0);
      const deviation = Math.sqrt(cosines.reduce((sum, value) => sum + (value - mean) ** 2 / cosines.length, 0));
      // Four standard errors.
      expect(Math.abs(mean - (k === 0 ? 0 : resultantLength(k)))).toBeLessThan((4 * deviation) / Math.sqrt(cosines.length));
    }
  });

  it("has the likelihood of one von Mises distribution where it has one component", async () => {
    const model = await new VonMisesMixture({ randomState: 1 }).fit(rows);
    const [c, s] = [Math.cos, Math.sin].map((f) => rows.reduce((sum, { hour }) => sum + f(hour), 0)) as [number, number];
    const k = concentrationOf(Math.hypot(c, s) / rows.length, 1e4);

    expect(model.criteria.logLikelihood).toBeCloseTo(k * Math.hypot(c, s) - rows.length * (logNormaliser(k) + k), 8);
    expect(model.nParameters).toBe(2);
  });

  it("comes back from JSON with the same bits", async () => {
    const model = await new VonMisesMixture({ nComponents: 2, randomState: 1 }).fit(rows);
    const text = JSON.stringify(model);

    expect(JSON.stringify(FittedVonMisesMixture.fromJSON(text))).toBe(text);
  });
});
