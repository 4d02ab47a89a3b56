import type { Matrix } from "@mixtura/core";
import { GaussianMixture } from "@mixtura/mixture";
import type { Contender } from "../harness.ts";
import type { Ours } from "../ours.ts";
import type { Sklearn } from "../peers/sklearn.ts";
import type { EmOutcome } from "./agreement.ts";
import type { Truth } from "./normal-mixture.ts";
import type { Shape } from "./shape.ts";
import type { Start } from "./start.ts";

/** The fit that all contenders do. */
export interface EmTask {
  readonly shape: Shape;
  readonly X: Matrix;
  readonly truth: Truth;
  readonly start: Start;
}

/** Nothing is added to variances: the one choice that every program has. The data are far from needing it. */
export const REG_COVAR = 0;

/** Short fits go on for as long before a timed one. */
const WAKE_MILLISECONDS = 150;

/** GaussianMixture with the task's start and exactly `iterations` iterations. */
export function estimatorOf({ shape, start }: Pick<EmTask, "shape" | "start">, { backend }: Pick<Ours, "backend">, iterations: number) {
  return new GaussianMixture({
    backend,
    nComponents: shape.components,
    covarianceType: shape.covarianceType,
    weightsInit: start.weights,
    meansInit: start.means,
    precisionsInit: start.precisions,
    regCovar: REG_COVAR,
    tol: 0, // exactly maxIter plain iterations
    maxIter: iterations,
    randomState: 0,
  });
}

/**
 * A backend of ours: a fit of 1 + `iterations` iterations, timed from the end of the first iteration to the end of the last by the progress it reports.
 *
 * So nothing that a fit does once is counted: checks, the packed copy, the pass that ends it. Workers that went idle during the others' turns
 * are started by short fits before the timed one.
 */
export function backendContender(ours: Ours, task: EmTask, iterations: number, rounds?: number): Contender<EmOutcome> {
  const estimator = estimatorOf(task, ours, 1 + iterations);
  const short = estimatorOf(task, ours, 2);
  return {
    name: ours.name,
    ...(rounds === undefined ? {} : { rounds }),
    async measure() {
      const wake = performance.now();
      while (performance.now() - wake < WAKE_MILLISECONDS) await short.fit(task.X);
      let first = 0;
      let last = 0;
      const model = await estimator.fit(task.X, {
        onProgress({ phase, iteration }) {
          if (phase !== "fitting") return;
          last = performance.now();
          if (iteration === 1) first = last;
        },
      });
      const scores = model.trace.lowerBounds;
      return { seconds: (last - first) / 1e3 / iterations, outcome: { iterations, score: scores[iterations]!, scores } };
    },
  };
}

/** scikit-learn, which has the rows already, timed between the same two moments. */
export function sklearnContender(peer: Sklearn, { shape, start }: EmTask, iterations: number): Contender<EmOutcome> {
  return {
    name: peer.name,
    async measure() {
      const { seconds, scores } = await peer.fit({
        ...start,
        covarianceType: shape.covarianceType,
        regCovar: REG_COVAR,
        iterations: 1 + iterations,
      });
      return { seconds, outcome: { iterations, score: scores[iterations]!, scores } };
    },
  };
}
