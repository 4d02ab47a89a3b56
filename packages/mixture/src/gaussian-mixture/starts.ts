import type { Moments } from "@mixtura/backend";
import { centroidComponents } from "@mixtura/backend";
import type { Pace, Random } from "@mixtura/core";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockCount, blockOf } from "../covariance/kind.ts";
import type { Floors } from "../em/floors.ts";
import { lift } from "../em/floors.ts";
import { maximise } from "../em/maximise.ts";
import type { MixtureParameters } from "../em/parameters.ts";
import { translated, whitenBlocks } from "../em/parameters.ts";
import { expectation, labelledMoments } from "../em/passes.ts";
import { overallVariances } from "../em/repair.ts";
import type { RowSet } from "../em/rows.ts";
import { lloyd } from "../k-means/lloyd.ts";
import { randomMoments } from "../seeding/random-responsibilities.ts";
import { kMeansPlusPlus, randomRows, rowsAt } from "../seeding/k-means-plus-plus.ts";
import { sampleRows } from "../seeding/sample-rows.ts";
import type { ExplicitStart } from "./explicit.ts";
import type { FittedGaussianMixture } from "./model.ts";
import type { InitParams } from "./options.ts";

/** What a start is made from. */
export interface StartProblem<H> {
  readonly rows: RowSet<H>;
  readonly kind: CovarianceKind;
  readonly floors: Floors;
  readonly nComponents: number;
  readonly initParams: InitParams;
  readonly explicit: ExplicitStart;
  readonly pace: Pace;
}

/** Iterations and relative tolerance of the k-means that seeds a mixture: scikit-learn's own. */
const K_MEANS_ITERATIONS = 300;
const K_MEANS_TOLERANCE = 1e-4;

/**
 * The parameters that one restart begins with. Parts that the caller spelled out are taken as they are; the rest comes from a partition of the
 * rows: by `labelsInit`, by the nearest of `meansInit`, or by seeding.
 */
export async function startingParameters<H>(problem: StartProblem<H>, random: Random): Promise<MixtureParameters> {
  const { rows, kind, nComponents: k, explicit } = problem;
  const means = explicit.means === undefined ? undefined : translated(explicit.means, rows.origin, -1);
  if (explicit.weights !== undefined && means !== undefined && explicit.whitening !== undefined) {
    return { weights: explicit.weights, means, ...fromWhitening(kind, explicit.whitening, k, rows.features) };
  }
  const partition = fromMoments(problem, await partitionMoments(problem, means, random));
  const { covariances, whitening } = explicit.whitening === undefined ? partition : fromWhitening(kind, explicit.whitening, k, rows.features);
  return { weights: explicit.weights ?? partition.weights, means: means ?? partition.means, covariances, whitening };
}

/** Whether every restart would begin the same. */
export function isFixedStart({ means, labels }: ExplicitStart): boolean {
  return labels !== undefined || means !== undefined;
}

/** The parameters of a fitted model, in a row set's coordinates and the wanted covariance type. */
export function parametersOfModel<H>(model: FittedGaussianMixture, kind: CovarianceKind, rows: RowSet<H>): MixtureParameters {
  const { nComponents: k, weights } = model;
  const d = rows.features;
  const matrices = Array.from({ length: k }, (_, component) => model.covariance(component).data);
  const size = kind.blockSize(d);
  const covariances = new Float64Array(size * blockCount(kind, k));
  if (kind.shared) {
    const mean = new Float64Array(d * d);
    matrices.forEach((matrix, component) => matrix.forEach((value, at) => (mean[at]! += weights[component]! * value)));
    covariances.set(model.covarianceType === kind.type ? matrices[0]! : kind.project(mean, d));
  } else {
    matrices.forEach((matrix, component) => covariances.set(kind.project(matrix, d), component * size));
  }
  const { whitening } = whitenBlocks(kind, covariances, k, d);
  return { weights, means: translated(model.means.data, rows.origin, -1), covariances, whitening };
}

async function partitionMoments<H>(problem: StartProblem<H>, means: Float64Array | undefined, random: Random): Promise<Moments> {
  const { rows, kind, explicit, initParams, nComponents: k, pace } = problem;
  const { scatter } = kind;
  if (explicit.labels !== undefined) {
    const centres = await labelMeans(rows, explicit.labels, k, pace);
    return labelledMoments(rows, explicit.labels, { centres, scatter, pace });
  }
  if (means === undefined && initParams === "random") return randomMoments(rows, k, scatter, random, pace);
  const inverseScale = rows.survey.variances.map((variance, j) => 1 / Math.sqrt(variance > 0 ? variance : problem.floors.repair[j]!));
  const centroids = means ?? (await seedCentroids(problem, inverseScale, random));
  return expectation(rows, centroidComponents(centroids, k, inverseScale), { centres: centroids, scatter, assignment: "hard", pace });
}

async function seedCentroids<H>({ rows, initParams, nComponents: k, pace }: StartProblem<H>, inverseScale: Float64Array, random: Random): Promise<Float64Array> {
  const seeding = { ...rows.sample, inverseScale };
  const chosen = initParams === "random_from_data" ? randomRows(seeding, k, random) : await kMeansPlusPlus(seeding, k, random, pace);
  let centroids = translated(rowsAt(rows.sample.host, chosen), rows.origin, -1);
  if (initParams !== "kmeans") return centroids;
  const sample = await sampleRows(rows);
  try {
    const tolerance = K_MEANS_TOLERANCE; // features have variance 1 here
    for await (const state of lloyd(sample, centroids, { maxIter: K_MEANS_ITERATIONS, tolerance, inverseScale, pace })) centroids = state.centroids;
  } finally {
    sample.release();
  }
  return centroids;
}

/** Group means, so that the scatter of a labelled start is taken about them. */
async function labelMeans<H>(rows: RowSet<H>, labels: Int32Array, k: number, pace: Pace): Promise<Float64Array> {
  const zero = new Float64Array(k * rows.features);
  const { s0, s1 } = await labelledMoments(rows, labels, { centres: zero, scatter: "none", pace });
  return s1.map((value, at) => {
    const mass = s0[Math.floor(at / rows.features)]!;
    return mass > 0 ? value / mass : 0;
  });
}

/** The M-step of a partition; groups without rows start as the whole data, covariances without spread at the floor. */
function fromMoments<H>({ rows, kind, floors, nComponents: k }: StartProblem<H>, moments: Moments): MixtureParameters {
  const d = rows.features;
  const size = kind.blockSize(d);
  const overall = kind.project(overallVariances(rows.survey.variances, floors), d);
  const covariances = new Float64Array(size * blockCount(kind, k));
  for (let block = 0; block < blockCount(kind, k); block++) covariances.set(overall, block * size);
  const idle: MixtureParameters = { weights: new Float64Array(k), means: moments.centres, covariances, whitening: covariances };
  const { parameters, failed } = maximise(kind, moments, idle, floors.regularisation);
  for (const { block } of failed) parameters.covariances.set(lift(kind, blockOf(kind, parameters.covariances, block, d), floors.repair), block * size);
  return failed.length === 0 ? parameters : { ...parameters, ...whitenBlocks(kind, parameters.covariances, k, d) };
}

function fromWhitening(kind: CovarianceKind, whitening: Float64Array, k: number, d: number): Pick<MixtureParameters, "covariances" | "whitening"> {
  const covariances = new Float64Array(whitening.length);
  for (let block = 0; block < blockCount(kind, k); block++) {
    covariances.set(kind.fromWhitening(blockOf(kind, whitening, block, d), d), block * kind.blockSize(d));
  }
  return { covariances, whitening };
}
