import { GaussianMixture } from "@mixtura/mixture";
import type { Backend } from "@mixtura/backend";
import type { EmTask } from "../em/contenders.ts";

/** How long EM iterations took, and their mean log-likelihoods. */
export interface MeasuredIterations {
  /** Seconds per iteration, the first one left out: it waits for rows to be packed or whitened, and for shaders. */
  readonly seconds: number;
  /** Before each iteration. */
  readonly scores: readonly number[];
}

/** Makes 1 + `iterations` iterations from the task's start and stops there. */
export async function measureIterations(
  backend: Backend,
  { shape, X, start }: Pick<EmTask, "shape" | "X" | "start">,
  iterations: number,
): Promise<MeasuredIterations> {
  const estimator = new GaussianMixture({
    backend,
    nComponents: shape.components,
    covarianceType: shape.covarianceType,
    weightsInit: start.weights,
    meansInit: start.means,
    precisionsInit: start.precisions,
    regCovar: 0,
    tol: 0, // exactly maxIter plain iterations
    maxIter: 2 + iterations,
    randomState: 0,
  });
  const controller = new AbortController();
  const scores: number[] = [];
  let first = 0;
  let last = 0;
  const fit = estimator.fit(X, {
    signal: controller.signal,
    onProgress({ phase, iteration, bound }) {
      if (phase !== "fitting") return;
      last = performance.now();
      scores.push(bound!);
      if (iteration === 1) first = last;
      if (iteration === 1 + iterations) controller.abort(); // the pass that ends a fit would not be counted
    },
  });
  await fit.catch((error: unknown) => {
    if (!controller.signal.aborted) throw error;
  });
  return { seconds: (last - first) / 1e3 / iterations, scores };
}
