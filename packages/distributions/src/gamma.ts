/**
 * log Γ(x) for x > 0: Stirling's series from 12 on, below by Γ(x + 1) = x Γ(x).
 *
 * @see Abramowitz & Stegun (1964), 6.1.41
 */
export function logGamma(x: number): number {
  let product = 1;
  let z = x;
  while (z < 12) product *= z++;
  const inverse = 1 / (z * z);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse * (1 / 1188 - inverse * (691 / 360360)))))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}
