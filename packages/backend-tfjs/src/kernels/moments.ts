import type { GaussianKernels, Scatter } from "@mixtura/backend";
import { scatters } from "@mixtura/backend";
import { rawSize } from "@mixtura/backend/internal/kernels";
import type { Device } from "../device.ts";
import { shapeOf } from "../primitives.ts";
import type { TensorFlowOperations, TfTensor } from "../tensorflow.ts";
import { spansOf } from "./spans.ts";
import type { Tally } from "./tally.ts";
import { createTally } from "./tally.ts";
import { memberships, rowsOf } from "./terms.ts";
import { flat, keeping, walk } from "./walk.ts";

/**
 * Moments of labelled groups. Every row is taken relative to the centre of its own group, so a row costs the same for any number of groups; one
 * product with the groups' weights then sums them all. Masses are the host's to count: it has the labels.
 */
export function momentsKernel(device: Device): GaussianKernels<TfTensor>["moments"] {
  const { tf } = device;
  return (data, { labels, rowWeights, centres, scatter, pace }) =>
    keeping(async (keep) => {
      pace?.check();
      const [rows, d] = shapeOf(data);
      const count = centres.length / d;
      const matrices = scatters[scatter].raw === "products";
      const spans = spansOf(device, rows, d, matrices ? count : 1);
      const points = device.run(() => keep(tf.tensor(Float32Array.from(centres), [count, d])));
      const tally = createTally(scatter, count, d, centres);
      await walk(
        device,
        spans,
        pace,
        (span) => {
          const { start, end } = span;
          const n = end - start;
          const groups = Int32Array.from({ length: n }, (_, row) => Math.max(0, labels?.[start + row] ?? 0));
          const weights = Float32Array.from({ length: n }, (_, row) => weightOf(start + row, labels, rowWeights));
          const own = tf.tensor1d(groups, undefined, "int32");
          const relative = tf.sub(rowsOf(device, data, span), tf.gather(points, own));
          // Rows that count for nothing may be anywhere: 0 · ∞ is no number.
          const counted = weights.includes(0) ? tf.mul(relative, tf.tensor(Float32Array.from(weights, Math.sign), [n, 1])) : relative;
          const memberWeights = tf.mul(memberships(device, own, count), tf.tensor(weights, [1, n]));
          return flat(tf, sumsOf(tf, counted, memberWeights, scatter));
        },
        (values, { start, end, closesChunk }) => {
          for (let row = start; row < end; row++) {
            const weight = weightOf(row, labels, rowWeights);
            if (weight === 0) continue;
            tally.chunk.s0[labels === undefined ? 0 : labels[row]!]! += weight;
            tally.chunk.weight += weight;
            tally.chunk.livePairs++;
          }
          addSums(tally, values);
          if (closesChunk) tally.closeChunk();
        },
      );
      return tally.moments();
    });
}

/** A row's weight; 0 where it belongs to no group. */
function weightOf(row: number, labels: Int32Array | undefined, rowWeights: Float64Array | undefined): number {
  if (labels !== undefined && labels[row]! < 0) return 0;
  return rowWeights === undefined ? 1 : rowWeights[row]!;
}

/**
 * First moments (K×d) and second ones: K×d diagonals, or K×d×d.
 *
 * @param rows n×d, each relative to the centre of its group
 * @param memberWeights K×n: the weight of a row in the line of its group, 0 in the others
 */
function sumsOf(tf: TensorFlowOperations, rows: TfTensor, memberWeights: TfTensor, scatter: Scatter): TfTensor[] {
  const first = tf.matMul(memberWeights, rows);
  const { raw } = scatters[scatter];
  if (raw === "nothing") return [first];
  if (raw === "squares") return [first, tf.matMul(memberWeights, tf.square(rows))];
  const [count, n] = [memberWeights.shape[0]!, memberWeights.shape[1]!];
  const d = rows.shape[1]!;
  const spread = tf.mul(tf.reshape(memberWeights, [count, 1, n]), tf.reshape(tf.transpose(rows), [1, d, n]));
  return [first, tf.matMul(tf.reshape(spread, [count * d, n]), rows)];
}

function addSums({ chunk: { scatter, count, features: d, s1, S2 } }: Tally, values: ArrayLike<number>): void {
  const { raw, collect } = scatters[scatter];
  let at = 0;
  for (; at < count * d; at++) s1[at]! += values[at]!;
  const sums = new Float64Array(rawSize(raw, d));
  for (let k = 0; k < count; k++, at += sums.length) {
    for (let i = 0; i < sums.length; i++) sums[i] = values[at + i]!;
    collect(sums, 0, k, d, S2);
  }
}
