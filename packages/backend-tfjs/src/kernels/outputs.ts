import type { GaussianComponents, GaussianKernels, KernelOptions } from "@mixtura/backend";
import { centroidComponents } from "@mixtura/backend";
import type { Device } from "../device.ts";
import { shapeOf } from "../primitives.ts";
import type { TfTensor } from "../tensorflow.ts";
import type { Span } from "./spans.ts";
import { spansOf } from "./spans.ts";
import { logDensity, stackOf } from "./stack.ts";
import type { PlacedStack } from "./terms.ts";
import { logTerms, placeStack, whitened } from "./terms.ts";
import { flat, keeping, walk } from "./walk.ts";

type OutputKernels = Pick<
  GaussianKernels<TfTensor>,
  "logDensities" | "responsibilities" | "labels" | "squaredMahalanobis" | "nearestCentroid" | "potentials"
>;

/** The kernels whose results have a place per row, and the one that sums distances on the host. */
export function outputKernels(device: Device): OutputKernels {
  const { tf } = device;
  return {
    async logDensities(data, components, options) {
      const out = new Float64Array(shapeOf(data)[0]);
      await walkTerms(device, data, components, options, sumsOfTerms, (values, { start, end }) => {
        const n = end - start;
        for (let row = 0; row < n; row++) out[start + row] = logDensity(values[row]!, values[n + row]!);
      });
      return out;

      function sumsOfTerms(terms: TfTensor): TfTensor {
        const largest = tf.max(terms, 0, true);
        return flat(tf, [largest, tf.sum(tf.exp(tf.sub(terms, largest)), 0, true)]);
      }
    },

    async responsibilities(data, components, options) {
      const { count } = components;
      const out = new Float64Array(shapeOf(data)[0] * count);
      const responsibilities = (terms: TfTensor): TfTensor => {
        const powers = tf.exp(tf.sub(terms, tf.max(terms, 0, true)));
        return tf.transpose(tf.div(powers, tf.sum(powers, 0, true)));
      };
      await walkTerms(device, data, components, options, responsibilities, (values, { start }) => out.set(values, start * count));
      return out;
    },

    async labels(data, components, options) {
      const out = new Int32Array(shapeOf(data)[0]);
      const likeliest = (terms: TfTensor): TfTensor => tf.argMax(terms, 0);
      await walkTerms(device, data, components, options, likeliest, (values, { start }) => out.set(values, start));
      return out;
    },

    async squaredMahalanobis(data, components, options) {
      const { count } = components;
      const out = new Float64Array(shapeOf(data)[0] * count);
      const byRow = (squares: TfTensor): TfTensor => tf.transpose(squares);
      await walkSquares(device, data, components, options, byRow, (values, { start }) => out.set(values, start * count));
      return out;
    },

    async nearestCentroid(data, centroids, options) {
      const [rows, d] = shapeOf(data);
      const labels = new Int32Array(rows);
      const squaredDistances = new Float64Array(rows);
      const nearest = (squares: TfTensor): TfTensor => flat(tf, [tf.cast(tf.argMin(squares, 0), "float32"), tf.min(squares, 0)]);
      const components = centroidComponents(centroids, centroids.length / d);
      await walkSquares(device, data, components, options, nearest, (values, { start, end }) => {
        const n = end - start;
        for (let row = 0; row < n; row++) {
          labels[start + row] = values[row]!;
          squaredDistances[start + row] = values[n + row]!;
        }
      });
      return { labels, squaredDistances };
    },

    async potentials(data, candidates, options) {
      const { potentials, rowWeights } = options;
      const total = new Float64Array(candidates.count);
      const chunk = new Float64Array(candidates.count);
      await walkSquares(
        device,
        data,
        candidates,
        options,
        (squares) => squares,
        (values, { start, end, closesChunk }) => {
          for (let k = 0, at = 0; k < chunk.length; k++) {
            for (let row = start; row < end; row++, at++) {
              const potential = potentials[row]!;
              const weight = rowWeights === undefined ? 1 : rowWeights[row]!;
              if (weight > 0) chunk[k]! += weight * (values[at]! < potential ? values[at]! : potential);
            }
          }
          if (!closesChunk) return;
          chunk.forEach((sum, k) => (total[k]! += sum));
          chunk.fill(0);
        },
      );
      return total;
    },
  };
}

type Collect = (values: ArrayLike<number>, span: Span) => void;

/** Walks over the log-terms (K×n) of each span's rows. */
function walkTerms(
  device: Device,
  data: TfTensor,
  components: GaussianComponents,
  options: KernelOptions | undefined,
  reduce: (terms: TfTensor) => TfTensor,
  collect: Collect,
): Promise<void> {
  return walkSquares(device, data, components, options, (squares, placed) => reduce(logTerms(device, squares, placed)), collect);
}

/** Walks over the squared distances (K×n) of each span's rows. */
function walkSquares(
  device: Device,
  data: TfTensor,
  components: GaussianComponents,
  options: KernelOptions | undefined,
  reduce: (squares: TfTensor, placed: PlacedStack) => TfTensor,
  collect: Collect,
): Promise<void> {
  const { tf } = device;
  return keeping(async (keep) => {
    options?.pace?.check();
    const [rows, d] = shapeOf(data);
    const spans = spansOf(device, rows, d, components.count);
    const placed = placeStack(device, stackOf(components), keep);
    const dispatch = (span: Span): TfTensor => reduce(tf.sum(tf.square(whitened(device, data, span, placed)), 1), placed);
    await walk(device, spans, options?.pace, dispatch, collect);
  });
}
