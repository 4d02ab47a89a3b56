import type { GaussianComponents } from "@mixtura/backend";

/** With fewer features or means, single precision saves no time. */
const LEAST_FEATURES = 8;
const LEAST_MEANS = 12;
/** Half a unit in the last place of single precision, relatively; and its smallest normal number. */
const FLOAT32_ROUNDING = 2 ** -24;
const TINY = 2 ** -126;
/** Room for the roundings of the bound itself. */
const SLACK = 1.1;

/** Numbers in single precision that {@link writeScreen} writes, 0 where it would not serve. */
export function screenNumbers({ count, features }: GaussianComponents): number {
  if (features < LEAST_FEATURES || count < LEAST_MEANS) return 0;
  return Math.ceil(count / 4) * 4 * (features + 1) + 2;
}

/**
 * Writes means as assembly/screen.ts reads them: panels of four, each with −½‖μ‖² first and then feature by feature; behind them how far
 * ahead the nearest must be, as a multiple of ‖x‖ and at least.
 */
export function writeScreen(to: Float32Array, base: number, { count, features: d, means }: GaussianComponents): void {
  let at = base;
  let longest = 0;
  for (let top = 0; top < count; top += 4) {
    for (let k = top; k < top + 4; k++) {
      let square = k < count ? 0 : Infinity; // a mean that is not there is nobody's nearest
      if (k < count) for (let j = k * d; j < (k + 1) * d; j++) square += means[j]! ** 2;
      if (k < count) longest = Math.max(longest, square);
      to[at++] = -square / 2;
    }
    for (let j = 0; j < d; j++) for (let k = top; k < top + 4; k++) to[at++] = k < count ? means[k * d + j]! : 0;
  }
  const doubt = 2 * SLACK * (d + 8) * FLOAT32_ROUNDING;
  to[at++] = doubt * Math.sqrt(longest);
  to[at] = (doubt * longest) / 2 + 2 * (d + 8) * TINY;
}
