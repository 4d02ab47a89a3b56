import type { BlockSource } from "@mixtura/core";
import { readError } from "./errors.ts";
import type { Layout } from "./layout.ts";
import type { CSVBlockOptions } from "./options.ts";
import { checkCSVBlockOptions } from "./options.ts";
import type { ReadContext } from "./read.ts";
import type { DroppedRows } from "./rows.ts";
import type { CSVOpener } from "./source.ts";
import { byteChunks } from "./source.ts";
import type { OpenTable } from "./table.ts";
import { openTable } from "./table.ts";
import type { CSVBlock, WalkSummary } from "./walk.ts";
import { defaultBlockRows, featureNames, walkTable } from "./walk.ts";

/** A CSV file as rows that come in blocks and may be walked many times. */
export interface CSVBlockSource extends BlockSource {
  /** Rows of each walk (without those dropped); known once a walk came to its end. */
  readonly rows?: number;
  /** Rows left out by each walk; known once a walk came to its end. */
  readonly dropped?: DroppedRows;
  readonly featureNames?: readonly string[];
  /** Names of all columns of the file; absent when it has no header. */
  readonly header?: readonly string[];
  /** The delimiter that was given or found. */
  readonly delimiter: string;
  readonly skippedColumns: readonly string[];
  /**
   * Starts a walk. The memory of a block's numbers is used again for the next one; kept texts are new in each block.
   *
   * @throws MixturaError as the walk goes on: `read-error` (also when the rows differ from those of the walk before), `not-finite`,
   *   `invalid-weight`, `aborted`
   */
  blocks(options?: { readonly signal?: AbortSignal }): AsyncGenerator<CSVBlock, WalkSummary>;
}

/**
 * A CSV table that is read anew for each walk, so that it need not fit in memory.
 *
 * The head is read at once: names, delimiter and choice of columns are checked before any work. Values are checked as a walk meets them.
 *
 * @param open gives the source from its start, each time it is called, such as `() => file` for a `File` of a browser
 * @throws MixturaError rejects with `unknown-option`, `invalid-option`, `read-error`, `aborted`
 * @remarks Memory is one block and one piece of the source.
 * @example
 * ```ts run
 * const source = await csvBlockSource(() => "a,b\n1,2\n3,4\n5,6\n", { blockRows: 2 });
 * source.columns // => 2
 * const sizes = [];
 * for await (const { X } of source.blocks({})) sizes.push(X.rows);
 * sizes // => [2, 1]
 * source.rows // => 3
 * ```
 */
export async function csvBlockSource(open: CSVOpener, options?: CSVBlockOptions, context?: ReadContext): Promise<CSVBlockSource> {
  const checked = checkCSVBlockOptions("csvBlockSource", options);
  const start = async (signal: AbortSignal | undefined): Promise<OpenTable> => openTable(byteChunks(open, checked.name, signal), checked);
  const first = await start(context?.signal);
  await first.close();
  const { layout } = first;
  const blockRows = checked.blockRows ?? defaultBlockRows(layout.features.length);
  const names = featureNames(layout);
  const known: { rows?: number; dropped?: DroppedRows } = {};

  async function* blocks({ signal }: { readonly signal?: AbortSignal } = {}): AsyncGenerator<CSVBlock, WalkSummary> {
    const table = await start(signal);
    if (!sameLayout(table.layout, layout)) {
      await table.close();
      throw changedBetweenPasses(checked.name, "its columns are not those of before");
    }
    const summary = yield* walkTable(table, checked, { blockRows, reuse: true, signal });
    const rows = summary.rows - summary.dropped.count;
    if (known.rows !== undefined && known.rows !== rows)
      throw changedBetweenPasses(checked.name, `it has ${rows} rows, before it had ${known.rows}`);
    known.rows = rows;
    known.dropped = summary.dropped;
    return summary;
  }

  return Object.assign(known, {
    columns: layout.features.length,
    ...(names === undefined ? {} : { featureNames: names }),
    ...(layout.header === undefined ? {} : { header: layout.header }),
    delimiter: layout.delimiter,
    skippedColumns: layout.skippedColumns,
    blocks,
  });
}

function sameLayout(a: Layout, b: Layout): boolean {
  return a.delimiter === b.delimiter && a.width === b.width && a.header?.join("\n") === b.header?.join("\n");
}

/** The error of a source whose rows are not those of the pass before. */
export function changedBetweenPasses(source: string, found: string): Error {
  return readError(
    source,
    `the table changed between two passes (${found}). A fit needs the same rows in every pass; work on a copy that nobody writes to.`,
  );
}
