/** Rows of a part: enough for the six starts to separate the bulk from the rest, in any dimension. */
const ROWS = 2000;
const ROWS_PER_FEATURE = 20;

/** How many rows are enough to look for starts in. */
export function partSize(features: number): number {
  return Math.max(ROWS, ROWS_PER_FEATURE * features);
}
