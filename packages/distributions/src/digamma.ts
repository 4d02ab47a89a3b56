import { areNumbers } from "./numbers.ts";

/**
 * The digamma function ψ(x) = Γ′(x) / Γ(x): its asymptotic series from 12 on, below by ψ(x) = ψ(x + 1) − 1/x, and around its positive root by
 * Taylor's series there, so that small values keep their digits.
 *
 * @param x ≥ 0; NaN below
 * @returns with a relative error of about 1e-15; −Infinity at 0, Infinity at Infinity
 * @see Abramowitz & Stegun (1964), 6.3.18
 * @example
 * ```ts run
 * digamma(1) // ≈ -0.5772156649015329
 * digamma(0.5) // ≈ -1.9635100260214235
 * digamma(1.4616321449683622) // ≈ -9.241265521729428e-17
 * digamma(0) // => -Infinity
 * ```
 */
export function digamma(x: number): number {
  if (!areNumbers(x)) return NaN;
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  const h = x - ROOT - ROOT_REST;
  if (Math.abs(h) < 0.2) return h * taylor(h);
  let sum = 0;
  let z = x;
  for (; z < 12; z++) sum += 1 / z;
  const t = 1 / z / z;
  const series = t * (1 / 12 - t * (1 / 120 - t * (1 / 252 - t * (1 / 240 - t * (1 / 132 - t * (691 / 32760 - t / 12))))));
  return Math.log(z) - 0.5 / z - series - sum;
}

/** The root is the sum of both. */
const ROOT = 1.4616321449683622;
const ROOT_REST = 9.549995429965697e-17;

function taylor(h: number): number {
  let sum = 0;
  for (let k = COEFFICIENTS.length - 1; k >= 0; k--) sum = sum * h + COEFFICIENTS[k]!;
  return sum;
}

/** ψ⁽ᵏ⁾(root) / k!, k = 1, 2, …: all that counts within 0.2 of the root. */
const COEFFICIENTS = [
  0.9676722454476212, -0.4427631689835921, 0.258499760955651, -0.16394270544240652, 0.10782405069126237, -0.07219956125645471,
  0.04880428816414311, -0.03316112647484736, 0.022597648232218104, -0.01542476590494896, 0.010538791616612175, -0.007204534386356869,
  0.004926781395729853, -0.003369801655439328, 0.002305126326734928, -0.0015769367714301972, 0.0010788252019162967, -0.0007380709389960052,
];
