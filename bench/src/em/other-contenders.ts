import { GaussianMixture } from "@mixtura/mixture";
import type { Contender } from "../harness.ts";
import type { Armadillo } from "../peers/armadillo.ts";
import type { NpmPeer } from "../peers/npm-packages.ts";
import type { EmOutcome } from "./agreement.ts";
import type { EmTask } from "./contenders.ts";
import { startCovariances } from "./start.ts";

/** Armadillo, which has full and diagonal covariances only. */
export function armadilloContender(
  peer: Armadillo,
  { shape, truth, start }: EmTask,
  path: string,
  iterations: number,
  rounds: number,
): Contender<EmOutcome> {
  const { rows, features, covarianceType } = shape;
  const { weights, means } = start;
  const covariances = startCovariances(truth);
  return {
    name: peer.name,
    rounds,
    async measure() {
      const fit = await peer.fit({ path, rows, features, covarianceType, weights, means, covariances, iterations });
      return { seconds: fit.seconds, outcome: { iterations, score: fit.score } };
    },
  };
}

/** A package of others; its result is scored by ours. */
export function npmContender(peer: NpmPeer, { X, truth, start }: EmTask, iterations: number, rounds: number): Contender<EmOutcome> {
  const points = Array.from({ length: X.rows }, (_, row) => Array.from(X.data.subarray(row * X.columns, (row + 1) * X.columns)));
  const { weights, means } = start;
  const covariances = startCovariances(truth);
  return {
    name: peer.name,
    rounds,
    async measure() {
      const { seconds, end } = await peer.fit({ points, weights, means, covariances, iterations });
      if (end === undefined) return { seconds, outcome: { iterations: 1 } };
      // Sums in float32 leave weights that do not quite add up to 1.
      const total = end.weights.reduce((sum, weight) => sum + weight, 0);
      const model = GaussianMixture.fromParameters({
        weights: end.weights.map((weight) => weight / total),
        means: end.means,
        covariances: end.covariances,
      });
      return { seconds, outcome: { iterations, score: await model.score(X) } };
    },
  };
}
