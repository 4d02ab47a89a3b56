import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { createPace, inStrides } from "@mixtura/core/authoring";
import type { PassBackend } from "../contract.ts";
import { pointsIn } from "./change-of-frame.ts";
import type { Frame } from "./frame.ts";

/** Rows as estimators hold them: on the host in float64, and on the device once in every frame that was asked for. */
export interface PlacedRows<H> {
  readonly rows: number;
  readonly columns: number;
  /** The rows of a frame on the device, brought there when they are first asked for. */
  in(frame: Frame, pace: Pace | undefined): Promise<Placement<H>>;
  /** The same rows in float64, relative to their origin. */
  inFull(pace: Pace | undefined): Promise<Matrix>;
  /** Evenly spaced rows in float64, and their indices: the sample that the device's results are checked on. */
  sample(): Sample;
  slice(start: number, end: number): PlacedRows<H>;
  release(): void;
}

/** Rows on the device. */
interface Placement<H> {
  readonly handle: H;
  /** The sample on the device. */
  readonly sample: H;
  /** Whether some row is too far away for single precision. */
  readonly far: boolean;
}

/** Some of the rows. */
interface Sample {
  readonly host: Matrix;
  readonly rows: Int32Array;
}

/** Rows this many standard deviations away may exceed a device's range, in units of a component that is a thousand times narrower than the data. */
const FAR_DEVIATIONS = 2 ** 15;
const LARGEST_SAMPLE = 256;
const SMALLEST_SAMPLE = 16;

/**
 * Rows to be placed on a device.
 *
 * @param source in the data's own coordinates; looked at as long as the rows live
 */
export function placeRows<H>(device: PassBackend<H>, source: Matrix, origin: Float64Array | undefined): PlacedRows<H> {
  const { rows, columns } = source;
  const placements = new Map<Frame, Promise<Placement<H>>>();
  const there = new Set<Placement<H>>();
  let released = false;
  let exact: Matrix | undefined;
  let sample: Sample | undefined;

  const alive = (): void => {
    if (released) throw new TypeError("the rows were released");
  };
  const sampled = (): Sample => (sample ??= sampleOf(source, origin));
  const free = (placement: Placement<H>): void => {
    device.release(placement.handle);
    device.release(placement.sample);
  };
  const place = async (frame: Frame, pace: Pace | undefined): Promise<Placement<H>> => {
    const { host: few } = sampled();
    const { data, far } = await rowsIn(frame, source, origin, pace ?? createPace());
    const handle = await device.upload({ data, rows, columns });
    try {
      const placement = { handle, sample: await device.upload({ ...few, data: pointsIn(frame, few.data, columns) }), far };
      if (released) free(placement);
      else there.add(placement);
      return placement;
    } catch (error) {
      device.release(handle);
      throw error;
    }
  };

  return {
    rows,
    columns,
    async in(frame, pace) {
      alive();
      let placement = placements.get(frame);
      if (placement === undefined) {
        placement = place(frame, pace);
        placements.set(frame, placement);
        // A placement that failed, by an abort say, is tried again when it is next asked for.
        placement.catch(() => placements.delete(frame));
      }
      const found = await placement;
      alive();
      return found;
    },
    async inFull(pace) {
      alive();
      if (exact !== undefined) return exact;
      const data = new Float64Array(rows * columns);
      await inStrides(rows, pace ?? createPace(), (start, end) => {
        data.set(relative(source.data.subarray(start * columns, end * columns), origin, columns), start * columns);
      });
      alive();
      exact = { data, rows, columns };
      return exact;
    },
    sample() {
      alive();
      return sampled();
    },
    slice(start, end) {
      alive();
      return placeRows(device, { data: source.data.subarray(start * columns, end * columns), rows: end - start, columns }, origin);
    },
    release() {
      if (released) return;
      released = true;
      exact = undefined;
      for (const placement of there) free(placement);
      there.clear();
    },
  };
}

function relative(data: Float64Array, origin: Float64Array | undefined, d: number): Float64Array {
  if (origin === undefined) return data.slice();
  const out = new Float64Array(data.length);
  for (let at = 0; at < data.length; at += d) for (let j = 0; j < d; j++) out[at + j] = data[at + j]! - origin[j]!;
  return out;
}

function sampleOf({ data, rows, columns: d }: Matrix, origin: Float64Array | undefined): Sample {
  const count = Math.min(rows, LARGEST_SAMPLE, Math.max(SMALLEST_SAMPLE, Math.ceil(rows / 8)));
  const chosen = Int32Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * rows) / count));
  const out = new Float64Array(count * d);
  chosen.forEach((row, index) => out.set(data.subarray(row * d, (row + 1) * d), index * d));
  return { host: { data: relative(out, origin, d), rows: count, columns: d }, rows: chosen };
}

/** Multiplications between two looks at the clock. */
const STRIDE_WORK = 2 ** 20;

/** A (x − origin) of every row, in float64. */
async function rowsIn(
  { independent, factor }: Frame,
  { data, rows, columns: d }: Matrix,
  origin: Float64Array | undefined,
  pace: Pace,
): Promise<{ data: Float64Array; far: boolean }> {
  const out = new Float64Array(rows * d);
  const x = new Float64Array(d);
  const stride = d * Math.ceil(STRIDE_WORK / (independent ? d : d * d));
  let largest = 0;
  for (let at = 0; at < out.length; at += d) {
    for (let j = 0; j < d; j++) x[j] = data[at + j]! - (origin === undefined ? 0 : origin[j]!);
    for (let i = 0; i < d; i++) {
      let y = 0;
      if (independent) y = factor[i]! * x[i]!;
      else for (let j = 0; j <= i; j++) y += factor[i * d + j]! * x[j]!;
      out[at + i] = y;
      largest = Math.max(largest, Math.abs(y));
    }
    if (at % stride === 0 && pace.due()) await pace.turn();
  }
  return { data: out, far: !(largest < FAR_DEVIATIONS) };
}
