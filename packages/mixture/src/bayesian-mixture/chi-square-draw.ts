import type { Random } from "@mixtura/core/authoring";

/**
 * A number drawn from the χ² distribution.
 *
 * @param freedom degrees of freedom, > 0
 * @see Marsaglia & Tsang, A simple method for generating gamma variables, ACM Trans. Math. Softw. 26 (2000)
 */
export function drawChiSquare(random: Random, freedom: number): number {
  const shape = freedom / 2;
  // Below shape 1 the density has a pole at 0: one more in the shape, and a power of a uniform number to bring it back.
  const boost = shape < 1 ? (1 - random.uniform()) ** (1 / shape) : 1;
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return 2 * d * v * boost;
  }
}
