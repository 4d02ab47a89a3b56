import type { Moments, Scatter } from "@mixtura/backend";
import type { Rows } from "@mixtura/backend/authoring";
import type { Metric } from "@mixtura/backend/internal/factors";
import { centroidComponents } from "@mixtura/backend/internal/factors";
import type { Passes } from "@mixtura/backend/internal/rows";
import { translated } from "@mixtura/backend/internal/rows";
import type { Pace, Random } from "@mixtura/core/authoring";
import { SEED_LIMIT } from "@mixtura/core/internal";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockCount, blockOf, blockSize, isIndependent } from "../covariance/kind.ts";
import type { Floors } from "../em/floors.ts";
import { floorEigenvalues, overallBlock } from "../em/floors.ts";
import { lowBlocks, maximise, whitenBlocks, withRaised } from "../em/m-step.ts";
import type { MixtureParameters } from "../em/m-step.ts";
import { lloyd } from "../k-means/lloyd.ts";
import { kMeansPlusPlus, randomRows } from "./k-means-plus-plus.ts";
import type { SeedingSpace } from "./space.ts";
import { plainSpace, standardisedSpace } from "./space.ts";
import { spheredSpace } from "./sphered.ts";
import type { ExplicitStart } from "./explicit.ts";
import type { InitParams, StartOptions } from "../gaussian-mixture/options.ts";

/** What a start is made from. */
export interface StartProblem {
  readonly rows: Rows;
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
 * The parameters that one restart begins with. Parts that the caller gave are taken as they are; the rest comes from a partition of the
 * rows: by `labelsInit`, by the nearest of `meansInit`, or by seeding.
 */
export async function startingParameters(problem: StartProblem, restart: number, random: Random): Promise<MixtureParameters> {
  const { rows, explicit } = problem;
  const means = explicit.means === undefined ? undefined : translated(explicit.means, rows.origin, -1);
  const given = { ...(explicit.weights && { weights: explicit.weights }), ...(means && { means }), ...explicit.spread };
  const spelledOut = Object.keys(given).length === 4;
  const drawn = spelledOut ? {} : await fromPartition(problem, await partitionOf(problem, means, restart, random));
  return atLeast(problem, { ...drawn, ...given } as MixtureParameters);
}

/** A start in which no component is narrower than the least covariance. */
export function atLeast(
  { kind, floors: { least }, nComponents, pace }: Pick<StartProblem, "kind" | "floors" | "nComponents" | "pace">,
  start: MixtureParameters,
): Promise<MixtureParameters> {
  const low = least.some((value) => value > 0) ? lowBlocks(kind, start, nComponents, least) : [];
  return withRaised(kind, start, low, least, pace);
}

/** Whether the caller spelled out some part of the start. */
export function isSpelledOut({ weightsInit, meansInit, precisionsInit, labelsInit }: StartOptions): boolean {
  return (weightsInit ?? meansInit ?? precisionsInit ?? labelsInit) !== undefined;
}

/** Whether every restart would begin the same. */
export function isFixedStart({ means, labels }: ExplicitStart): boolean {
  return labels !== undefined || means !== undefined;
}

/** A partition of the rows: its moments about any centres, and centres to begin with. */
export interface Partition {
  readonly centres: Float64Array;
  moments(centres: Float64Array): Promise<Moments>;
}

/**
 * The partition that a restart begins with: by labels, by the nearest of the means, or by seeding.
 *
 * @param means starting means in the row set's coordinates, where the caller gave some
 */
export async function partitionOf(
  problem: StartProblem,
  means: Float64Array | undefined,
  restart: number,
  random: Random,
): Promise<Partition> {
  const { rows, kind, explicit, initParams, nComponents: k } = problem;
  const { scatter } = kind;
  if (explicit.labels !== undefined) return labelledPartition(rows, explicit.labels, k, scatter);
  if (means === undefined && initParams === "random") {
    const seed = random.integer(SEED_LIMIT);
    return { centres: new Float64Array(k * rows.features), moments: (centres) => rows.moments({ random: seed }, { centres, scatter }) };
  }
  const { centroids, metric } =
    means === undefined
      ? await seedCentroids(problem, strategies[initParams as keyof typeof strategies], restart, random)
      : { centroids: means, metric: standardisedSpace(rows, problem.floors).metric };
  const components = centroidComponents(centroids, k, metric);
  return { centres: centroids, moments: (centres) => rows.expectation(components, { centres, scatter, assignment: "hard" }) };
}

/** The partition of rows into k groups by labels, −1 for rows of none. Its centres are the groups' means, so that the scatter is taken about them. */
async function labelledPartition(rows: Passes, labels: Int32Array, k: number, scatter: Scatter): Promise<Partition> {
  const { s0, s1 } = await rows.moments({ labels }, { centres: new Float64Array(k * rows.features), scatter: "none" });
  const centres = s1.map((value, at) => {
    const mass = s0[Math.floor(at / rows.features)]!;
    return mass > 0 ? value / mass : 0;
  });
  return { centres, moments: (about) => rows.moments({ labels }, { centres: about, scatter }) };
}

/** Where a start takes its distances, and what it makes of the seeds there. */
interface Strategy {
  readonly space: "standardised" | "other";
  readonly seeds: "k-means++" | "random rows";
  readonly kMeans: boolean;
}

/**
 * Starts of one kind tend to end in the same optimum, so restarts take turns. The first is always the plain one on standardised features.
 * The other space is the sphered one, or the data's own units for spherical covariances, which take units as comparable anyway.
 */
const strategies: Readonly<Record<Exclude<InitParams, "random">, readonly Strategy[]>> = {
  kmeans: [
    strategy("standardised", "k-means++", true),
    strategy("other", "k-means++", true),
    strategy("standardised", "random rows"),
    strategy("other", "k-means++"),
    strategy("standardised", "k-means++"),
    strategy("other", "random rows"),
  ],
  "k-means++": [strategy("standardised", "k-means++"), strategy("other", "k-means++")],
  random_from_data: [strategy("standardised", "random rows"), strategy("other", "random rows")],
};

function strategy(space: Strategy["space"], seeds: Strategy["seeds"], kMeans = false): Strategy {
  return { space, seeds, kMeans };
}

/** Centroids for one restart, and the metric that assigns the rows to them. */
async function seedCentroids(
  problem: StartProblem,
  plan: readonly Strategy[],
  restart: number,
  random: Random,
): Promise<{ centroids: Float64Array; metric: Metric }> {
  const { rows, nComponents: k, pace } = problem;
  const strategy = plan[restart % plan.length]!;
  const space = await seedingSpace(problem, strategy, random);
  try {
    const { metric } = space;
    const chosen =
      strategy.seeds === "random rows"
        ? await randomRows(space.rows, k, random, pace)
        : await kMeansPlusPlus({ rows: space.rows, metric: space.between }, k, random);
    let centroids = space.seeds(chosen);
    if (!strategy.kMeans) return { centroids, metric };
    const options = { maxIter: K_MEANS_ITERATIONS, tolerance: K_MEANS_TOLERANCE * space.meanVariance, metric, pace };
    for await (const state of lloyd(rows.sample(), centroids, options)) centroids = state.centroids;
    return { centroids, metric };
  } finally {
    space.release();
  }
}

async function seedingSpace({ rows, floors, kind, pace }: StartProblem, { space }: Strategy, random: Random): Promise<SeedingSpace> {
  if (space === "standardised") return standardisedSpace(rows, floors);
  if (kind.comparesUnits) return plainSpace(rows);
  // Where features are independent d² numbers are held for the sphering alone: no more than the rows themselves.
  const tooWide = isIndependent(kind) && rows.features > rows.profile.countedRows;
  if (rows.features === 1 || tooWide) return standardisedSpace(rows, floors);
  return spheredSpace(rows, floors, random, pace);
}

/** The M-step of a partition; groups without rows start as the whole data, covariances without spread at the floor. */
async function fromPartition({ rows, kind, floors, nComponents: k }: StartProblem, partition: Partition): Promise<MixtureParameters> {
  const d = rows.features;
  const size = blockSize(kind, d);
  const overall = overallBlock(kind, rows.profile.variances, floors);
  const covariances = new Float64Array(size * blockCount(kind, k));
  for (let block = 0; block < blockCount(kind, k); block++) covariances.set(overall, block * size);
  const idle: MixtureParameters = { weights: new Float64Array(k), means: partition.centres, covariances, whitening: covariances };
  let step = maximise(kind, await partition.moments(partition.centres), idle, floors);
  // Scatter about centres far from the groups' own means has lost digits: once more about the means.
  if (step.farMove || step.failed.length > 0) {
    const centres = step.parameters.means;
    step = maximise(kind, await partition.moments(centres), { ...idle, means: centres }, floors);
  }
  const { parameters, failed } = step;
  if (failed.length === 0) return parameters;
  for (const { block } of failed)
    parameters.covariances.set(floorEigenvalues(kind, blockOf(kind, parameters.covariances, block, d), floors.repair), block * size);
  return { ...parameters, ...whitenBlocks(kind, parameters.covariances, k, d) };
}
