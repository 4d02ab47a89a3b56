import { centroidComponents } from "@mixtura/backend/internal/factors";
import { translated } from "@mixtura/backend/internal/rows";
import type { Data, Diagnostic, IterativeTrace } from "@mixtura/core";
import type { Random, FitState, ModelRecord } from "@mixtura/core/authoring";
import type { ComponentOrder } from "../em/order.ts";
import { numberingOf, reorderBlocks } from "../em/order.ts";
import type { MixtureJob, Session } from "../em/session.ts";
import { openSession, runRestarts } from "../em/session.ts";
import { checkMeans } from "../parameters/given.ts";
import { kMeansPlusPlus, randomRows } from "../starts/k-means-plus-plus.ts";
import { PLAIN } from "../starts/space.ts";
import type { LloydState } from "./lloyd.ts";
import { lloyd } from "./lloyd.ts";
import { FittedKMeans } from "./model.ts";
import type { CheckedKMeansOptions } from "./options.ts";

/** How one start ended. */
interface LloydResult {
  readonly centroids: Float64Array;
  /** Σ w ‖x − nearest centre‖² under the final centres. */
  readonly inertia: number;
  readonly inertias: readonly number[];
  readonly converged: boolean;
  readonly reseeded: readonly number[];
}

/** Every state of a fit in turn, all restarts one after the other; returns the model of least inertia. */
export async function* kMeansStates(X: Data, job: MixtureJob<CheckedKMeansOptions>): AsyncGenerator<FitState<FittedKMeans>, FittedKMeans> {
  const { caller, options } = job;
  const { nClusters, init, randomState, maxIter, nInit } = options;
  const groups = { option: "nClusters", count: nClusters };
  const session = await openSession(X, job, { groups, work: workOf(options), randomState });
  const { rows } = session;
  try {
    const given =
      typeof init === "string" ? undefined : translated(checkMeans(init, nClusters, rows.features, caller, "init"), rows.origin, -1);
    const order = options.order ?? (given === undefined ? "means" : "fit"); // whoever spelled out a start numbered the clusters
    const model = (centroids: Float64Array, inertia: number, record: ModelRecord<IterativeTrace>): FittedKMeans =>
      new FittedKMeans({ ...record, clusterCenters: translated(centroids, rows.origin, 1), inertia }, rows.backend);
    const runs = runRestarts(session, {
      restarts: given === undefined ? nInit : 1,
      maxIter,
      start: async (_restart, random) => lloydRun(session, given ?? (await seedCentres(session, options, random)), options, order),
    });
    for (;;) {
      const next = await runs.next();
      if (next.done) {
        const results = next.value;
        const chosen = results.reduce((best, result, index) => (result.inertia < results[best]!.inertia ? index : best), 0);
        return model(results[chosen]!.centroids, results[chosen]!.inertia, recordOf(session, results, chosen, maxIter));
      }
      const { restart, iteration, bound } = next.value;
      const found = next.value.centroids;
      const centroids = reorderBlocks(found, numberingOf(order, found, new Float64Array(nClusters).fill(1), rows.profile));
      yield {
        restart,
        iteration,
        bound,
        model: async () => model(centroids, await inertiaOf(session, centroids, nClusters), recordOf(session, [], -1, maxIter, iteration)),
      };
    }
  } finally {
    rows.release();
  }
}

/** Seeds on the resident rows, or on the sample of a block source. */
async function seedCentres({ rows, pace }: Session, { init, nClusters }: CheckedKMeansOptions, random: Random): Promise<Float64Array> {
  const sample = rows.sample();
  const chosen =
    init === "random"
      ? await randomRows(sample, nClusters, random, pace)
      : await kMeansPlusPlus({ rows: sample, metric: PLAIN }, nClusters, random);
  return sample.at(chosen);
}

async function* lloydRun(
  session: Session,
  start: Float64Array,
  { maxIter, tol, nClusters }: CheckedKMeansOptions,
  order: ComponentOrder,
): AsyncGenerator<LloydState & { bound: number }, LloydResult> {
  const { rows, pace } = session;
  const tolerance = (tol * rows.profile.variances.reduce((sum, variance) => sum + variance, 0)) / rows.features;
  const inertias: number[] = [];
  const reseeded = new Set<number>();
  let last: LloydState | undefined;
  for await (const state of lloyd(rows, start, { maxIter, tolerance, pace })) {
    last = state;
    inertias.push(state.inertia);
    for (const cluster of state.reseeded) reseeded.add(cluster);
    yield { ...state, bound: 0 - state.inertia / rows.profile.weight };
  }
  const found = last?.centroids ?? start;
  const numbering = numberingOf(order, found, new Float64Array(nClusters).fill(1), rows.profile);
  const centroids = reorderBlocks(found, numbering);
  return {
    centroids,
    inertia: await inertiaOf(session, centroids, nClusters),
    inertias,
    converged: last?.converged ?? false,
    reseeded: Array.from(reseeded, (cluster) => numbering.indexOf(cluster)).toSorted((a, b) => a - b),
  };
}

/** Σ w ‖x − nearest centre‖², in a separate pass: a step of Lloyd's algorithm only gives the inertia before it. */
async function inertiaOf({ rows }: Session, centroids: Float64Array, count: number): Promise<number> {
  const request = { scatter: "none", assignment: "hard" } as const;
  const { logLikelihood } = await rows.expectation(centroidComponents(centroids, count), request);
  return 0 - 2 * logLikelihood; // 0, not −0, which JSON cannot hold
}

function recordOf(
  { rows, diagnostics, record }: Session,
  results: readonly LloydResult[],
  chosen: number,
  maxIter: number,
  iteration = 0,
): ModelRecord<IterativeTrace> {
  const best = results[chosen];
  const { weight } = rows.profile;
  return record({
    converged: best?.converged ?? false,
    iterations: best?.inertias.length ?? iteration,
    lowerBounds: best?.inertias.map((inertia) => 0 - inertia / weight) ?? [],
    restarts: results.map((result, restart) =>
      Object.freeze({
        restart,
        converged: result.converged,
        iterations: result.inertias.length,
        score: 0 - result.inertia / weight,
        degenerate: false,
        chosen: restart === chosen,
        parameters: Object.freeze({ clusterCenters: Object.freeze([...translated(result.centroids, rows.origin, 1)]) }),
      }),
    ),
    diagnostics: [...diagnostics(), ...(best === undefined ? [] : diagnosticsOf(best, maxIter))],
  });
}

/** Iterations that a start usually takes. */
const USUAL_ITERATIONS = 20;

function workOf({ nClusters, maxIter, nInit }: CheckedKMeansOptions): (rows: number, features: number) => number {
  const iterations = nInit * Math.min(maxIter, USUAL_ITERATIONS);
  return (rows, d) => rows * nClusters * (2 * d + 8) * iterations;
}

function diagnosticsOf({ reseeded, converged }: LloydResult, maxIter: number): Diagnostic[] {
  const moved: Diagnostic[] = reseeded.map((component) => ({
    code: "reseeded-component",
    severity: "warning",
    component,
    message: `Cluster ${component} lost all its rows and was put on the row farthest from its centre. Fewer clusters may fit as well.`,
  }));
  if (converged) return moved;
  return [
    ...moved,
    {
      code: "not-converged",
      severity: "warning",
      message: `The centres still moved after maxIter (${maxIter}) iterations. Raise maxIter, or tol.`,
    },
  ];
}
