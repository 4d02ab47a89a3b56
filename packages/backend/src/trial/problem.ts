import type { Matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import type { GaussianComponents } from "../components.ts";
import { gaussianComponents } from "../components.ts";

/** Rows and a mixture that a backend is tried on. */
export interface TrialProblem {
  readonly data: Matrix;
  readonly components: GaussianComponents;
}

/** Rows about as many components, each somewhat correlated, of about unit variance: the same at every call. */
export function trialProblem(rows: number, features: number, count: number): TrialProblem {
  const random = createRandom(17, features, count);
  const means = Float64Array.from({ length: count * features }, () => 1.5 * random.normal());
  const whitening = new Float64Array(count * features * features);
  for (let at = 0; at < whitening.length; at++) {
    const [i, j] = [Math.floor((at % (features * features)) / features), at % features];
    whitening[at] = i === j ? 0.8 + 0.4 * random.uniform() : j < i ? (0.3 * random.normal()) / Math.sqrt(features) : 0;
  }
  const weights = new Float64Array(count).fill(1 / count);
  const data = Float64Array.from({ length: rows * features }, (_, at) => {
    const k = Math.floor(at / features) % count;
    return means[k * features + (at % features)]! + random.normal();
  });
  return {
    data: { data, rows, columns: features },
    components: gaussianComponents({ weights, means, shape: "full", shared: false, whitening }),
  };
}
