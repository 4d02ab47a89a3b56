/** The centre of one feature and how far its values are from there. */
export interface CentreAndSpread {
  readonly centre: number;
  /** Comparable to a standard deviation; 0 for a constant feature. */
  readonly spread: number;
}

/**
 * Median and scaled median deviation of one feature. Where more than
 * half of the values are equal, the mean deviation stands in.
 *
 * @param values not empty, finite; sorted in place
 * @see Iglewicz & Hoaglin, How to Detect and Handle Outliers (1993)
 */
export function centreAndSpread(values: Float64Array): CentreAndSpread {
  const centre = middleOf(values.sort());
  const deviations = values
    .map((value) => Math.abs(value - centre))
    .sort();
  const mean = deviations.reduce(
    (sum, value) => sum + value / values.length,
    0,
  );
  return {
    centre,
    spread: 1.4826 * middleOf(deviations) || 1.2533 * mean,
  };
}

/** The median of sorted values. */
function middleOf(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[half]!
    : sorted[half - 1]! / 2 + sorted[half]! / 2;
}
