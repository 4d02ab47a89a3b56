import type { Matrix } from "@mixtura/core";
import { centroidComponents } from "../components.ts";
import type { GaussianComponents } from "../components.ts";
import type { GaussianKernels, KernelOptions, Primitives } from "../contract.ts";
import type { PlacedComponents } from "./components.ts";
import { placeComponents } from "./components.ts";
import type { Constants } from "./constants.ts";
import { lowestTerm, orMinusInfinity, placeColumn, placeConstants } from "./constants.ts";
import { breathe, withHandles } from "./handles.ts";
import type { Keep } from "./handles.ts";
import { logTermColumns, squaredDistance } from "./log-terms.ts";
import { spanRows, spansOf } from "./spans.ts";

type OutputKernels<H> = Pick<GaussianKernels<H>, "logDensities" | "responsibilities" | "labels" | "squaredMahalanobis" | "nearestCentroid">;

/** The kernels whose results have a place per row, from primitives: made and downloaded span by span. */
export function outputKernels<H>(device: Primitives<H>): OutputKernels<H> {
  const lowest = lowestTerm(device.precision);
  return {
    async logDensities(data, components, options) {
      const out = new Float64Array(device.shape(data)[0]);
      await walkTerms(
        device,
        data,
        components,
        options,
        (terms) => device.logSumExp(terms, 1),
        (found, start) => {
          for (let row = 0; row < found.rows; row++) out[start + row] = orMinusInfinity(found.data[row]!, lowest);
        },
      );
      return out;
    },

    async responsibilities(data, components, options) {
      const out = new Float64Array(device.shape(data)[0] * components.count);
      const responsibilities = (terms: H): H => device.exp(device.subtract(terms, device.logSumExp(terms, 1)));
      await walkTerms(device, data, components, options, responsibilities, (found, start) => out.set(found.data, start * components.count));
      return out;
    },

    async labels(data, components, options) {
      const out = new Int32Array(device.shape(data)[0]);
      await walkTerms(
        device,
        data,
        components,
        options,
        (terms) => device.argmax(terms, 1),
        (found, start) => out.set(found.data, start),
      );
      return out;
    },

    async squaredMahalanobis(data, components, options) {
      const out = new Float64Array(device.shape(data)[0] * components.count);
      await walkDistances(
        device,
        data,
        components,
        options,
        (distances) => distances,
        (found, start) => out.set(found.data, start * components.count),
      );
      return out;
    },

    async nearestCentroid(data, centroids, options) {
      const [rows, features] = device.shape(data);
      const labels = new Int32Array(rows);
      const squaredDistances = new Float64Array(rows);
      const nearest = (distances: H, { minusOne }: Constants<H>): H => {
        const closeness = device.multiply(distances, minusOne);
        return device.joinColumns([device.argmax(closeness, 1), device.max(closeness, 1)]);
      };
      const components = centroidComponents(centroids, centroids.length / features);
      await walkDistances(device, data, components, options, nearest, (found, start) => {
        for (let row = 0; row < found.rows; row++) {
          labels[start + row] = found.data[2 * row]!;
          squaredDistances[start + row] = -found.data[2 * row + 1]!;
        }
      });
      return { labels, squaredDistances };
    },
  };
}

/** What becomes of one span's rows×k columns on the device, and then on the host. */
type OnDevice<H> = (joined: H, constants: Constants<H>) => H;
type OnHost = (found: Matrix, start: number) => void;

function walkTerms<H>(
  device: Primitives<H>,
  data: H,
  components: GaussianComponents,
  options: KernelOptions | undefined,
  reduce: OnDevice<H>,
  collect: OnHost,
): Promise<void> {
  return walk(device, data, components, options, reduce, collect, (rows, placed, lowest, hold) =>
    logTermColumns(device, rows, placed, lowest, hold, options?.pace),
  );
}

/** Makes the squared distances of each span's rows, rows×k, and hands them on. */
export function walkDistances<H>(
  device: Primitives<H>,
  data: H,
  components: GaussianComponents,
  options: KernelOptions | undefined,
  reduce: OnDevice<H>,
  collect: OnHost,
): Promise<void> {
  return walk(device, data, components, options, reduce, collect, async (rows, placed, _floor, hold) => {
    const columns: H[] = [];
    for (let k = 0; k < placed.count; k++) {
      columns.push(hold(device.scope(() => squaredDistance(device, rows, placed, k))));
      await breathe(options?.pace);
    }
    return columns;
  });
}

async function walk<H>(
  device: Primitives<H>,
  data: H,
  components: GaussianComponents,
  options: KernelOptions | undefined,
  reduce: OnDevice<H>,
  collect: OnHost,
  columnsOf: (rows: H, placed: PlacedComponents<H>, lowest: H, hold: Keep<H>) => Promise<H[]>,
): Promise<void> {
  await withHandles(device, async (keep) => {
    options?.pace?.check();
    const { count, features } = components;
    const [rows] = device.shape(data);
    const placed = await placeComponents(device, components, keep);
    const constants = await placeConstants(device, keep);
    const allLowest = await placeColumn(device, keep, Math.min(rows, spanRows(features, count)), lowestTerm(device.precision));
    for (const { start, end } of spansOf(rows, features, count)) {
      await withHandles(device, async (hold) => {
        const span = hold(device.sliceRows(data, start, end));
        const lowest = hold(device.sliceRows(allLowest, 0, end - start));
        const columns = await columnsOf(span, placed, lowest, hold);
        const found = hold(device.scope(() => reduce(device.joinColumns(columns), constants)));
        collect(await device.download(found), start);
        await breathe(options?.pace);
      });
    }
  });
}
