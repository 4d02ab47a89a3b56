import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { inStrides, rowRange } from "@mixtura/core/authoring";
import type { ColumnProfile } from "../rows/profile.ts";
import { createProfiler } from "../rows/profile.ts";
import { createConfirmation } from "./confirm.ts";
import { createColumnLooker } from "./look.ts";

/** A profile of columns that were looked at. */
export type LookedAt = ColumnProfile & Required<Pick<ColumnProfile, "look">>;

/** Passes over pieces of rows, in order; the same rows each time. */
export type Walk = (piece: (X: Matrix, sampleWeight: Float64Array | undefined) => void) => Promise<void>;

/**
 * Looks at the columns of rows: one walk, and a second one where columns seem to depend on others, to ask every row.
 *
 * @param walk pieces of a whole multiple of 256 rows, the last one apart
 * @param rows how many there are, where that is known
 * @remarks O(n·d) a walk, and what {@link createColumnLooker} takes once.
 */
export async function lookAtPieces(columns: number, walk: Walk, rows?: number): Promise<LookedAt> {
  const profiler = createProfiler(columns);
  const looker = createColumnLooker(columns, rows);
  await walk((X, sampleWeight) => {
    profiler.add(X, sampleWeight);
    looker.add(X, sampleWeight);
  });
  const profile = profiler.finish();
  const look = looker.finish(profile);
  if (look.dependencies.length === 0) return { ...profile, look };
  const confirmation = createConfirmation(look.dependencies, profile.variances);
  await walk((X, sampleWeight) => confirmation.add(X, sampleWeight));
  return { ...profile, look: { ...look, dependencies: confirmation.finish() } };
}

/**
 * Looks at the columns of rows in memory.
 *
 * @throws MixturaError (by rejection) `aborted`
 */
export function lookAt(X: Matrix, weights: Float64Array | undefined, pace: Pace): Promise<LookedAt> {
  const walk: Walk = (piece) => inStrides(X.rows, pace, (start, end) => piece(rowRange(X, start, end), weights?.subarray(start, end)));
  return lookAtPieces(X.columns, walk, X.rows);
}
