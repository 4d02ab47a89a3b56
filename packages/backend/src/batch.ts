// Batches of rows that a fitted model is asked about; apart from the rows of fits, so that a page which fits does not carry it.
export type { BatchProblem, BatchWork } from "./rows/with-rows.ts";
export { withRows } from "./rows/with-rows.ts";
