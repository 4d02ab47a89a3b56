import type { Device } from "../device.ts";
import { shapeOf } from "../primitives.ts";
import type { TfTensor } from "../tensorflow.ts";
import type { Span } from "./spans.ts";
import type { Stack } from "./stack.ts";

/** A stack on the device. */
export interface PlacedStack {
  readonly stack: Stack;
  /** 1×d */
  readonly reference: TfTensor;
  readonly factors: TfTensor;
  readonly minusHalf: TfTensor;
  /** Offsets and reach, one of each for every row of a span: engines repeat a column slowly. */
  readonly over: (rows: number) => { readonly offsets: TfTensor; readonly reach: TfTensor };
}

/** Brings a stack to the device. */
export function placeStack({ tf, run }: Device, stack: Stack, keep: (tensor: TfTensor) => TfTensor): PlacedStack {
  const { count, features, reference, factors, offsets, reach } = stack;
  const repeated = new Map<number, ReturnType<PlacedStack["over"]>>();
  const repeat = (column: Float32Array, rows: number): TfTensor => {
    const values = new Float32Array(count * rows);
    column.forEach((value, k) => values.fill(value, k * rows, (k + 1) * rows));
    return keep(tf.keep(tf.tensor(values, [count, rows]))); // asked for in the scope of a span, needed by all
  };
  return run(() => ({
    stack,
    reference: keep(tf.tensor(reference, [1, features])),
    factors: keep(tf.tensor(factors, [count * features, features + 1])),
    minusHalf: keep(tf.scalar(-0.5)),
    over(rows) {
      const known = repeated.get(rows);
      if (known !== undefined) return known;
      const made = { offsets: repeat(offsets, rows), reach: repeat(reach, rows) };
      repeated.set(rows, made);
      return made;
    },
  }));
}

/** The rows of a span, n×d. */
export function rowsOf({ tf, traits }: Device, data: TfTensor, { start, end }: Span): TfTensor {
  const [rows, d] = shapeOf(data);
  if (end - start === rows) return data;
  if (traits.rowsBy === "slice") return tf.slice(data, [start, 0], [end - start, d]);
  return tf.gather(
    data,
    tf.tensor1d(
      Int32Array.from({ length: end - start }, (_, index) => start + index),
      undefined,
      "int32",
    ),
  );
}

/**
 * The rows of a span in whitened coordinates of every component, W (x − μ): K×d×n.
 *
 * @param mask n×1, 0 for rows that count for nothing: they are put where their distances are small, since 0 · ∞ is no number
 */
export function whitened(device: Device, data: TfTensor, span: Span, placed: PlacedStack, mask?: TfTensor): TfTensor {
  const { tf } = device;
  const { count, features: d } = placed.stack;
  const rows = span.end - span.start;
  const relative = tf.sub(rowsOf(device, data, span), placed.reference);
  const masked = mask === undefined ? relative : tf.mul(relative, mask);
  const columns = tf.concat([tf.transpose(masked), tf.ones([1, rows])], 0);
  return tf.reshape(tf.matMul(placed.factors, columns), [count, d, rows]);
}

/** log πₖ pₖ(x) of a span's rows, K×n, from their squared distances. */
export function logTerms({ tf }: Device, squares: TfTensor, { over, minusHalf }: PlacedStack): TfTensor {
  const { offsets, reach } = over(squares.shape[1]!);
  return tf.add(tf.mul(tf.minimum(squares, reach), minusHalf), offsets);
}

/** 1 where a row belongs to a group and 0 elsewhere, K×n. TensorFlow.js makes no such thing of a single group. */
export function memberships({ tf }: Device, groups: TfTensor, count: number): TfTensor {
  if (count === 1) return tf.ones([1, groups.shape[0]!]);
  return tf.transpose(tf.cast(tf.oneHot(groups, count), "float32"));
}
