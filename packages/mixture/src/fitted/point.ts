import type { GaussianComponents } from "@mixtura/backend";
import { radials, shapes } from "@mixtura/backend/internal/factors";
import type { PointLike } from "@mixtura/core";
import { pointReader, wrongLength } from "@mixtura/core/authoring";

/** One point: d numbers in the order of the model's features, or their values by name. */
export type Point = PointLike;

/** Synchronous answers about one point, for request paths: nothing is allocated. */
export interface MixturePoint {
  /** Natural-log density. Throws `invalid-shape` or `not-finite`. */
  readonly logDensity: (x: Point) => number;
  /** Writes the natural-log density to `out[0]` and returns `out`: for callers that pass it on, so that it is never put on the heap. */
  readonly writeLogDensity: (x: Point, out: Float64Array) => Float64Array;
  /** The likeliest component, the first of equals. */
  readonly label: (x: Point) => number;
  /** Writes the responsibility of each component to `out` (length k) and returns it. */
  readonly responsibilities: (x: Point, out: Float64Array) => Float64Array;
  /** Writes log πₖ pₖ(x) of each component to `out` (length k) and returns it. */
  readonly writeTerms: (x: Point, out: Float64Array) => Float64Array;
}

/** Computes the log-term of every component for one row; `workspace` holds d numbers. */
export type PointTerms = (x: ArrayLike<number>, workspace: Float64Array, terms: Float64Array) => void;

/**
 * Point methods for components in the data's own coordinates. O(k·d²) per call for full covariances.
 *
 * @param names of the features, by which points may be given, where there are any
 * @param write the terms of components that are not Gaussian
 *
 * Numbers go from function to function in arrays: engines put a number that is returned on the heap, unless they happen to inline the call.
 */
export function mixturePoint(
  components: GaussianComponents,
  names: readonly string[] | undefined,
  write: PointTerms = pointTermsOf(components),
): MixturePoint {
  const { count, features } = components;
  const terms = new Float64Array(count);
  const sum = new Float64Array(1);
  const difference = new Float64Array(features);
  const read = pointReader(features, names);

  const fill = (x: Point): number => {
    write(read(x), difference, terms);
    let best = 0;
    for (let k = 1; k < count; k++) if (terms[k]! > terms[best]!) best = k;
    return best;
  };
  /** Turns terms into ratios to the largest, and sums them. */
  const exponentiate = (best: number): void => {
    sum[0] = 1;
    const max = terms[best]!;
    if (!(max > -Infinity)) return;
    let total = 0;
    for (let k = 0; k < count; k++) {
      const part = k === best ? 1 : Math.exp(terms[k]! - max);
      terms[k] = part;
      total += part;
    }
    sum[0] = total;
  };

  const writeLogDensity = (x: Point, out: Float64Array): Float64Array => {
    const best = fill(x);
    const max = terms[best]!;
    exponentiate(best);
    out[0] = max > -Infinity ? max + Math.log(sum[0]!) : -Infinity;
    return out;
  };

  return Object.freeze({
    logDensity: (x) => writeLogDensity(x, sum)[0]!,
    writeLogDensity,
    label: fill,
    responsibilities(x, out) {
      if (out?.length !== count) throw wrongLength(out, count, "point");
      const best = fill(x);
      const reachable = terms[best]! > -Infinity;
      exponentiate(best);
      for (let k = 0; k < count; k++) out[k] = reachable ? terms[k]! / sum[0]! : Number(k === best);
      return out;
    },
    writeTerms(x, out) {
      const point = read(x);
      if (out?.length !== count) throw wrongLength(out, count, "point");
      write(point, difference, out);
      return out;
    },
  } satisfies MixturePoint);
}

/** Writes log πₖ pₖ(x) of every component; what can be looked up once is looked up here and not at every point. */
function pointTermsOf(components: GaussianComponents): PointTerms {
  const { count, features, shape, logOffsets, radial } = components;
  const { squares } = shapes[shape];
  if (radial === undefined) {
    return (x, difference, terms) => {
      squares(components, x, difference, terms);
      for (let k = 0; k < count; k++) {
        const square = terms[k]!;
        // Beyond the range of doubles one infinite coordinate may be taken from another.
        terms[k] = square < Infinity ? logOffsets[k]! - 0.5 * square : -Infinity;
      }
    };
  }
  const { logTerm, size } = radials[radial.name];
  return (x, difference, terms) => {
    squares(components, x, difference, terms);
    for (let k = 0; k < count; k++) {
      if (!(terms[k]! < Infinity)) terms[k] = Infinity;
      logTerm.host(terms, k, k + 1, features, radial.parameters, k * size);
      terms[k]! += logOffsets[k]!;
    }
  };
}
