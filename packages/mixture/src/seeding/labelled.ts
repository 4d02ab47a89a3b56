import type { Scatter } from "@mixtura/backend";
import type { Passes } from "@mixtura/backend/rows";
import type { Partition } from "../gaussian-mixture/starts.ts";

/** The partition of rows into k groups by labels, −1 for rows of none. Its centres are the groups' means, so that the scatter is taken about them. */
export async function labelledPartition(rows: Passes, labels: Int32Array, k: number, scatter: Scatter): Promise<Partition> {
  const { s0, s1 } = await rows.moments({ labels }, { centres: new Float64Array(k * rows.features), scatter: "none" });
  const centres = s1.map((value, at) => {
    const mass = s0[Math.floor(at / rows.features)]!;
    return mass > 0 ? value / mass : 0;
  });
  return { centres, moments: (about) => rows.moments({ labels }, { centres: about, scatter }) };
}
