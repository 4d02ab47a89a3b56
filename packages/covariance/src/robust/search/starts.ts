import type { Matrix } from "@mixtura/core";
import type { Sample } from "../concentrate/sample.ts";
import { openSample, releaseSample, spreadOf, squaredDistances } from "../concentrate/sample.ts";
import { flooredWhitening } from "../concentrate/floored.ts";
import { markNearest } from "../order/nearest.ts";
import { scaleFor } from "../scale/scale.ts";
import { deterministicStarts } from "../starts/deterministic.ts";
import type { SearchContext } from "./context.ts";
import { partSize } from "./part-size.ts";
import { spacedRows } from "./spaced-rows.ts";

/** A start. */
export interface Start {
  /** A number per row that is small for rows of the start. */
  readonly distances: Float64Array;
  /** The covariance of those rows. */
  readonly covariance: () => Promise<Float64Array>;
}

/**
 * The deterministic starts of a sample. Those of many rows are made in an evenly spaced part of them, and carried over by the ellipsoids that its
 * subsets make.
 *
 * @param rows the rows of the sample, in the coordinates that starts are made in: features of robust scale 1
 * @param count rows of a start
 */
export async function* startsOf(
  rows: Matrix,
  sample: Sample,
  count: number,
  { backend, pace }: SearchContext,
): AsyncGenerator<Start, void> {
  const { rows: n, columns: p } = sample;
  const size = partSize(p);
  const spreadOfStart = async (own: Sample, distances: Float64Array, taken: number) => {
    const { labels } = await markNearest(distances, taken, new Int32Array(own.rows), pace);
    return spreadOf(own, labels, new Float64Array(p));
  };
  if (n <= 2 * size) {
    for await (const distances of deterministicStarts(rows, scaleFor(n), backend, pace))
      yield { distances, covariance: async () => (await spreadOfStart(sample, distances, count)).covariance };
    return;
  }
  const part = openSample(spacedRows(rows, size), backend, pace);
  try {
    for await (const near of deterministicStarts(part, scaleFor(size), backend, pace)) {
      const { location, covariance } = await spreadOfStart(part, near, Math.ceil((count / n) * size));
      const distances = await squaredDistances(sample, { location, whitening: flooredWhitening(location, covariance) });
      yield { distances, covariance: async () => covariance };
    }
  } finally {
    releaseSample(part);
  }
}
