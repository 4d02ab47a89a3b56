import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const CALLS = 2e5;

const d = 8;
const k = 5;

/** A posterior of that size as its JSON; components are wide, so that no answer is special. */
function posterior(covarianceType: "full" | "diag", density: "predictive" | "variational"): string {
  const list = <T>(length: number, value: (index: number) => T): T[] => Array.from({ length }, (_, index) => value(index));
  const square = list(d, (i) => list(d, (j) => (i === j ? 2 : 0.3)));
  const full = covarianceType === "full";
  return JSON.stringify({
    format: "mixtura-model",
    version: 1,
    type: "BayesianGaussianMixture",
    features: { count: d },
    covarianceType,
    priorConvention: "conjugate",
    weightConcentrationPriorType: "dirichlet_distribution",
    density,
    prior: {
      weightConcentration: 0.2,
      meanPrecision: 1,
      mean: list(d, () => 0),
      degreesOfFreedom: d,
      covariance: full ? square : list(d, () => 2),
    },
    weightConcentration: list(k, () => 20.2),
    meanPrecision: list(k, () => 21),
    means: list(k, (c) => list(d, (j) => 0.7 * c + 0.1 * j)),
    degreesOfFreedom: list(k, () => 20 + d),
    covariances: list(k, () => (full ? square : list(d, () => 2))),
    trace: {
      converged: true,
      iterations: 0,
      lowerBounds: [],
      seed: 0,
      backend: "none",
      restarts: [],
      diagnostics: [],
      elapsedMilliseconds: 0,
    },
  });
}

const models = {
  "a Gaussian mixture": `GaussianMixture.fromParameters({
    weights: list(k, () => 1 / k),
    means: list(k, (c) => list(d, (j) => 0.7 * c + 0.1 * j)),
    covariances: list(k, () => list(d, (i) => list(d, (j) => (i === j ? 2 : 0.3)))),
  })`,
  "a posterior predictive of full covariances": `BayesianGaussianMixture.load(${posterior("full", "predictive")})`,
  "a posterior predictive of independent features": `BayesianGaussianMixture.load(${posterior("diag", "predictive")})`,
  "a variational expectation": `BayesianGaussianMixture.load(${posterior("full", "variational")})`,
};

/**
 * Run by itself, with room for new objects so large that none is collected: what the heap grows by is what was allocated, and
 * what the engine puts there while it compiles, at any time: the least of three is the calls' own.
 */
const script = (model: string): string => `
  import { BayesianGaussianMixture, GaussianMixture } from "@mixtura/mixture";
  const d = ${d}, k = ${k};
  const list = (length, value) => Array.from({ length }, (_, index) => value(index));
  const { point } = ${model};
  const x = Float64Array.from({ length: d }, (_, j) => 0.3 * j);
  const out = new Float64Array(k);
  const work = {
    logDensity(calls) { let sum = 0; for (let i = 0; i < calls; i++) sum += point.logDensity(x); return sum; },
    writeLogDensity(calls) { let sum = 0; for (let i = 0; i < calls; i++) sum += (point.writeLogDensity?.(x, out) ?? out).length; return sum; },
    label(calls) { let sum = 0; for (let i = 0; i < calls; i++) sum += point.label(x); return sum; },
    responsibilities(calls) { let sum = 0; for (let i = 0; i < calls; i++) sum += point.responsibilities(x, out).length; return sum; },
  };
  const grown = {};
  for (const [name, run] of Object.entries(work)) {
    for (let round = 0; round < 20; round++) run(1e4);
    grown[name] = Infinity;
    for (let attempt = 0; attempt < 3; attempt++) {
      globalThis.gc?.();
      const before = process.memoryUsage().heapUsed;
      run(${CALLS});
      grown[name] = Math.min(grown[name], process.memoryUsage().heapUsed - before);
    }
  }
  console.log(JSON.stringify(grown));
`;

describe("answers about one point", () => {
  it.each(Object.entries(models))("allocate nothing over many calls: %s", (_, model) => {
    const flags = ["--expose-gc", "--min-semi-space-size=64", "--max-semi-space-size=64", "--input-type=module"];
    const grown = JSON.parse(
      execFileSync(process.execPath, [...flags, "--eval", script(model)], { cwd: join(import.meta.dirname, ".."), encoding: "utf8" }),
    ) as Record<string, number>;

    // A megabyte for what the engine does beside the calls: compiling, statistics. Sixteen bytes a call would be three.
    const aside = 2 ** 20;
    expect(grown["label"]).toBeLessThan(aside);
    expect(grown["writeLogDensity"]).toBeLessThan(aside);
    expect(grown["responsibilities"]).toBeLessThan(aside);
    // Where the engine does not inline the call it puts the returned number on the heap: 16 bytes, and no more than these.
    expect(grown["logDensity"]).toBeLessThan(aside + 16 * CALLS);
  });
});
