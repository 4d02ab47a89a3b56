import type { RowSample } from "./row-sample.ts";

/** A transform that makes a column's values more like a normal distribution. */
type Transform = "log" | "square root";

/** How a column's values are distributed, where that is far from a bell and from several bells. */
export interface ColumnForm {
  readonly kind: "skewed" | "heavy-tailed";
  /** What mends it, for a skewed one. */
  readonly transform?: Transform;
}

/** Skewness from which on a column counts as skewed, and what a transform may leave of it. */
const SKEWED = 1;
const MENDED = 0.5;
/** Excess kurtosis from which on tails are heavy, also when the outermost hundredth of each side is left out. */
const HEAVY = 3;
const HEAVY_INSIDE = 0.5;
/** Standard errors of a normal sample that both must exceed, so that chance alone says nothing. */
const SURPRISE = 4;

/**
 * The form of a column's sampled values: skewed where a transform takes the skewness away, so that groups of different size are not taken for it; heavy-tailed
 * where both sides are.
 */
export function columnForm(values: Float64Array, weights: Float64Array): ColumnForm | undefined {
  const count = values.length;
  const { skewness, excess, least } = momentsOf(values, weights);
  if (skewness > Math.max(SKEWED, SURPRISE * Math.sqrt(6 / count)) && least > 0) {
    for (const [transform, apply] of [
      ["log", Math.log],
      ["square root", Math.sqrt],
    ] as const) {
      const mended = momentsOf(values.map(apply), weights);
      if (Math.abs(mended.skewness) < MENDED && Math.abs(mended.excess) < 1) return { kind: "skewed", transform };
    }
  }
  const heavy = Math.max(HEAVY, SURPRISE * Math.sqrt(24 / count));
  if (excess > heavy && Math.abs(skewness) < excess / 4 && momentsOf(...withoutTails(values, weights)).excess > HEAVY_INSIDE)
    return { kind: "heavy-tailed" };
  return undefined;
}

/** Column j of a sample. */
export function columnOf({ data, rows, columns }: RowSample, j: number): Float64Array {
  const values = new Float64Array(rows);
  for (let i = 0; i < rows; i++) values[i] = data[i * columns + j]!;
  return values;
}

function momentsOf(
  values: Float64Array,
  weights: Float64Array,
): { readonly skewness: number; readonly excess: number; readonly least: number } {
  let [total, mean, least, largest] = [0, 0, Infinity, 0];
  for (let i = 0; i < values.length; i++) {
    total += weights[i]!;
    mean += (weights[i]! / total) * (values[i]! - mean);
    least = Math.min(least, values[i]!);
  }
  for (const value of values) largest = Math.max(largest, Math.abs(value - mean));
  let [second, third, fourth] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const x = (values[i]! - mean) / largest; // powers stay within range
    second += weights[i]! * x ** 2;
    third += weights[i]! * x ** 3;
    fourth += weights[i]! * x ** 4;
  }
  const variance = second / total;
  return { skewness: third / total / variance ** 1.5, excess: fourth / total / variance ** 2 - 3, least };
}

/** Without the least and the greatest hundredth. */
function withoutTails(values: Float64Array, weights: Float64Array): [Float64Array, Float64Array] {
  const sorted = values.toSorted();
  const cut = Math.ceil(values.length / 100);
  const [low, high] = [sorted[cut]!, sorted[values.length - 1 - cut]!];
  const inside = Array.from(values.keys()).filter((i) => values[i]! >= low && values[i]! <= high);
  return [Float64Array.from(inside, (i) => values[i]!), Float64Array.from(inside, (i) => weights[i]!)];
}
