import type { Scatter } from "@mixtura/backend";
import type { RowSet } from "@mixtura/backend/rows";
import { labelledMoments } from "@mixtura/backend/rows";
import type { Pace } from "@mixtura/core";
import type { Partition } from "../gaussian-mixture/starts.ts";

/** The partition of rows into k groups by labels, −1 for rows of none. Its centres are the groups' means, so that the scatter is taken about them. */
export async function labelledPartition<H>(
  rows: RowSet<H>,
  labels: Int32Array,
  k: number,
  scatter: Scatter,
  pace: Pace,
): Promise<Partition> {
  const moments = (centres: Float64Array, of: Scatter): ReturnType<Partition["moments"]> =>
    labelledMoments(rows, labels, { centres, scatter: of, pace });
  const { s0, s1 } = await moments(new Float64Array(k * rows.features), "none");
  const centres = s1.map((value, at) => {
    const mass = s0[Math.floor(at / rows.features)]!;
    return mass > 0 ? value / mass : 0;
  });
  return { centres, moments: (about) => moments(about, scatter) };
}
