// A module of its own, to be imported when a batch method runs: programs that score single points then bundle without the kernels.
import type { BatchProblem, BatchWork } from "@mixtura/backend/batch";
import { withRows as withRowsOf } from "@mixtura/backend/batch";

/** Uploads rows, lets `work` compute on them, and frees them whatever happens. Where nobody said otherwise, many rows go to WASM. */
export function withRows<T>(problem: Omit<BatchProblem, "load">, work: (batch: BatchWork) => Promise<T>): Promise<T> {
  return withRowsOf({ ...problem, load: () => import("@mixtura/backend-wasm/default") }, work);
}
