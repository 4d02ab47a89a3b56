/** The forms of kernel, each a function of the distance u from a training row in bandwidths. */
export const kernels = ["gaussian", "epanechnikov", "tophat"] as const;

/** gaussian: exp(−u²/2). epanechnikov: 1 − u² for u < 1, else 0. tophat: 1 for u < 1, else 0. */
export type Kernel = (typeof kernels)[number];

/**
 * Natural log of a kernel's integral over d dimensions, at bandwidth 1.
 *
 * With V the volume of the unit ball: (2π)^(d/2) for gaussian, 2V/(d+2) for epanechnikov, V for tophat.
 *
 * @see Silverman, Density Estimation for Statistics and Data Analysis (1986), §4.2.1
 */
export function logIntegral(kernel: Kernel, d: number): number {
  if (kernel === "gaussian") return (d / 2) * Math.log(2 * Math.PI);
  const logVolume = logUnitBall(d);
  return kernel === "tophat" ? logVolume : logVolume + Math.log(2 / (d + 2));
}

/** V_d = V_{d−2} · 2π/d, from V_0 = 1 and V_1 = 2. */
function logUnitBall(d: number): number {
  let sum = d % 2 === 0 ? 0 : Math.LN2;
  for (let k = d; k > 1; k -= 2) sum += Math.log((2 * Math.PI) / k);
  return sum;
}
