import type { ExpectationOptions, GaussianComponents } from "@mixtura/backend";
import type { PackedRows, WasmMatrix } from "./matrix.ts";
import { kernelOf, ownTriangles } from "./parameters.ts";
import { sumsOf } from "./sums.ts";

/** Fewer features are not worked on faster in single precision. */
const LEAST_FEATURES = 48;
/** Magnitudes whose squares and products stay far inside single precision's range. */
const LARGEST = 1e12;
const SMALLEST = 1e-12;

const largestOf = new WeakMap<PackedRows, number>();

/** Whether a pass may, can and should work on full factors and scatters in single precision. */
export function singleServes(
  packed: PackedRows,
  { rows }: WasmMatrix,
  components: GaussianComponents,
  { precision, scatter, assignment }: ExpectationOptions,
): boolean {
  if (precision !== "float32" || assignment !== "soft" || components.features < LEAST_FEATURES) return false;
  if (kernelOf(components) !== ownTriangles || !sumsOf(scatter).single) return false;
  let largest = largestOf.get(packed);
  if (largest === undefined) {
    largest = largestNumber(packed, rows);
    largestOf.set(packed, largest);
  }
  return largest < LARGEST && components.means.every((value) => Math.abs(value) < LARGEST) && factorsInRange(components);
}

function factorsInRange({ whitening, features, count }: GaussianComponents): boolean {
  for (let k = 0; k < count; k++) {
    const start = k * features * features;
    for (let i = 0; i < features; i++) {
      const pivot = whitening[start + i * features + i]!;
      if (!(pivot > SMALLEST && pivot < LARGEST)) return false;
      for (let j = 0; j < i; j++) if (!(Math.abs(whitening[start + i * features + j]!) < LARGEST)) return false;
    }
  }
  return true;
}

function largestNumber({ arena, layout, address }: PackedRows, rows: number): number {
  const { block, pitch, padded } = layout;
  const { doubles } = arena;
  let largest = 0;
  for (let first = 0, at = address / 8; first < rows; first += block) {
    for (let column = 0; column < padded; column++, at += pitch) {
      for (let p = 0; p < block; p++) largest = Math.max(largest, Math.abs(doubles[at + p]!));
    }
  }
  return largest;
}
