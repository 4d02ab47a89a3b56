import type { PointLike } from "@mixtura/core";
import type { Features } from "@mixtura/core/authoring";
import { pointReader } from "@mixtura/core/authoring";
import type { Scoring } from "./scoring.ts";
import { LEAST_SCORE } from "./scoring.ts";

/**
 * Synchronous answers about one point, for request paths: nothing is allocated. They differ from those of batch methods by rounding at most.
 *
 * A point is d finite numbers in the order of the model's features, or a record that holds them by name where the features have names; anything else
 * throws `invalid-shape`, `not-finite` or `feature-mismatch`.
 */
export interface DetectorPoint {
  /** What `scoreSamples` would give. */
  readonly score: (x: PointLike) => number;
  /** Whether `predict` would give −1. */
  readonly isOutlier: (x: PointLike) => boolean;
}

/** The point methods of a scoring and a threshold. */
export function detectorPoint({ point }: Scoring, { featureCount, featureNames }: Features, threshold: number): DetectorPoint {
  const out = new Float64Array(1);
  const read = pointReader(featureCount, featureNames);
  const write = (x: PointLike): void => {
    point(read(x), out);
    if (!(out[0]! >= LEAST_SCORE)) out[0] = LEAST_SCORE;
  };
  return Object.freeze({
    score(x: PointLike): number {
      write(x);
      return out[0]!;
    },
    isOutlier(x: PointLike): boolean {
      write(x);
      return out[0]! < threshold;
    },
  });
}
