import { congruence } from "../algebra/congruence.ts";
import type { GaussianComponents } from "../components.ts";
import { factorSize } from "../components.ts";
import type { Moments } from "../moments.ts";
import { rawSize } from "../scatters/second-moments.ts";
import type { Scatter } from "../scatters/table.ts";
import { scatters } from "../scatters/table.ts";
import { shapes } from "../shapes/table.ts";
import type { Frame, Frames } from "./frame.ts";

/**
 * The frame for a pass: second moments of all pairs of features need whitened rows, and so do distances in which features depend on each other
 * where no second moments are asked for; for the rest standardised rows serve, at a fraction of the work.
 *
 * @param scatter absent where the pass returns something for every row
 */
export function frameFor(frames: Frames, scatter: Scatter | undefined, components?: GaussianComponents): Frame {
  const raw = scatter === undefined ? "nothing" : scatters[scatter].raw;
  const dependent = components !== undefined && !shapes[components.shape].independent;
  return raw === "products" || (raw === "nothing" && dependent) ? frames.whitened() : frames.standardised;
}

/** Points (k×d) in a frame: A p. */
export function pointsIn({ independent, factor }: Frame, points: Float64Array, d: number): Float64Array {
  return mapped(independent, factor, points, d);
}

/** Components in a frame: means A μ, factors W A⁻¹. Log-densities do not change, so neither do the offsets. */
export function componentsIn(frame: Frame, components: GaussianComponents): GaussianComponents {
  const { features: d, count, shared } = components;
  const shape = frame.independent && shapes[components.shape].independent ? "diag" : "full";
  const size = factorSize(shape, d);
  const blocks = shared ? 1 : count;
  const whitening = new Float64Array(blocks * size);
  for (let block = 0; block < blocks; block++) factorIn(frame, components, block, whitening, block * size);
  return { ...components, means: pointsIn(frame, components.means, d), shape, whitening };
}

/** Writes W A⁻¹ of one block. Both are lower triangles or diagonals, so the product is one too. */
function factorIn(
  frame: Frame,
  { shape: name, whitening, features: d }: GaussianComponents,
  block: number,
  target: Float64Array,
  at: number,
): void {
  const start = block * factorSize(name, d);
  const { inverse } = frame;
  const shape = shapes[name];
  if (shape.independent) {
    const own = shape.diagonal(whitening, start, d);
    for (let i = 0; i < d; i++) {
      if (frame.independent) target[at + i] = own[i]! * inverse[i]!;
      else for (let j = 0; j <= i; j++) target[at + i * d + j] = own[i]! * inverse[i * d + j]!;
    }
    return;
  }
  const own = shape.triangle(whitening, start, d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      if (frame.independent) {
        target[at + i * d + j] = own[i * d + j]! * inverse[j]!;
        continue;
      }
      let sum = 0;
      for (let t = j; t <= i; t++) sum += own[i * d + t]! * inverse[t * d + j]!;
      target[at + i * d + j] = sum;
    }
  }
}

/** The scatter to ask for in a frame, so that {@link momentsOut} can make the wanted one of it. */
export function scatterIn(scatter: Scatter): Scatter {
  return scatters[scatter].base;
}

/**
 * Moments from a frame, with the base of the wanted scatter, in the coordinates outside. A frame that whitens gives no squares.
 *
 * @param centres outside, k×d
 * @param components outside, those of the pass; absent where rows were labelled
 */
export function momentsOut(
  frame: Frame,
  moments: Moments,
  scatter: Scatter,
  centres: Float64Array,
  components?: GaussianComponents,
): Moments {
  const { features: d, count, s1, S2 } = moments;
  const { raw, size, collect } = scatters[scatter];
  const out = new Float64Array(size(count, d, components));
  const own = rawSize(raw, d);
  for (let k = 0, at = 0; at < S2.length; k++, at += own) {
    collect(raw === "products" ? productsOut(frame, S2, at, d) : squaresOut(frame, S2, at, d), 0, k, d, out, components);
  }
  return { ...moments, scatter, centres, s1: mapped(frame.independent, frame.inverse, s1, d), S2: out };
}

function squaresOut({ inverse }: Frame, S2: Float64Array, at: number, d: number): Float64Array {
  return Float64Array.from({ length: d }, (_, j) => S2[at + j]! * inverse[j]! ** 2);
}

function productsOut({ independent, inverse }: Frame, S2: Float64Array, start: number, d: number): Float64Array {
  const out = new Float64Array(d * d);
  if (independent) {
    for (let i = 0, at = 0; i < d; i++) for (let j = 0; j < d; j++, at++) out[at] = S2[start + at]! * (inverse[i]! * inverse[j]!);
  } else congruence(inverse, S2, start, out, 0, d);
  return out;
}

function mapped(independent: boolean, factor: Float64Array, points: Float64Array, d: number): Float64Array {
  if (independent) return points.map((value, at) => value * factor[at % d]!);
  const out = new Float64Array(points.length);
  for (let start = 0; start < points.length; start += d) {
    for (let i = 0; i < d; i++) {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += factor[i * d + j]! * points[start + j]!;
      out[start + i] = sum;
    }
  }
  return out;
}
