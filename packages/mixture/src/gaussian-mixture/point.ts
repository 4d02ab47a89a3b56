import type { GaussianComponents } from "@mixtura/backend";
import { MixturaError } from "@mixtura/core";

/** One point of d numbers, in the order of the model's features. */
export type Point = ArrayLike<number>;

/** Synchronous answers about one point, for request paths: nothing is allocated. */
export interface MixturePoint {
  /** Natural-log density. Throws `invalid-shape` or `not-finite`. */
  readonly logDensity: (x: Point) => number;
  /** The likeliest component, the first of equals. */
  readonly label: (x: Point) => number;
  /** Writes the share of each component to `out` (length k) and returns it. */
  readonly responsibilities: (x: Point, out: Float64Array) => Float64Array;
}

/** Point methods for components in the data's own coordinates. O(k·d²) per call for full covariances. */
export function mixturePoint(components: GaussianComponents): MixturePoint {
  const { count, features } = components;
  const terms = new Float64Array(count);
  const difference = new Float64Array(features);

  const fill = (x: Point): number => {
    if (x.length !== features) throw wrongLength(x.length, features);
    let best = 0;
    for (let k = 0; k < count; k++) {
      terms[k] = components.logOffsets[k]! - 0.5 * squaredDistance(components, k, x, difference);
      if (terms[k]! > terms[best]!) best = k;
    }
    if (!(terms[best]! > -Infinity)) checkPoint(x);
    return best;
  };
  const share = (best: number): number => {
    const max = terms[best]!;
    if (!(max > -Infinity)) return 1;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      terms[k] = k === best ? 1 : Math.exp(terms[k]! - max);
      sum += terms[k]!;
    }
    return sum;
  };

  return Object.freeze({
    logDensity(x) {
      const best = fill(x);
      const max = terms[best]!;
      return max > -Infinity ? max + Math.log(share(best)) : -Infinity;
    },
    label: fill,
    responsibilities(x, out) {
      if (out.length !== count) throw wrongLength(out.length, count);
      const best = fill(x);
      const reachable = terms[best]! > -Infinity;
      const sum = share(best);
      for (let k = 0; k < count; k++) out[k] = reachable ? terms[k]! / sum : Number(k === best);
      return out;
    },
  } satisfies MixturePoint);
}

/** ‖W (x − μ)‖² for one component. */
function squaredDistance(
  { features, means, shape, shared, whitening }: GaussianComponents,
  k: number,
  x: Point,
  difference: Float64Array,
): number {
  const mean = k * features;
  let sum = 0;
  if (shape === "full") {
    const factor = shared ? 0 : k * features * features;
    for (let i = 0; i < features; i++) {
      difference[i] = x[i]! - means[mean + i]!;
      let y = 0;
      for (let j = 0, at = factor + i * features; j <= i; j++, at++) y += whitening[at]! * difference[j]!;
      sum += y * y;
    }
    return sum;
  }
  const factor = shared ? 0 : k * (shape === "diag" ? features : 1);
  for (let i = 0; i < features; i++) {
    const y = (x[i]! - means[mean + i]!) * whitening[shape === "diag" ? factor + i : factor]!;
    sum += y * y;
  }
  return sum;
}

function checkPoint(x: Point): void {
  for (let j = 0; j < x.length; j++) {
    if (!Number.isFinite(x[j])) {
      throw new MixturaError("not-finite", `point: feature ${j} is ${x[j]}. Points must be finite numbers.`, {
        row: 0,
        column: j,
        found: x[j],
      });
    }
  }
}

function wrongLength(found: number, expected: number): MixturaError {
  return new MixturaError("invalid-shape", `point: ${expected} numbers expected, found ${found}.`, {
    expected: `${expected} numbers`,
    found: `${found}`,
  });
}
