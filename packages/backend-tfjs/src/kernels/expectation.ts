import type { GaussianKernels } from "@mixtura/backend";
import type { Device } from "../device.ts";
import { shapeOf } from "../primitives.ts";
import type { TensorFlowOperations, TfTensor } from "../tensorflow.ts";
import { createRebuild } from "./rebuild.ts";
import { spansOf } from "./spans.ts";
import { logDensity, stackOf } from "./stack.ts";
import type { Tally } from "./tally.ts";
import { createTally, partsOf } from "./tally.ts";
import { logTerms, memberships, placeStack, whitened } from "./terms.ts";
import { flat, keeping, walk } from "./walk.ts";

/** Responsibilities above this are live. */
const LIVE = 2 ** -53;

/** Expectation and moments. The device holds the whitened rows of one span; the host gets two numbers per row, and the sums. */
export function expectationKernel(device: Device): GaussianKernels<TfTensor>["expectation"] {
  const { tf } = device;
  return (data, components, { rowWeights, centres, scatter, assignment, pace }) =>
    keeping(async (keep) => {
      pace?.check();
      const [rows, d] = shapeOf(data);
      const { count } = components;
      const soft = assignment === "soft";
      const spans = spansOf(device, rows, d, count);
      const placed = placeStack(device, stackOf(components), keep);
      const rebuild = createRebuild(components, centres, scatter);
      const shifts = rebuild.shifts && device.run(() => keep(tf.tensor(rebuild.shifts!, [count, d, 1])));
      const tally = createTally(scatter, count, d, centres, components);
      await walk(
        device,
        spans,
        pace,
        (span) => {
          const n = span.end - span.start;
          const weights = rowWeights?.subarray(span.start, span.end);
          const mask = weights?.includes(0)
            ? tf.tensor(
                Float32Array.from(weights, (weight) => (weight > 0 ? 1 : 0)),
                [n, 1],
              )
            : undefined;
          const z = whitened(device, data, span, placed, mask);
          const squares = tf.square(z);
          const { responsibilities, outputs } = soft
            ? softResponsibilities(tf, logTerms(device, tf.sum(squares, 1), placed), mask)
            : hardResponsibilities(device, logTerms(device, tf.sum(squares, 1), placed));
          const weighted =
            weights === undefined ? responsibilities : tf.mul(responsibilities, tf.tensor(Float32Array.from(weights), [1, n]));
          const parts = partsOf(n);
          const masses = tf.sum(tf.reshape(weighted, [count * parts, n / parts]), 1);
          const about = shifts === undefined ? z : tf.add(z, shifts);
          const column = tf.reshape(weighted, [count, n, 1]);
          const sums = [tf.matMul(about, column)];
          if (rebuild.matrices) sums.push(tf.matMul(tf.mul(about, tf.reshape(weighted, [count, 1, n])), about, false, true));
          else if (rebuild.squares) sums.push(tf.matMul(shifts === undefined ? squares : tf.square(about), column));
          return flat(tf, [...outputs, masses, ...sums]);
        },
        (values, { start, end, closesChunk }) => {
          const weights = rowWeights?.subarray(start, end);
          let at = soft ? addSoftRows(tally, values, end - start, weights) : addHardRows(tally, values, end - start, weights);
          const parts = partsOf(end - start);
          for (let k = 0; k < count; k++) for (let part = 0; part < parts; part++) tally.chunk.s0[k]! += values[at++]!;
          rebuild.add(values, at, tally);
          if (closesChunk) tally.closeChunk();
        },
      );
      return tally.moments();
    });
}

/** Responsibilities, K×n; with them each row's largest term, the sum of exponentials relative to it, and the number of live pairs. */
function softResponsibilities(tf: TensorFlowOperations, terms: TfTensor, mask: TfTensor | undefined) {
  const n = terms.shape[1]!;
  const largest = tf.max(terms, 0, true);
  const powers = tf.exp(tf.sub(terms, largest));
  const sum = tf.sum(powers, 0, true);
  const responsibilities = tf.div(powers, sum);
  const live = tf.step(tf.sub(responsibilities, tf.scalar(LIVE)));
  const counted = mask === undefined ? live : tf.mul(live, tf.reshape(mask, [1, n]));
  return { responsibilities, outputs: [largest, sum, tf.sum(counted, 1)] };
}

/** 1 for the likeliest component of each row, K×n; with it each row's largest term. */
function hardResponsibilities(device: Device, terms: TfTensor) {
  const { tf } = device;
  return { responsibilities: memberships(device, tf.argMax(terms, 0), terms.shape[0]!), outputs: [tf.max(terms, 0, true)] };
}

/**
 * Adds what concerns rows and not components. These sums are made on the host: they are over numbers of one sign and any size, where single
 * precision would lose digits.
 *
 * @returns where the sums over components begin
 */
function addSoftRows({ chunk }: Tally, values: ArrayLike<number>, n: number, weights: Float64Array | undefined): number {
  for (let row = 0; row < n; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    if (weight === 0) continue;
    chunk.weight += weight;
    chunk.logLikelihood += weight * logDensity(values[row]!, values[n + row]!);
    chunk.classificationLogLikelihood += weight * logDensity(values[row]!, 1);
  }
  const count = chunk.count;
  for (let k = 0; k < count; k++) chunk.livePairs += Math.round(values[2 * n + k]!);
  return 2 * n + count;
}

/** The same where every row belongs to one component wholly. */
function addHardRows({ chunk }: Tally, values: ArrayLike<number>, n: number, weights: Float64Array | undefined): number {
  for (let row = 0; row < n; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    if (weight === 0) continue;
    const best = weight * logDensity(values[row]!, 1);
    chunk.weight += weight;
    chunk.logLikelihood += best;
    chunk.classificationLogLikelihood += best;
    chunk.livePairs++;
  }
  return n;
}
