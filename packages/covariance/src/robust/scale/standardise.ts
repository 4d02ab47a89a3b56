import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";
import { medianInPlace } from "../order/select.ts";
import { deviationScale, mostTied, noiseOf, scaleFor } from "./scale.ts";

/**
 * Rows in coordinates of median 0 and robust scale 1, in a given order, and how they came about. Columns that hold one value are left out: they
 * say nothing about the rows.
 */
export interface Standardised extends Matrix {
  /** Which column of the data each column is. */
  readonly active: readonly number[];
  /** Columns of the data that are left out because they hold one value. */
  readonly constant: readonly number[];
  /** Other columns of which so many rows hold one value that their unit is no robust scale. */
  readonly tied: readonly number[];
  /** For every column of the data; the scale of one that is left out means nothing. */
  readonly centre: Float64Array;
  readonly scale: Float64Array;
}

/** Which of the standardised columns are tied. */
export function tiedColumns({ active, tied }: Standardised): readonly number[] {
  return tied.map((column) => active.indexOf(column));
}

/** A robust scale that the deviations from a frequent value exceed as many times is that of its ties. */
const FOOLED = 2;
/** Medians and scales are taken of this number of rows at most, evenly spaced. */
const MOST_SCALE_ROWS = 2 ** 15;
/** Numbers beyond this are brought here: as far out as anything can be, and products of four are still numbers. */
const FARTHEST = 1e60;

/**
 * Brings every column to median 0 and robust scale 1: Qn, or the τ-scale for many rows. A column of which about half and more hold one value has no
 * such scale, or one that is that of its ties; {@link deviationScale} takes its place where it is larger. What is far out stays finite.
 *
 * @param order the rows to take, in the order to have
 * @remarks O(n p) time; one copy of the rows.
 */
export async function standardise({ data, columns: p }: Matrix, order: Uint32Array, pace: Pace): Promise<Standardised> {
  const n = order.length;
  const centre = new Float64Array(p);
  const scale = new Float64Array(p);
  const constant: number[] = [];
  const tied: number[] = [];
  const kept = Math.min(n, MOST_SCALE_ROWS);
  const values = new Float64Array(kept);
  const scratch = new Float64Array(kept);
  const robustScale = scaleFor(kept);
  for (let j = 0; j < p; j++) {
    for (let i = 0; i < kept; i++) values[i] = data[order[Math.floor((i * n) / kept)]! * p + j]!;
    scratch.set(values);
    const middle = (centre[j] = medianInPlace(scratch));
    const robust = robustScale(values);
    const frequent = mostTied(values, scratch);
    const isScale = robust > noiseOf(middle);
    const deviation = isScale && frequent === undefined ? 0 : deviationScale(kept === n ? values : await columnOf(j), frequent ?? middle);
    if (isScale && deviation <= FOOLED * robust) scale[j] = robust;
    else {
      (deviation > 0 ? tied : constant).push(j);
      scale[j] = deviation > 0 ? deviation : 1;
    }
    if (pace.due()) await pace.turn();
  }
  const active = Array.from({ length: p }, (_, j) => j).filter((j) => !constant.includes(j));
  const columns = active.length;
  const from = Int32Array.from(active);
  const middles = Float64Array.from(active, (j) => centre[j]!);
  const perScale = Float64Array.from(active, (j) => 1 / scale[j]!);
  const out = new Float64Array(n * columns);
  await inStrides(n, pace, (start, end) => {
    for (let i = start, at = start * columns; i < end; i++) {
      const row = order[i]! * p;
      for (let k = 0; k < columns; k++) {
        const z = (data[row + from[k]!]! - middles[k]!) * perScale[k]!;
        out[at++] = z > FARTHEST ? FARTHEST : z < -FARTHEST ? -FARTHEST : z;
      }
    }
  });
  return { data: out, rows: n, columns, active, constant, tied, centre, scale };

  async function columnOf(j: number): Promise<Float64Array> {
    const column = new Float64Array(n);
    await inStrides(n, pace, (start, end) => {
      for (let i = start; i < end; i++) column[i] = data[order[i]! * p + j]!;
    });
    return column;
  }
}
