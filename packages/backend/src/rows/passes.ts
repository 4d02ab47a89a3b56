import type { Pace } from "@mixtura/core";
import type { GaussianComponents } from "../components.ts";
import type { ExpectationOptions } from "../contract.ts";
import type { Moments } from "../moments.ts";
import type { RowChunk, RowSet } from "./rows.ts";

/** One pass of expectation and moments over all rows: chunks are passed one by one and merged in order. */
export function expectation<H>(
  rows: RowSet<H>,
  components: GaussianComponents,
  options: Omit<ExpectationOptions, "rowWeights"> & { readonly pace: Pace },
): Promise<Moments> {
  return merged(rows, (chunk) => rows.backend.kernels.expectation(chunk.handle, components, { ...options, rowWeights: chunk.rowWeights }));
}

/** Merges what `pass` returns for each chunk, in order. Resident rows are passed directly. */
export async function merged<H>(rows: RowSet<H>, pass: (chunk: RowChunk<H>) => Promise<Moments>): Promise<Moments> {
  if (rows.resident !== undefined) return pass(rows.resident);
  const { mergedChunks } = await import("./block-rows.ts");
  return mergedChunks(rows, pass);
}
