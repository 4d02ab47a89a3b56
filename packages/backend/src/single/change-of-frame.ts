import { congruence } from "../algebra/congruence.ts";
import { mirrorLower } from "../algebra/triangular.ts";
import type { GaussianComponents } from "../components.ts";
import { factorSize } from "../components.ts";
import type { Moments, Scatter } from "../moments.ts";
import type { Frame } from "./frame.ts";

/** Points (k×d) in a frame: A p. */
export function pointsIn({ shape, factor }: Frame, points: Float64Array, d: number): Float64Array {
  return mapped(shape, factor, points, d);
}

/** Components in a frame: means A μ, factors W A⁻¹. Log-densities do not change, so neither do the offsets. */
export function componentsIn(frame: Frame, components: GaussianComponents): GaussianComponents {
  const { features: d, count, shared } = components;
  const shape = components.shape === "full" || frame.shape === "full" ? "full" : "diag";
  const size = factorSize(shape, d);
  const blocks = shared ? 1 : count;
  const whitening = new Float64Array(blocks * size);
  for (let block = 0; block < blocks; block++) factorIn(frame, components, block, whitening, block * size);
  return { ...components, means: pointsIn(frame, components.means, d), shape, whitening };
}

/** Writes W A⁻¹ of one block. Both are lower triangles or diagonals, so the product is one too. */
function factorIn(
  frame: Frame,
  { shape, whitening, features: d }: GaussianComponents,
  block: number,
  target: Float64Array,
  at: number,
): void {
  const start = block * factorSize(shape, d);
  const { inverse } = frame;
  if (shape !== "full") {
    for (let i = 0; i < d; i++) {
      const own = whitening[start + (shape === "diag" ? i : 0)]!;
      if (frame.shape === "diag") target[at + i] = own * inverse[i]!;
      else for (let j = 0; j <= i; j++) target[at + i * d + j] = own * inverse[i * d + j]!;
    }
    return;
  }
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      if (frame.shape === "diag") {
        target[at + i * d + j] = whitening[start + i * d + j]! * inverse[j]!;
        continue;
      }
      let sum = 0;
      for (let t = j; t <= i; t++) sum += whitening[start + i * d + t]! * inverse[t * d + j]!;
      target[at + i * d + j] = sum;
    }
  }
}

/** The scatter to ask for in a frame, so that {@link momentsOut} can make the wanted one of it. */
export function scatterIn(scatter: Scatter): Scatter {
  return scatter === "spherical" ? "diag" : scatter;
}

/** Moments from a frame in the coordinates outside, about `centres` there. A frame that whitens gives no diagonal scatter. */
export function momentsOut(frame: Frame, moments: Moments, scatter: Scatter, centres: Float64Array): Moments {
  const { features: d, count, s1, S2 } = moments;
  return {
    ...moments,
    scatter,
    centres,
    s1: mapped(frame.shape, frame.inverse, s1, d),
    S2: scatterOut(frame, S2, scatter, count, d),
  };
}

function scatterOut({ shape, inverse }: Frame, S2: Float64Array, scatter: Scatter, count: number, d: number): Float64Array {
  if (scatter === "none") return S2;
  if (scatter === "diag") return S2.map((value, at) => value * inverse[at % d]! ** 2);
  if (scatter === "spherical") {
    const traces = new Float64Array(count);
    S2.forEach((value, at) => (traces[Math.floor(at / d)]! += value * inverse[at % d]! ** 2));
    return traces;
  }
  const out = new Float64Array(S2.length);
  for (let start = 0; start < S2.length; start += d * d) {
    if (shape === "full") congruence(inverse, S2, start, out, start, d);
    else for (let i = 0, at = start; i < d; i++) for (let j = 0; j < d; j++, at++) out[at] = S2[at]! * (inverse[i]! * inverse[j]!);
    mirrorLower(out, start, d);
  }
  return out;
}

function mapped(shape: Frame["shape"], factor: Float64Array, points: Float64Array, d: number): Float64Array {
  if (shape === "diag") return points.map((value, at) => value * factor[at % d]!);
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
