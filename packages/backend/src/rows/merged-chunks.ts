import { mergeMoments } from "../merge-moments.ts";
import type { Moments } from "../moments.ts";
import type { RowChunk, RowSet } from "./rows.ts";

/** What `pass` returns for each chunk, merged in order. */
export async function mergedChunks<H>(rows: RowSet<H>, pass: (chunk: RowChunk<H>) => Promise<Moments>): Promise<Moments> {
  let total: Moments | undefined;
  for await (const chunk of rows.chunks()) {
    const moments = await pass(chunk);
    total = total === undefined ? moments : mergeMoments(total, moments);
  }
  if (total === undefined) throw new TypeError("a row set holds at least one row");
  return total;
}
