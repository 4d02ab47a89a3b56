// The floor under covariances: Σ ⪰ diag(D), and the likeliest such Σ.
import { cholesky, invertLower, lowerTimesTranspose, transposeTimesLower } from "@mixtura/backend/internal/factors";
import { createPace, createRandom } from "@mixtura/core/authoring";
import type { Random } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { covarianceKind, covarianceTypes } from "../src/covariance/kinds.ts";
import { BayesianGaussianMixture, GaussianMixture } from "../src/index.ts";

/** S of so few rows that it is singular now and then. */
function scatterOf(random: Random, d: number): Float64Array {
  const rows = 1 + random.integer(2 * d);
  const points = Array.from({ length: rows }, () => Array.from({ length: d }, () => random.normal()));
  return Float64Array.from({ length: d * d }, (_, at) => points.reduce((sum, x) => sum + x[Math.floor(at / d)]! * x[at % d]!, 0) / rows);
}

const inverse = (matrix: Float64Array, d: number): Float64Array => {
  const result = cholesky(matrix, d);
  if (!result.ok) throw new Error("not positive definite");
  return transposeTimesLower(invertLower(result.factor, d), d);
};
const product = (a: Float64Array, b: Float64Array, d: number): Float64Array =>
  Float64Array.from({ length: d * d }, (_, at) => {
    let sum = 0;
    for (let t = 0; t < d; t++) sum += a[Math.floor(at / d) * d + t]! * b[t * d + (at % d)]!;
    return sum;
  });

describe("a covariance that is raised to D", () => {
  it("is the likeliest with Σ ⪰ D: the conditions of Karush, Kuhn and Tucker hold", async () => {
    const random = createRandom(3);
    const { full } = { full: covarianceKind("full") };
    for (let trial = 0; trial < 200; trial++) {
      const d = 1 + random.integer(4);
      const S = scatterOf(random, d);
      const least = Float64Array.from({ length: d }, () => Math.exp(random.normal() - 1));

      const raised = await full.raised(S, least, createPace());

      // The gradient of log |Σ| + tr Σ⁻¹S is G = Σ⁻¹ − Σ⁻¹SΣ⁻¹: at the optimum G ⪰ 0, and G (Σ − D) = 0. Σ, S and D are of order 1.
      const precision = inverse(raised, d);
      const gradient = precision.map((value, at) => value - product(product(precision, S, d), precision, d)[at]!);
      const above = raised.map((value, at) => value - (at % (d + 1) === 0 ? least[at / (d + 1)]! : 0));
      const slack = (matrix: Float64Array, by: number) => matrix.map((value, at) => value + (at % (d + 1) === 0 ? by : 0));
      const size = Math.max(...gradient.map(Math.abs), 1);
      expect(cholesky(slack(above, 1e-9), d).ok).toBe(true);
      expect(cholesky(slack(gradient, 1e-9 * size), d).ok).toBe(true);
      expect(Math.max(...product(gradient, above, d).map(Math.abs))).toBeLessThan(1e-9 * size);
    }
  });

  it.each(covarianceTypes)("stays as it is where it is above D: %s", async (covarianceType) => {
    const kind = covarianceKind(covarianceType);
    const random = createRandom(5);
    const d = 3;
    const root = Float64Array.from({ length: d * d }, (_, at) => (at % d <= Math.floor(at / d) ? 1 + random.uniform() : 0));
    const block = kind.project(lowerTimesTranspose(root, d), d);
    const whitening = new Float64Array(block.length);
    kind.whiten(block, 0, whitening, 0, d);

    expect(kind.isAbove(block, whitening, new Float64Array(d).fill(0.01))).toBe(true);
    expect(kind.isAbove(block, whitening, new Float64Array(d).fill(100))).toBe(false);
  });
});

/** Columns as people have them: rounded, two-valued, counted, mostly zero, in large units, twice another. */
function awkwardTable(random: Random): { readonly X: number[][]; readonly sampleWeight: number[] | undefined } {
  const rows = 6 + Math.floor(5 * 50 ** random.uniform());
  const columns = 1 + random.integer(4);
  const kinds = Array.from({ length: columns }, () => random.integer(7));
  const step = 10 ** (2 * random.uniform() - 1.5);
  const centres = Array.from({ length: 3 }, () => kinds.map(() => 4 * random.normal()));
  const X = Array.from({ length: rows }, () => {
    const centre = centres[random.integer(3)]!;
    const row: number[] = [];
    kinds.forEach((kind, j) => {
      const x = centre[j]! + random.normal();
      const made = [
        x,
        Math.round(x / step) * step,
        Number(x > 0),
        Math.max(0, Math.round(x)),
        x > 1 ? x : 0,
        1e6 * x,
        2 * (row[j - 1] ?? x),
      ];
      row.push(made[kind]!);
    });
    return row;
  });
  if (random.uniform() < 0.2) for (let i = 1; i < rows; i++) if (random.uniform() < 0.5) X[i] = X[0]!.slice();
  return { X, sampleWeight: random.uniform() < 0.3 ? X.map((_, i) => (i < 5 ? 1 : random.integer(3))) : undefined };
}

describe("by default options the bound never falls", () => {
  it.each([
    ["EM", GaussianMixture, {}],
    ["variational inference", BayesianGaussianMixture, {}],
    ["variational inference with moves", BayesianGaussianMixture, { moves: true }],
  ] as const)("of %s, on columns as people have them", async (_, Estimator, more) => {
    const random = createRandom(11);
    for (let trial = 0; trial < 120; trial++) {
      const { X, sampleWeight } = awkwardTable(random);
      const covarianceType = covarianceTypes[random.integer(covarianceTypes.length)]!;
      const options = { nComponents: 1 + random.integer(5), covarianceType, randomState: trial, maxIter: 60, tol: 1e-7, ...more };
      const { trace } = await new Estimator(options).fit(X, sampleWeight === undefined ? {} : { sampleWeight });
      // A component that lost its rows starts anew, and that is said.
      if (trace.diagnostics.some(({ code }) => /^(reseeded|empty)-component$/.test(code))) continue;

      const falls = trace.lowerBounds.slice(1).map((bound, at) => trace.lowerBounds[at]! - bound);
      // Covariances at a millionth of a variance have a condition of 1e6: their bounds are known to 1e6 roundings, and sums of a few.
      expect(Math.max(0, ...falls), `trial ${trial}, ${covarianceType}`).toBeLessThan(3e-9 * Math.max(1, Math.abs(trace.lowerBounds[0]!)));
    }
  });
});

describe("a column that adds nothing changes no comparison", () => {
  const random = createRandom(23);
  const X = Array.from({ length: 240 }, (_, i) => {
    const [a, b] = [random.normal(), random.normal()];
    return [a + 6 * (i % 2), 0.6 * a + b];
  });
  const halves = Int32Array.from(X, (_, i) => i % 2);
  const thirds = Int32Array.from(X, (_, i) => i % 3);
  const criteria = async (rows: readonly (readonly number[])[], covarianceType: "full" | "tied") => {
    const fit = async (labelsInit: Int32Array, nComponents: number) =>
      (await new GaussianMixture({ nComponents, covarianceType, labelsInit, maxIter: 40, tol: 0 }).fit(rows)).criteria!;
    const [two, three] = [await fit(halves, 2), await fit(thirds, 3)];
    return { bic: two.bic - three.bic, icl: two.icl - three.icl };
  };

  it.each(["full", "tied"] as const)("neither a total nor a constant: %s", async (covarianceType) => {
    const plain = await criteria(X, covarianceType);
    for (const more of [([a, b]: number[]) => a! + b!, ([a]: number[]) => 3 * a! - 1, () => 5]) {
      const other = await criteria(
        X.map((row) => [...row, more(row)]),
        covarianceType,
      );
      // The floor of a millionth reaches into the plane of the rows: a relative 1e-6 of each of some 1,000 nats.
      expect(Math.abs(other.bic - plain.bic)).toBeLessThan(0.01);
      expect(Math.abs(other.icl - plain.icl)).toBeLessThan(0.01);
    }
  });
});
