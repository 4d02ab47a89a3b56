import type { Pace } from "@mixtura/core";
import type { MomentsOptions } from "../contract.ts";
import type { Moments } from "../moments.ts";
import { merged } from "./passes.ts";
import type { RowSet } from "./rows.ts";

/** Moments of labelled groups of all rows. */
export function labelledMoments<H>(
  rows: RowSet<H>,
  labels: Int32Array,
  options: Omit<MomentsOptions, "rowWeights" | "labels"> & { readonly pace: Pace },
): Promise<Moments> {
  return merged(rows, (chunk) =>
    rows.backend.kernels.moments(chunk.handle, {
      ...options,
      labels: labels.subarray(chunk.start, chunk.start + chunk.rows),
      rowWeights: chunk.rowWeights,
    }),
  );
}
