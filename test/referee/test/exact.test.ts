// Answers held against exact ones: rational numbers, and 60 digits where there is no rational answer. See ../reference/generate.py.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EmpiricalCovariance, LedoitWolf, OAS, ShrunkCovariance } from "@mixtura/covariance";
import { ECOD } from "@mixtura/ecod";
import { KernelDensity } from "@mixtura/kernel-density";
import { adjustedMutualInfoScore, adjustedRandScore, silhouetteSamples, silhouetteScore } from "@mixtura/metrics";
import type { CovarianceType } from "@mixtura/mixture";
import { BayesianGaussianMixture, GaussianMixture, KMeans } from "@mixtura/mixture";
import { describe, expect, it } from "vitest";
import { places } from "../src/places.ts";

type Table = number[][];

interface Exact {
  readonly covariances: readonly (Record<"EmpiricalCovariance" | "LedoitWolf" | "OAS" | "ShrunkCovariance", Table> & {
    readonly X: Table;
    readonly sampleWeight: number[];
    readonly location: number[];
    readonly shrinkage: Record<"LedoitWolf" | "OAS", number>;
  })[];
  readonly mixtures: {
    readonly X: Table;
    readonly sampleWeight: number[];
    readonly start: Table;
    readonly iterations: number;
    readonly entries: readonly {
      readonly covarianceType: CovarianceType;
      readonly weights: number[];
      readonly means: Table;
      readonly covariances: Table[];
      readonly score: number;
      readonly points: Table;
      readonly logDensities: number[];
    }[];
  };
  readonly posteriors: { readonly X: Table; readonly points: Table; readonly full: number[]; readonly diag: number[] };
  readonly kernels: {
    readonly X: Table;
    readonly sampleWeight: number[];
    readonly bandwidth: number;
    readonly points: Table;
    readonly gaussian: number[];
    readonly near: Table;
    readonly epanechnikov: number[];
  };
  readonly tails: { readonly X: Table; readonly sampleWeight: number[]; readonly points: Table; readonly scores: number[] };
  readonly clusters: {
    readonly X: Table;
    readonly sampleWeight: number[];
    readonly start: Table;
    readonly labels: number[];
    readonly iterations: number;
    readonly centres: Table;
    readonly inertia: number;
  };
  readonly measures: {
    readonly a: number[];
    readonly b: number[];
    readonly adjustedRand: number;
    readonly adjustedMutualInfo: number;
    readonly X: Table;
    readonly labels: number[];
    readonly silhouettes: number[];
    readonly silhouette: number;
  };
}

const exact = JSON.parse(readFileSync(join(import.meta.dirname, "..", "reference", "exact.json"), "utf8")) as Exact;

/** Sums of some dozen rounded terms, or logarithms of such: a hundred units in the last place. */
const ROUNDING = 100 * Number.EPSILON;

function requireNear(found: ArrayLike<number>, right: ArrayLike<number>, tolerance: number, least = 0): void {
  expect(found).toHaveLength(right.length);
  for (let i = 0; i < right.length; i++) {
    const limit = tolerance * Math.max(least, Math.abs(right[i]!));
    expect(Math.abs(found[i]! - right[i]!), `number ${i}: ${found[i]} for ${right[i]}`).toBeLessThanOrEqual(limit);
  }
}

describe.each(places)("on $name", ({ backend, precision }) => {
  // Single precision is held to 1e-4 by its guard; see the conformance suite.
  const tolerance = precision === "float64" ? ROUNDING : 1e-4;

  it.each(exact.covariances.map((entry, index) => [["near 0", "at 2⁴⁰, 2⁴¹ and 3·2⁴⁰"][index], entry] as const))(
    "covariances of integers, %s",
    async (_, entry) => {
      const context = { sampleWeight: entry.sampleWeight };
      for (const Estimator of [EmpiricalCovariance, LedoitWolf, OAS, ShrunkCovariance] as const) {
        const model = await new Estimator({ backend }).fit(entry.X, context);
        const right = entry[Estimator.name as keyof Exact["covariances"][0] & ("OAS" | "LedoitWolf")];
        const largest = Math.max(...right.flat());

        requireNear(model.location, entry.location, 2 * Number.EPSILON, 1);
        requireNear(model.covariance.data, right.flat(), tolerance, largest);
      }
      requireNear([(await new LedoitWolf({ backend }).fit(entry.X, context)).shrinkage!], [entry.shrinkage.LedoitWolf], tolerance, 1);
      requireNear([(await new OAS({ backend }).fit(entry.X, context)).shrinkage!], [entry.shrinkage.OAS], tolerance, 1);
    },
  );

  it.each(exact.mixtures.entries)("four iterations of expectation maximisation: $covarianceType", async (entry) => {
    const { X, sampleWeight, start } = exact.mixtures;
    const identity = [
      [0.25, 0],
      [0, 0.25],
    ];
    const precisionsInit = {
      full: [identity, identity],
      tied: identity,
      diag: [
        [0.25, 0.25],
        [0.25, 0.25],
      ],
      "tied-diag": [0.25, 0.25],
      spherical: [0.25, 0.25],
    }[entry.covarianceType];
    const model = await new GaussianMixture({
      nComponents: 2,
      covarianceType: entry.covarianceType,
      weightsInit: [0.5, 0.5],
      meansInit: start,
      precisionsInit: precisionsInit as never,
      regCovar: 0,
      tol: 0,
      maxIter: exact.mixtures.iterations,
      backend,
    }).fit(X, { sampleWeight });

    // Rounding of four iterations; groups overlap a little, so that errors shrink from one to the next.
    requireNear(model.weights, entry.weights, 10 * tolerance);
    requireNear(model.means.data, entry.means.flat(), 10 * tolerance, 1);
    for (const k of [0, 1])
      requireNear(model.covariance(k).data, entry.covariances[k]!.flat(), 10 * tolerance, Math.max(...entry.covariances[k]!.flat()));
    requireNear([await model.score(X, { sampleWeight })], [entry.score], 10 * tolerance);
    requireNear(await model.scoreSamples(entry.points), entry.logDensities, 10 * tolerance);
    requireNear(
      entry.points.map((point) => model.point.logDensity(point)),
      entry.logDensities,
      10 * tolerance,
    );
  });

  it.each(["full", "diag"] as const)("a posterior predictive in closed form, 1e10 deviations away, too: %s", async (covarianceType) => {
    const { X, points } = exact.posteriors;
    const model = await new BayesianGaussianMixture({ nComponents: 1, covarianceType, backend }).fit(X);

    requireNear(await model.scoreSamples(points), exact.posteriors[covarianceType], tolerance);
  });

  it("clusters of integers at 1e9: labels, centres, inertia and iterations", async () => {
    const { X, sampleWeight, start, labels, centres, inertia, iterations } = exact.clusters;
    const model = await new KMeans({ nClusters: 3, init: start, tol: 0, backend }).fit(X, { sampleWeight });

    expect([...(await model.predict(X))]).toEqual(labels);
    requireNear(model.clusterCenters.data, centres.flat(), precision === "float64" ? Number.EPSILON : 1e-13); // the offset is taken off before anything is summed
    requireNear([model.inertia], [inertia], tolerance);
    if (precision === "float64") expect(model.trace.iterations).toBe(iterations);
  });
});

describe("on the host", () => {
  it("kernels near, in a tail, and where each is below the least double", async () => {
    const { X, sampleWeight, bandwidth, points, near } = exact.kernels;
    const fit = (kernel: "gaussian" | "epanechnikov") => new KernelDensity({ kernel, bandwidth }).fit(X, { sampleWeight });

    requireNear(await (await fit("gaussian")).scoreSamples(points), exact.kernels.gaussian, ROUNDING);
    requireNear(await (await fit("epanechnikov")).scoreSamples(near), exact.kernels.epanechnikov, ROUNDING);
  });

  it("tails of empirical distributions, and beyond them", async () => {
    const { X, sampleWeight, points, scores } = exact.tails;
    const model = await new ECOD().fit(X, { sampleWeight });

    requireNear(await model.scoreSamples(points), scores, ROUNDING);
  });

  it("scores of partitions, and silhouettes", async () => {
    const { a, b, adjustedRand, adjustedMutualInfo, X, labels, silhouettes, silhouette } = exact.measures;

    requireNear([adjustedRandScore(a, b)], [adjustedRand], ROUNDING);
    // A difference of numbers a hundred times as large.
    requireNear([adjustedMutualInfoScore(a, b)], [adjustedMutualInfo], 100 * ROUNDING);
    requireNear(await silhouetteSamples(X, labels), silhouettes, ROUNDING, 1);
    requireNear([await silhouetteScore(X, labels)], [silhouette], ROUNDING, 1);
  });
});
