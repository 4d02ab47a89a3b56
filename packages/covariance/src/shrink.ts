/** (1 − share) S + share (tr S / d) I. */
export function shrink(covariance: Float64Array, share: number): Float64Array {
  const d = Math.sqrt(covariance.length);
  const target = share * meanVariance(covariance);
  return covariance.map((value, at) => (1 - share) * value + (at % (d + 1) === 0 ? target : 0));
}

/** tr S / d: the variance of the target that all estimators here shrink to. */
export function meanVariance(covariance: Float64Array): number {
  const d = Math.sqrt(covariance.length);
  let mean = 0;
  for (let j = 0; j < d; j++) mean += covariance[j * (d + 1)]! / d;
  return mean;
}
