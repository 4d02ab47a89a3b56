import { greatestOf } from "@mixtura/core/internal";
import type { DataSet } from "./data-set.ts";

/** Features chosen for a picture, and why, in words. */
export interface FeatureChoice {
  readonly features: readonly number[];
  /** "" when all are shown. */
  readonly reason: string;
}

/**
 * The features that tell most: those whose variance lies most between the components (between variance ÷ total variance, under the
 * mixture, else under labels or responsibilities). Without either, the first features. Constant features come last.
 *
 * @returns at most `most` features in the order of the data
 */
export function tellingFeatures(data: DataSet, most: number): FeatureChoice {
  const { X } = data;
  if (X.columns <= most) return { features: Array.from({ length: X.columns }, (_, j) => j), reason: "" };
  const telling = data.components === undefined ? betweenRows(data) : betweenComponents(data);
  const { means, variances } = columnMoments(data);
  const constant = (j: number): boolean => !(variances[j]! > 1e-24 * means[j]! ** 2);
  const order = Array.from({ length: X.columns }, (_, j) => j).toSorted(
    (a, b) => Number(constant(a)) - Number(constant(b)) || (telling === undefined ? 0 : telling[b]! - telling[a]!) || a - b,
  );
  return {
    features: order.slice(0, most).toSorted((a, b) => a - b),
    reason: `${most} of ${X.columns} features: ${telling === undefined ? "the first that vary" : "where components differ most"}`,
  };
}

/** Between variance ÷ total variance of each feature under the mixture; numbers from 0 to 1, never NaN. */
function betweenComponents({ components }: DataSet): number[] | undefined {
  if (components === undefined || components.count < 2) return undefined;
  const { features: d, count, weights, means, covariances } = components;
  return Array.from({ length: d }, (_, j) => {
    const column = Array.from({ length: count }, (_unused, k) => means[k * d + j]!);
    const size = greatestOf(column.map(Math.abs), greatestOf(covariances.map((covariance) => Math.sqrt(covariance[j * d + j]!))));
    if (size === 0) return 0;
    const centre = column.reduce((sum, mean, k) => sum + weights[k]! * (mean / size), 0);
    const between = column.reduce((sum, mean, k) => sum + weights[k]! * (mean / size - centre) ** 2, 0);
    const within = covariances.reduce((sum, covariance, k) => sum + weights[k]! * (Math.sqrt(covariance[j * d + j]!) / size) ** 2, 0);
    return between === 0 ? 0 : between / (between + within);
  });
}

/** The same from the rows and their labels or responsibilities. */
function betweenRows(data: DataSet): number[] | undefined {
  const { X, membership } = data;
  if (membership === undefined || membership.count < 2) return undefined;
  const { means, variances } = columnMoments(data);
  const { rows, columns } = X;
  const mass = new Float64Array(membership.count);
  const sums = new Float64Array(membership.count * columns);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < membership.count; k++) {
      const responsibility = membership.responsibility(row, k);
      if (responsibility === 0) continue;
      mass[k]! += responsibility;
      for (let j = 0; j < columns; j++) sums[k * columns + j]! += responsibility * (X.data[row * columns + j]! / rows - means[j]! / rows);
    }
  }
  return Array.from({ length: columns }, (_, j) => {
    let between = 0;
    for (let k = 0; k < membership.count; k++) if (mass[k]! > 0) between += (sums[k * columns + j]! ** 2 * rows) / mass[k]!;
    const fraction = between / variances[j]!;
    return fraction >= 0 && fraction <= 1 ? fraction : 0;
  });
}

function columnMoments({ X: { data, rows, columns } }: DataSet): { means: Float64Array; variances: Float64Array } {
  const means = new Float64Array(columns);
  const variances = new Float64Array(columns);
  for (let at = 0; at < data.length; at++) means[at % columns]! += data[at]! / rows;
  for (let at = 0; at < data.length; at++) variances[at % columns]! += (data[at]! - means[at % columns]!) ** 2 / rows;
  return { means, variances };
}
