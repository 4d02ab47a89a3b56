import type { Backend } from "@mixtura/backend";
import type { Matrix } from "@mixtura/core";
import { GaussianMixture } from "@mixtura/mixture";
import type { Contender, Sample } from "../harness.ts";
import type { Sklearn } from "../peers/sklearn.ts";
import type { Shape } from "./shape.ts";
import type { Start } from "./start.ts";

/** The fit that all contenders do. */
export interface EmTask {
  readonly shape: Shape;
  readonly X: Matrix;
  readonly start: Start;
}

/** Where a fit ended. */
export interface EmOutcome {
  /** Maps done. */
  readonly iterations: number;
  /** Mean log-likelihood per row under the final parameters, in nats. */
  readonly score: number;
  /** The same before each map, where the contender tells. */
  readonly lowerBounds?: readonly number[];
}

/** An absolute number, which means the same to both programs. */
export const REG_COVAR = 1e-6;

/** Fits once with the given number of maps; the score is worked out after the clock has stopped, and only where it is wanted. */
type Fit = (maps: number, scored: boolean) => Promise<{ seconds: number; score?: number; lowerBounds?: readonly number[] }>;

/**
 * Seconds per iteration as the difference of two fits, of 1 and of 1 + `iterations` maps, divided by `iterations`.
 *
 * What a fit does once (checks, the copy, the pass that ends it; in scikit-learn a further expectation step) is not part of an iteration, is
 * not the same on both sides, and would weigh most where fits are short; in the difference it cancels.
 */
async function measure(fit: Fit, iterations: number): Promise<Sample<EmOutcome>> {
  const short = await fit(1, false);
  const long = await fit(1 + iterations, true);
  const { score = NaN, lowerBounds } = long;
  return {
    seconds: (long.seconds - short.seconds) / iterations,
    outcome: { iterations: 1 + iterations, score, ...(lowerBounds === undefined ? {} : { lowerBounds }) },
  };
}

/** A backend of ours. */
export function backendContender(backend: Backend, { shape, X, start }: EmTask, iterations: number): Contender<EmOutcome> {
  const estimator = new GaussianMixture({
    backend,
    nComponents: shape.components,
    covarianceType: shape.covarianceType,
    weightsInit: start.weights,
    meansInit: start.means,
    precisionsInit: start.precisions,
    regCovar: REG_COVAR,
    tol: 0, // exactly maxIter plain maps
    randomState: 0,
  });
  const fit: Fit = async (maps, scored) => {
    const timed = estimator.with({ maxIter: maps });
    const begin = performance.now();
    const model = await timed.fit(X);
    const seconds = (performance.now() - begin) / 1e3;
    return { seconds, lowerBounds: model.trace.lowerBounds, ...(scored ? { score: await model.score(X) } : {}) };
  };
  return { name: backend.name, measure: () => measure(fit, iterations) };
}

/** scikit-learn, which has the rows already. */
export function sklearnContender(peer: Sklearn, { shape, start }: EmTask, iterations: number): Contender<EmOutcome> {
  const { covarianceType } = shape;
  const fit: Fit = (maps, scored) => peer.fit({ ...start, covarianceType, regCovar: REG_COVAR, iterations: maps, scored });
  return { name: peer.name, measure: () => measure(fit, iterations) };
}
