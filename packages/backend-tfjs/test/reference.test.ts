import type { TfjsBackend } from "@mixtura/backend-tfjs";
import type { SklearnEntry } from "@mixtura/fixtures";
import { loadSklearn, sklearnNames, sklearnStart } from "@mixtura/fixtures";
import { GaussianMixture } from "@mixtura/mixture";
import { beforeAll, describe, expect, it } from "vitest";
import { engines } from "./engines.ts";

/**
 * What float32 promises: terms of up to some hundred nats, each rounded to 6e-8 of itself; parameters are means over as many rows, and up to 50
 * maps of EM carry on what is off, and more where they converge slowly. The guard makes a pass in float64 that is off by 1e-4.
 */
const SCORE = 1e-5;
const PARAMETERS = 1e-4;

/** Differences of parameters, in standard deviations of the component that they belong to. */
function parameterDifference(model: Awaited<ReturnType<GaussianMixture["fit"]>>, entry: SklearnEntry): number {
  const d = model.featureCount;
  let worst = 0;
  const note = (found: number, right: number, scale: number): void => void (worst = Math.max(worst, Math.abs(found - right) / scale));
  entry.weights.forEach((weight, k) => {
    note(model.weights[k]!, weight, 1);
    const { data } = model.covariance(k);
    const deviation = (j: number): number => Math.sqrt(data[j * (d + 1)]!);
    entry.means[k]!.forEach((mean, j) => note(model.means.data[k * d + j]!, mean, deviation(j)));
    covarianceOf(entry, k, d).forEach((value, at) => note(data[at]!, value, deviation(Math.floor(at / d)) * deviation(at % d)));
  });
  return worst;
}

/** Component k's covariance as scikit-learn has it, d×d. */
function covarianceOf({ covarianceType, covariances }: SklearnEntry, k: number, d: number): number[] {
  const diagonal = (variance: (j: number) => number): number[] =>
    Array.from({ length: d * d }, (_, at) => (at % (d + 1) === 0 ? variance(at % d) : 0));
  if (covarianceType === "full") return (covariances as number[][][])[k]!.flat();
  if (covarianceType === "tied") return (covariances as number[][]).flat();
  if (covarianceType === "diag") return diagonal((j) => (covariances as number[][])[k]![j]!);
  return diagonal(() => (covariances as number[])[k]!);
}

// The engine in JavaScript takes a hundred times as long, and shares all but its arithmetic with the others: a few data sets say enough.
describe.each(engines)("scikit-learn 1.9.1 from the same start: tfjs $engine", ({ engine, create }) => {
  let backend: TfjsBackend;
  beforeAll(async () => {
    backend = await create();
  });

  describe.each(engine === "cpu" ? (["faithful", "iris"] as const) : sklearnNames)("%s", (name) => {
    const { data, entries } = loadSklearn(name);

    it.each(entries)("$covarianceType covariance, $iterations iteration(s): the same numbers as far as float32 goes", async (entry) => {
      const model = await new GaussianMixture({ ...sklearnStart(entry, data.rows), backend }).fit(data.rows);

      expect(model.trace.backend).toBe(`tfjs-${engine}`);
      if (entry.error !== undefined) return expect(model.trace.diagnostics).not.toEqual([]);
      // Three of breast_cancer's entries end in a component of three rows in thirty features: that is left to float64, and said.
      const codes = model.trace.diagnostics.map(({ code }) => code);
      expect(codes.includes("single-precision") || codes.includes("backend-fell-back")).toBe(true);
      const last = Math.abs(entry.lowerBounds.at(-1)!);
      expect(Math.abs(model.trace.lowerBounds.at(-1)! - entry.lowerBounds.at(-1)!)).toBeLessThan(SCORE * Math.max(1, last));
      expect(Math.abs((await model.score(data.rows)) - entry.score)).toBeLessThan(SCORE * Math.max(1, Math.abs(entry.score)));
      expect(parameterDifference(model, entry)).toBeLessThan(PARAMETERS);
    });
  });
});
