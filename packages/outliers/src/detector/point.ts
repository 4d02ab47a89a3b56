import { checkPoint } from "@mixtura/core/authoring";
import type { Scoring } from "./scoring.ts";
import { LEAST_SCORE } from "./scoring.ts";

/**
 * Synchronous answers about one point, for request paths: nothing is allocated. They differ from those of batch methods by rounding at most.
 *
 * A point is d finite numbers in the order of the model's features; anything else throws `invalid-shape` or `not-finite`.
 */
export interface DetectorPoint {
  /** What `scoreSamples` would give. */
  readonly score: (x: ArrayLike<number>) => number;
  /** Whether `predict` would give −1. */
  readonly isOutlier: (x: ArrayLike<number>) => boolean;
}

/** The point methods of a scoring and a threshold. */
export function detectorPoint({ point }: Scoring, features: number, threshold: number): DetectorPoint {
  const out = new Float64Array(1);
  const write = (x: ArrayLike<number>): void => {
    checkPoint(x, features);
    point(x, out);
    if (!(out[0]! >= LEAST_SCORE)) out[0] = LEAST_SCORE;
  };
  return Object.freeze({
    score(x: ArrayLike<number>): number {
      write(x);
      return out[0]!;
    },
    isOutlier(x: ArrayLike<number>): boolean {
      write(x);
      return out[0]! < threshold;
    },
  });
}
