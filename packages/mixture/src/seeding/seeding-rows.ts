import type { Metric, PassBackend } from "@mixtura/backend";
import type { RowSet } from "@mixtura/backend/rows";
import type { Matrix } from "@mixtura/core";
import { sampleRows } from "./sample-rows.ts";

/** Rows to choose starting points from. */
export interface SeedingRows<H = unknown> {
  readonly backend: PassBackend<H>;
  readonly host: Matrix;
  readonly rowWeights: Float64Array | undefined;
  /** How distances between them are measured; not "full". */
  readonly metric: Metric;
  /** Brings them to the backend, where they are not there already. */
  place(): Promise<PlacedRows<H>>;
}

/** The same rows on the backend, until they are released. */
export interface PlacedRows<H> {
  readonly handle: H;
  /** What was subtracted from every row. Length d. */
  readonly origin: Float64Array;
  release(): void;
}

/** The rows of a row set, or their sample where they are not resident, under a metric. */
export function seedingRows<H>(rows: RowSet<H>, metric: Metric): SeedingRows<H> {
  return {
    ...rows.sample,
    backend: rows.backend,
    metric,
    async place() {
      const sample = await sampleRows(rows);
      return { handle: sample.resident.handle, origin: sample.origin, release: () => sample.release() };
    },
  };
}
