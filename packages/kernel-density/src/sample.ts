import { createRandom } from "@mixtura/core/authoring";
import { sampleSeed } from "@mixtura/core/internal";
import type { Kernel } from "./kernel.ts";
import type { KernelDensityPayload } from "./payload.ts";
import { KERNEL_DENSITY } from "./payload.ts";

/**
 * Dimensions that are added before a normal vector is brought to length 1, so that its first d coordinates follow the kernel: Archimedes'
 * theorem for the ball, and its next case for 1 − u². The Gaussian needs no such step.
 *
 * @see Barthe, Guédon, Mendelson & Naor, A probabilistic approach to the geometry of the ℓp-ball (2005), theorem 1
 */
const EXTRA: Readonly<Record<Kernel, number>> = { gaussian: 0, tophat: 2, epanechnikov: 4 };

/**
 * Draws n rows: a training row by weight, moved by a draw from the kernel. n×d. A row is chosen by the place of one uniform number among the running
 * sums of the weights, so that no weights, equal weights and a repeated row in place of a weight draw the same.
 */
export function drawRows(payload: KernelDensityPayload, n: number, options: { readonly randomState?: number } | undefined): Float64Array {
  const { featureCount: d, kernel, bandwidth, factor, rows, weights } = payload;
  const random = createRandom(sampleSeed(n, d, options, `${KERNEL_DENSITY}.sample`));
  const cumulative = weights && runningSum(weights);
  const out = new Float64Array(n * d);
  const u = new Float64Array(d + EXTRA[kernel]);
  for (let i = 0; i < n; i++) {
    const place = random.uniform();
    const from = d * (cumulative === undefined ? Math.floor(place * (rows.length / d)) : firstAbove(cumulative, place));
    let square = 0;
    for (let j = 0; j < u.length; j++) {
      u[j] = random.normal();
      square += u[j]! ** 2;
    }
    const length = kernel === "gaussian" ? 1 : Math.sqrt(square);
    for (let j = 0; j < d; j++) {
      let step = u[j]!;
      if (factor !== undefined) {
        step = 0;
        for (let k = 0; k <= j; k++) step += factor[j * d + k]! * u[k]!;
      }
      out[i * d + j] = rows[from + j]! + bandwidth[j]! * (step / length);
    }
  }
  return out;
}

function runningSum(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => (sum += value));
}

/** The first index whose running sum exceeds the given fraction of the total. */
function firstAbove(cumulative: Float64Array, fraction: number): number {
  const target = fraction * cumulative.at(-1)!;
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
