import type { Matrix } from "@mixtura/core";
import type { MixtureView } from "@mixtura/outliers/internal";
import type { DistanceFacts } from "@mixtura/report/internal";
import type { Detector } from "./detector.ts";
import { thresholdOf } from "./detector.ts";
import { scoreKind } from "./words.ts";

/** Columns that reach this far are measured in a unit of their largest value: their squares could overflow. */
const FAR = 2 ** 400;

/** Squared distances that a detector uses, with those from the mean and covariance of all rows; nothing where it uses no distances. */
export async function distancesOf(
  detector: Detector,
  X: Matrix,
  scores: Float64Array,
  signal: AbortSignal,
): Promise<DistanceFacts | undefined> {
  if (scoreKind(detector) !== "minus squared distance") return undefined;
  const { EmpiricalCovariance } = await import("@mixtura/covariance"); // only for this picture
  const rescaled = inOwnUnits(X);
  const all = await new EmpiricalCovariance().fit(rescaled, { signal });
  return {
    classical: await all.mahalanobis(rescaled, { signal }),
    robust: scores.map((score) => Math.max(0, 0 - score)),
    cutoff: Math.max(0, 0 - thresholdOf(detector)),
  };
}

/** The rows with columns far from 1 divided by powers of two, which changes no distance: one absurd value takes no picture with it. */
function inOwnUnits(X: Matrix): Matrix {
  const { data, rows, columns } = X;
  const exponents = Array.from({ length: columns }, (_, j) => {
    let most = 0;
    for (let i = 0; i < rows; i++) most = Math.max(most, Math.abs(data[i * columns + j]!));
    return most < FAR ? 0 : Math.floor(Math.log2(most));
  });
  if (exponents.every((exponent) => exponent === 0)) return X;
  const units = exponents.map((exponent) => 2 ** -exponent);
  return { ...X, data: data.map((value, at) => value * units[at % columns]!) };
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
