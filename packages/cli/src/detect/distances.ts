import type { Matrix } from "@mixtura/core";
import type { MixtureView } from "@mixtura/outliers/internal";
import type { DistanceFacts } from "@mixtura/report/internal";
import type { Detector } from "./detector.ts";
import { thresholdOf } from "./detector.ts";
import { scoreKind } from "./words.ts";

/** Squared distances that a detector uses, with those from the mean and covariance of all rows; nothing where it uses no distances. */
export async function distancesOf(
  detector: Detector,
  X: Matrix,
  scores: Float64Array,
  signal: AbortSignal,
): Promise<DistanceFacts | undefined> {
  if (scoreKind(detector) !== "minus squared distance") return undefined;
  const { EmpiricalCovariance } = await import("@mixtura/covariance"); // only for this picture
  const all = await new EmpiricalCovariance().fit(X, { signal });
  return {
    classical: await all.mahalanobis(X, { signal }),
    robust: scores.map((score) => Math.max(0, 0 - score)),
    cutoff: Math.max(0, 0 - thresholdOf(detector)),
  };
}

/**
 * The natural-log density of the components that the threshold amounts to: itself where scores are log-densities; of one ellipse in at most two
 * features, that of its edge. Others are not drawn.
 */
export function densityThreshold(detector: Detector, components: MixtureView): number | undefined {
  const kind = scoreKind(detector);
  const threshold = thresholdOf(detector);
  const d = detector.featureCount;
  if (d > 2) return undefined;
  if (kind === "log-density") return threshold;
  if (kind !== "minus squared distance" || components.weights.length !== 1) return undefined;
  const { data } = components.covariance(0);
  const determinant = d === 1 ? data[0]! : data[0]! * data[3]! - data[1]! * data[2]!;
  return determinant > 0 ? -(d * Math.log(2 * Math.PI) + Math.log(determinant) - threshold) / 2 : undefined;
}
