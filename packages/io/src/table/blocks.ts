import type { BlockSource } from "@mixtura/core";
import { readError } from "./errors.ts";
import type { BlockSize, CheckedTableOptions } from "./options.ts";
import type { OpenTable } from "./record.ts";
import type { Remark } from "./remarks.ts";
import { leftOutRemarks } from "./remarks.ts";
import type { DroppedRows } from "./rows.ts";
import type { TableBlock, TextFacts, WalkSummary } from "./walk.ts";
import { defaultBlockRows, featureNames, walkTable } from "./walk.ts";
import type { ReadContext } from "./source.ts";

/** A file as rows that come in blocks and may be walked many times. */
export interface TableBlockSource extends BlockSource, Partial<TextFacts> {
  /** Rows of each walk (without those left out); known once a walk came to its end. */
  readonly rows?: number;
  /** Rows that could not be read, where they are reported; known once a walk came to its end. */
  readonly badRows?: number;
  /** Rows left out by each walk; known once a walk came to its end. */
  readonly dropped?: DroppedRows;
  readonly featureNames?: readonly string[];
  /** Names of all columns of the file; absent when it has none. */
  readonly header?: readonly string[];
  readonly skippedColumns: readonly string[];
  /** What the reading took for granted and what it left out; known once a walk came to its end, absent where there is nothing to say. */
  readonly remarks?: readonly Remark[];
  /**
   * Starts a walk. The memory of a block's numbers is used again for the next one; kept texts are new in each block.
   *
   * @throws MixturaError as the walk goes on: `read-error` (also when the rows differ from those of the walk before), `not-finite`,
   *   `invalid-weight`, `aborted`
   */
  blocks(options?: { readonly signal?: AbortSignal }): AsyncGenerator<TableBlock, WalkSummary>;
}

/**
 * A table that is opened anew for each walk.
 *
 * @param start opens it and reads its head
 * @param explain what an error of a walk becomes
 * @param sameHead whether two openings show the same columns
 */
export async function blockSource<Opened extends OpenTable>(
  start: (context: ReadContext) => Promise<Opened>,
  options: CheckedTableOptions & BlockSize,
  sameHead: (first: Opened, now: Opened) => boolean,
  context: ReadContext | undefined,
  explain: (error: unknown, opened: Opened) => Promise<unknown> = (error) => Promise.resolve(error),
): Promise<{ readonly source: TableBlockSource; readonly first: Opened }> {
  const first = await start(context ?? {});
  const { signal: _, ...loading } = context ?? {};
  await first.close();
  const { layout } = first;
  const blockRows = options.blockRows ?? defaultBlockRows(layout.features.length);
  const names = featureNames(layout);
  const known: { rows?: number; badRows?: number; dropped?: DroppedRows; remarks?: readonly Remark[] } & Partial<TextFacts> = {
    ...first.text.form,
  };

  async function* blocks({ signal }: { readonly signal?: AbortSignal } = {}): AsyncGenerator<TableBlock, WalkSummary> {
    const table = await start({ ...loading, ...(signal === undefined ? {} : { signal }) });
    if (table.layout.width !== layout.width || table.layout.header?.join("\n") !== layout.header?.join("\n") || !sameHead(first, table)) {
      await table.close();
      throw changedBetweenPasses(options.name, "its columns are not those of before");
    }
    let summary: WalkSummary;
    try {
      summary = yield* walkTable(table, options, { blockRows, reuse: true, signal });
    } catch (error) {
      throw await explain(error, table);
    }
    const rows = summary.rows - summary.dropped.count - summary.badRows;
    if (known.rows !== undefined && known.rows !== rows)
      throw changedBetweenPasses(options.name, `it has ${rows} rows, before it had ${known.rows}`);
    known.rows = rows;
    known.dropped = summary.dropped;
    known.badRows = summary.badRows;
    Object.assign(known, summary.facts);
    const remarks = [...leftOutRemarks(layout, layout.leftOut), ...(table.remarks?.() ?? [])];
    if (remarks.length > 0) known.remarks = remarks;
    return summary;
  }

  const source = Object.assign(known, {
    columns: layout.features.length,
    ...(names === undefined ? {} : { featureNames: names }),
    ...(layout.header === undefined ? {} : { header: layout.header }),
    skippedColumns: layout.skippedColumns,
    blocks,
  });
  return { source, first };
}

/** The error of a source whose rows are not those of the pass before. */
export function changedBetweenPasses(source: string, found: string): Error {
  return readError(
    source,
    `the table changed between two passes (${found}). A fit needs the same rows in every pass; work on a copy that nobody writes to.`,
  );
}
