import type { GaussianComponents } from "@mixtura/backend";
import type { SHAPES } from "./job.ts";
import type { Layout } from "./layout.ts";
import { SMALL } from "./layout.ts";

/** Scales that may be squared by themselves; beyond them differences are scaled before they are squared. */
const SAFE_SCALE = 1e60;

/** Which kernel computes the terms of these components. */
export function shapeOf({ shape, shared, features, whitening }: GaussianComponents): keyof typeof SHAPES {
  if (shape === "spherical") return whitening.every((scale) => scale < SAFE_SCALE && scale > 1 / SAFE_SCALE) ? "spherical" : "diag";
  if (shape !== "full") return shape;
  if (features <= SMALL) return "small";
  return shared ? "shared" : "full";
}

/** Numbers that all whitening factors take when packed. */
export function factorNumbers(components: GaussianComponents, { features, padded }: Layout): number {
  const { shared, count } = components;
  const blocks = shared ? 1 : count;
  const shape = shapeOf(components);
  if (shape === "spherical") return blocks;
  if (shape === "diag") return blocks * features;
  if (features <= SMALL) return (blocks * features * (features + 1)) / 2;
  return blocks * panelNumbers(padded);
}

/** Panels of four rows, each from the first column to the end of the diagonal's tile. */
function panelNumbers(padded: number): number {
  const panels = padded / 4;
  return 8 * panels * (panels + 1);
}

/** Writes the means, whitened where all components share one matrix. */
export function writeMeans(to: Float64Array, base: number, components: GaussianComponents, { features, padded }: Layout): void {
  const { count, means, whitening } = components;
  const whitened = shapeOf(components) === "shared";
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < padded; i++) {
      let value = 0;
      if (i < features && !whitened) value = means[k * features + i]!;
      else if (i < features) for (let j = 0; j <= i; j++) value += whitening[i * features + j]! * means[k * features + j]!;
      to[base + k * padded + i] = value;
    }
  }
}

/** Writes the whitening factors as their kernel reads them. */
export function writeFactors(
  to: Float64Array | Float32Array,
  base: number,
  components: GaussianComponents,
  { features: d, padded }: Layout,
): void {
  const { shape, shared, count, whitening } = components;
  if (shape === "spherical" && shapeOf(components) === "diag") {
    whitening.forEach((scale, block) => to.fill(scale, base + block * d, base + (block + 1) * d));
    return;
  }
  if (shape !== "full") {
    to.set(whitening, base);
    return;
  }
  let at = base;
  for (let block = 0; block < (shared ? 1 : count); block++) {
    const factor = block * d * d;
    if (d <= SMALL) {
      for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) to[at++] = whitening[factor + i * d + j]!;
      continue;
    }
    for (let top = 0; top < padded; top += 4) {
      for (let j = 0; j < top + 4; j++) {
        for (let i = top; i < top + 4; i++) to[at++] = i < d && j <= i ? whitening[factor + i * d + j]! : 0;
      }
    }
  }
}
