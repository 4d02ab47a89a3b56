import type { Primitives } from "@mixtura/backend";
import { createPace, inStrides } from "@mixtura/core/authoring";
import type { Device } from "./device.ts";
import type { TensorFlowOperations, TfTensor } from "./tensorflow.ts";

/** The backend contract's primitives in TensorFlow.js' operations. Handles are its tensors, of two dimensions. */
export function tfjsPrimitives(device: Device): Primitives<TfTensor> {
  const { tf } = device;
  const unary =
    (name: "exp" | "log" | "square") =>
    (a: TfTensor): TfTensor =>
      device.run(() => tf[name](a));
  const binary =
    (name: "add" | "sub" | "mul" | "div") =>
    (a: TfTensor, b: TfTensor): TfTensor =>
      device.run(() => tf[name](a, b));
  return {
    name: device.name,
    precision: "float32",
    async upload({ data, rows, columns }, options) {
      const origin = options?.origin;
      const values = new Float32Array(rows * columns);
      await inStrides(rows, createPace(), (start, end) => {
        for (let i = start, at = start * columns; i < end; i++) {
          for (let j = 0; j < columns; j++, at++) values[at] = data[at]! - (origin === undefined ? 0 : origin[j]!);
        }
      });
      return device.run(() => tf.tensor(values, [rows, columns]));
    },
    async download(handle) {
      const [rows, columns] = shapeOf(handle);
      return { data: Float64Array.from(await device.read(handle, undefined)), rows, columns };
    },
    release: (handle) => handle.dispose(),
    scope: (work) => device.tidy(work),
    shape: shapeOf,
    matmul: (a, b, options) => device.run(() => tf.matMul(a, b, options?.transposeA ?? false, options?.transposeB ?? false)),
    add: binary("add"),
    subtract: binary("sub"),
    multiply: binary("mul"),
    divide: binary("div"),
    exp: unary("exp"),
    log: unary("log"),
    square: unary("square"),
    sum: (a, axis) => device.run(() => tf.sum(a, axis, true)),
    max: (a, axis) => device.run(() => tf.max(a, axis, true)),
    argmax: (a, axis) => device.tidy(() => asLine(tf, tf.cast(tf.argMax(a, axis), "float32"), axis)),
    logSumExp: (a, axis) => device.tidy(() => logSumExp(tf, a, axis)),
    gatherRows: (a, rows) => device.tidy(() => tf.gather(a, tf.tensor1d(rows, undefined, "int32"))),
    sliceRows: (a, start, end) => device.run(() => tf.slice(a, [start, 0], [end - start, shapeOf(a)[1]])),
    joinColumns: (parts) => device.run(() => (parts.length === 1 ? tf.clone(parts[0]!) : tf.concat([...parts], 1))),
  };
}

/** Rows and columns of a handle. */
export function shapeOf(handle: TfTensor): readonly [rows: number, columns: number] {
  return [handle.shape[0]!, handle.shape[1]!];
}

/** A list as one row (axis 0) or one column. */
function asLine(tf: TensorFlowOperations, list: TfTensor, axis: 0 | 1): TfTensor {
  return tf.reshape(list, axis === 0 ? [1, list.shape[0]!] : [list.shape[0]!, 1]);
}

/** log Σ exp. Where all terms are −∞ there is nothing to take out: TensorFlow.js' own gives NaN, and WebGL a finite logarithm of 0. */
function logSumExp(tf: TensorFlowOperations, a: TfTensor, axis: 0 | 1): TfTensor {
  const largest = tf.max(a, axis, true);
  const least = tf.scalar(LEAST);
  const shift = tf.maximum(largest, least);
  const sum = tf.add(tf.log(tf.sum(tf.exp(tf.sub(a, shift)), axis, true)), shift);
  return tf.where(tf.greater(largest, least), sum, largest);
}

/** Nearly the least number of single precision. */
const LEAST = -3e38;
