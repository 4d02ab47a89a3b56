/** (1 − shrinkage) S + shrinkage (tr S / d) I. */
export function shrink(covariance: Float64Array, shrinkage: number): Float64Array {
  const d = Math.sqrt(covariance.length);
  const target = shrinkage * meanVariance(covariance);
  return covariance.map((value, at) => (1 - shrinkage) * value + (at % (d + 1) === 0 ? target : 0));
}

/** tr S / d: the variance of the target that all estimators here shrink to. */
export function meanVariance(covariance: Float64Array): number {
  const d = Math.sqrt(covariance.length);
  let mean = 0;
  for (let j = 0; j < d; j++) mean += covariance[j * (d + 1)]! / d;
  return mean;
}
