// A tenth of the rows is planted: how far are the parameters off without cleaning, with it, and had the outliers never been there?
// Medians over seeds of the largest error of the means (in standard deviations of the components) and of the relative error of the covariances
// (Frobenius). Prints a Markdown table. Usage: node bench/clean-fit.ts [seeds]
import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import type { FittedGaussianMixture } from "@mixtura/mixture";
import { GaussianMixture } from "@mixtura/mixture";
import type { Threshold } from "../src/index.ts";
import { cleanFit } from "../src/index.ts";

const seeds = Number(process.argv[2] ?? 20);
const ROWS = 1000;
const OUTLIERS = 100;

interface Group {
  readonly share: number;
  readonly mean: readonly number[];
  /** Correlation of every feature with the first one; variances are 1. */
  readonly load: number;
}

const truths: Readonly<Record<string, readonly Group[]>> = {
  "one Gaussian, d = 4": [{ share: 1, mean: [0, 0, 0, 0], load: 0.7 }],
  "two components, d = 2": [
    { share: 2 / 3, mean: [0, 0], load: 0.8 },
    { share: 1 / 3, mean: [6, 2], load: -0.5 },
  ],
};

const plants: Readonly<Record<string, (random: Random, d: number) => number[]>> = {
  "scattered in [−30, 30]": (random, d) => Array.from({ length: d }, () => 60 * (random.uniform() - 0.5)),
  "a cluster far away": (random, d) => Array.from({ length: d }, (_, j) => 25 - 10 * (j % 2) + random.normal()),
};

function drawn(groups: readonly Group[], count: number, random: Random): number[][] {
  return Array.from({ length: count }, () => {
    const { mean, load } = groups[random.choice(groups.map(({ share }) => share))]!;
    const first = random.normal();
    return mean.map((value, j) => value + (j === 0 ? first : load * first + Math.sqrt(1 - load ** 2) * random.normal()));
  });
}

function covarianceOf({ mean, load }: Group): number[] {
  const d = mean.length;
  return Array.from({ length: d * d }, (_, at) => {
    const [i, j] = [Math.floor(at / d), at % d];
    return i === j ? 1 : i === 0 || j === 0 ? load : load ** 2;
  });
}

/** Each true component against the fitted one that is nearest. */
function errors(model: FittedGaussianMixture, groups: readonly Group[]): { readonly mean: number; readonly covariance: number } {
  const { means, nComponents } = model;
  const d = means.columns;
  const rows = Array.from({ length: nComponents }, (_, k) => [...means.data.subarray(k * d, (k + 1) * d)]);
  const worst = { mean: 0, covariance: 0 };
  for (const group of groups) {
    const distances = rows.map((row) => Math.hypot(...row.map((value, j) => value - group.mean[j]!)));
    const k = distances.indexOf(Math.min(...distances));
    const [right, found] = [covarianceOf(group), model.covariance(k).data];
    const norm = (values: readonly number[]): number => Math.hypot(...values);
    worst.mean = Math.max(worst.mean, distances[k]!);
    worst.covariance = Math.max(worst.covariance, norm(right.map((value, at) => value - found[at]!)) / norm(right));
  }
  return worst;
}

const rules: Readonly<Record<string, Threshold>> = {
  "{ contamination: 0.1 }": { contamination: 0.1 },
  "{ gap: 0.2 }": { gap: 0.2 },
  "{ chiSquare: 0.999 }": { chiSquare: 0.999 },
};

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const matrixOf = (rows: readonly (readonly number[])[]): Matrix => matrix(Float64Array.from(rows.flat()), rows.length, rows[0]!.length);

console.log(`${ROWS} rows, ${OUTLIERS} of them planted; medians over ${seeds} seeds: error of the means / of the covariances`);
console.log(`\n| truth | planted | not cleaned | ${Object.keys(rules).join(" | ")} | clean rows only |`);
console.log(
  `| --- | --- | --- | ${Object.keys(rules)
    .map(() => "---")
    .join(" | ")} | --- |`,
);
for (const [truth, groups] of Object.entries(truths)) {
  for (const [planted, plant] of Object.entries(plants)) {
    const columns: Record<string, { mean: number; covariance: number }[]> = {};
    for (let seed = 0; seed < seeds; seed++) {
      const random = createRandom(seed, truth.length, planted.length);
      const clean = drawn(groups, ROWS - OUTLIERS, random);
      const X = matrixOf([...clean, ...Array.from({ length: OUTLIERS }, () => plant(random, groups[0]!.mean.length))]);
      const estimator = new GaussianMixture({ nComponents: groups.length, randomState: seed });
      const add = (column: string, model: FittedGaussianMixture): unknown => (columns[column] ??= []).push(errors(model, groups));
      for (const [name, rule] of Object.entries(rules)) {
        if ("chiSquare" in rule && groups.length > 1) continue; // distances from one centre
        const { first, model } = await cleanFit(estimator, X, { rule, rounds: 50 });
        if (name === Object.keys(rules)[0]) add("first", first);
        add(name, model);
      }
      add("oracle", await estimator.fit(matrixOf(clean)));
    }
    const cell = (column: string): string =>
      columns[column] === undefined
        ? "–"
        : `${middle(columns[column].map(({ mean }) => mean)).toFixed(3)} / ${middle(columns[column].map(({ covariance }) => covariance)).toFixed(3)}`;
    console.log(`| ${truth} | ${planted} | ${["first", ...Object.keys(rules), "oracle"].map(cell).join(" | ")} |`);
  }
}
