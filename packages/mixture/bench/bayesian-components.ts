// How many components Bayesian mixtures of 12 keep on simulated sets of 2 to 5 true ones, and how many BIC chooses from 1 to 8, as Markdown:
//   node packages/mixture/bench/bayesian-components.ts [sets, default 200]
// 300 rows in 2, 3 or 4 features; covariances of every shape with variances from 0.3 to 3; every two centres 2.75 standard deviations apart or more.
// A component counts from one hundredth of the rows on. Restarts: one, and for BIC three for each number of components.
import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import { BayesianGaussianMixture, GaussianMixture } from "../src/index.ts";

const sets = Number(process.argv[2] ?? 200);
const ROWS = 300;
const APART = 2.75;

interface Simulated {
  readonly X: Matrix;
  readonly components: number;
}

function simulated(seed: number): Simulated {
  const random = createRandom(seed, 77);
  const components = 2 + (seed % 4);
  const d = 2 + (Math.floor(seed / 4) % 3);
  const factors = Array.from({ length: components }, () => randomFactor(random, d));
  let means: number[][];
  do {
    means = Array.from({ length: components }, () => Array.from({ length: d }, () => 8 * random.uniform()));
  } while (!areApart(means, factors, d));
  const weights = Array.from({ length: components }, () => 0.4 + random.uniform());
  const data = new Float64Array(ROWS * d);
  for (let i = 0; i < ROWS; i++) {
    const k = random.choice(weights);
    const z = Array.from({ length: d }, () => random.normal());
    for (let j = 0; j < d; j++) {
      let value = means[k]![j]!;
      for (let t = 0; t <= j; t++) value += factors[k]![j]![t]! * z[t]!;
      data[i * d + j] = value;
    }
  }
  return { X: matrix(data, ROWS, d), components };
}

/** A lower triangle: variances from 0.3 to 3, and correlations. */
function randomFactor(random: Random, d: number): number[][] {
  return Array.from({ length: d }, (_, i) => {
    const row = Array.from({ length: d }, (_value, j) => (j < i ? random.normal() : j === i ? 1 : 0));
    const scale = Math.sqrt((0.3 * 10 ** random.uniform()) / row.reduce((sum, value) => sum + value * value, 0));
    return row.map((value) => value * scale);
  });
}

/** Whether every two centres are far enough apart, in units of both spreads along the line between them. */
function areApart(means: readonly number[][], factors: readonly number[][][], d: number): boolean {
  return means.every((a, k) =>
    means.slice(0, k).every((b, l) => {
      const line = a.map((value, j) => value - b[j]!);
      const length = Math.hypot(...line);
      const spread = (factor: readonly number[][]): number => {
        let sum = 0;
        for (let t = 0; t < d; t++) sum += line.reduce((part, value, j) => part + (value / length) * factor[j]![t]!, 0) ** 2;
        return Math.sqrt(sum);
      };
      return length > (APART * (spread(factors[k]!) + spread(factors[l]!))) / 2;
    }),
  );
}

interface Tally {
  readonly differences: number[];
  milliseconds: number;
}
const tallies = new Map<string, Tally>();

async function count(row: string, truth: number, work: () => Promise<number>): Promise<void> {
  const tally = tallies.get(row) ?? { differences: [], milliseconds: 0 };
  tallies.set(row, tally);
  const started = performance.now();
  tally.differences.push((await work()) - truth);
  tally.milliseconds += performance.now() - started;
}

for (let seed = 0; seed < sets; seed++) {
  const { X, components } = simulated(seed);
  for (const weightConcentrationPriorType of ["dirichlet_process", "dirichlet_distribution"] as const) {
    for (const moves of [false, true]) {
      for (const learn of [false, true]) {
        const row = `${weightConcentrationPriorType} | ${moves ? "yes" : "no"} | ${learn ? "learn" : "1/12"}`;
        await count(row, components, async () => {
          const options = { nComponents: 12, weightConcentrationPriorType, moves, randomState: seed };
          const model = await new BayesianGaussianMixture({ ...options, ...(learn ? { weightConcentrationPrior: "learn" } : {}) }).fit(X);
          return model.effectiveComponents();
        });
      }
    }
  }
  await count("BIC of GaussianMixture | | ", components, async () => {
    let best = { bic: Infinity, k: 0 };
    for (let k = 1; k <= 8; k++) {
      const { bic, trace } = await new GaussianMixture({ nComponents: k, nInit: 3, randomState: seed }).fit(X);
      const sound = !trace.restarts.some(({ chosen, degenerate }) => chosen && degenerate);
      if (sound && bic! < best.bic) best = { bic: bic!, k };
    }
    return best.k;
  });
}

const columns = ["−2 or less", "−1", "right", "+1", "+2", "+3 or more"];
console.log(`${sets} sets, Node ${process.version}, ${process.platform} ${process.arch}\n`);
console.log(`| prior | moves | concentration | ${columns.join(" | ")} | mean difference | ms per set |`);
console.log(`| --- | --- | --- |${" ---: |".repeat(columns.length + 2)}`);
for (const [row, { differences, milliseconds }] of tallies) {
  const shares = [-2, -1, 0, 1, 2, 3].map((edge) => {
    const held = differences.filter((value) => Math.min(3, Math.max(-2, value)) === edge).length;
    return `${((100 * held) / sets).toFixed(1)} %`;
  });
  const mean = differences.reduce((sum, value) => sum + value, 0) / sets;
  console.log(`| ${row} | ${shares.join(" | ")} | ${mean.toFixed(2)} | ${(milliseconds / sets).toFixed(0)} |`);
}
