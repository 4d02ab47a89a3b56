import type { Scoring } from "../detector/scoring.ts";
import { floored } from "../detector/scoring.ts";
import type { EllipseModel } from "./estimate.ts";
import type { SubsetSize } from "../threshold/hardin-rocke.ts";

/**
 * Minus the squared distances of an estimate.
 *
 * @param subset what the estimate is made of, where it is the raw part of a minimum covariance determinant
 */
export function envelopeScoring(estimate: EllipseModel, subset: SubsetSize | undefined): Scoring {
  const { writeSquaredMahalanobis } = estimate.point;
  return {
    model: estimate,
    isDensity: false,
    batch: async (X, context) => {
      const scores = await estimate.mahalanobis(X, context);
      for (let i = 0; i < scores.length; i++) scores[i] = 0 - scores[i]!;
      return floored(scores, estimate);
    },
    point: (x, out) => {
      writeSquaredMahalanobis(x, out);
      out[0] = 0 - out[0]!;
    },
    atSquaredDistance: (squared) => 0 - squared,
    ...(subset === undefined ? {} : { subset }),
  };
}
