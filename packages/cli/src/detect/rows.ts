import type { FittedModel, Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { BadRows, Table, TableBlockSource } from "@mixtura/io";
import type { KeptColumn } from "@mixtura/io/internal";
import type { OnceInput } from "../files/once.ts";
import { onceInput } from "../files/once.ts";
import type { ReadFacts } from "../files/note-reading.ts";
import { fileBytes } from "../files/pipe.ts";
import type { TableChoice } from "../files/table.ts";
import { formatOf, sourceName } from "../files/table.ts";
import { openRows } from "../predict/open-rows.ts";
import type { Terminal } from "../terminal.ts";
import type { BadEvent, Event } from "./events.ts";
import { eventRows } from "./events.ts";
import type { Judgement } from "./judge.ts";
import { partOf } from "./judge.ts";

/** Some rows to judge, one block after the other. */
export interface RowBlock {
  /** What the detector said about them when it was fitted on them. */
  readonly judgement?: Judgement;
  readonly X: Matrix;
  readonly kept: readonly KeptColumn[];
  /** The number of a row of the block in its source, from 1. */
  readonly rowOf: (row: number) => number;
  /** The rows as they came, where they are events. */
  readonly events?: readonly Event[];
  /** Rows that could not be read, of those between the last row of the block before and the last of this one. */
  readonly bad?: BadRows;
  /** The same rows as they came, where they are events. */
  readonly badEvents?: readonly BadEvent[];
}

/** Rows to judge, and how many were left out once they have passed. */
export interface RowSource {
  /** Whether its blocks hold events. */
  readonly ofEvents?: boolean;
  /** The table that they come from, where it is not in memory. */
  readonly source?: TableBlockSource;
  blocks(): AsyncIterable<RowBlock>;
  dropped(): number;
  /** What there is to say of their text once they have passed; nothing where that was said before. */
  facts?(): ReadFacts;
}

/** Rows of a block where they lie in memory. */
const BLOCK = 2 ** 15;

/** The rows of a table in memory, with what is known about them already. */
export function tableRows({ X, kept = [], rowIndices, dropped, bad }: Table, judgement?: Judgement): RowSource {
  const { data, rows, columns, featureNames } = X;
  return {
    async *blocks() {
      for (let start = 0; start < Math.max(1, rows); start += BLOCK) {
        const end = Math.min(rows, start + BLOCK);
        const between = bad && badRowsBetween(bad, start === 0 ? 0 : rowIndices![start]!, end === rows ? Infinity : rowIndices![end]!);
        yield {
          X: matrix(data.subarray(start * columns, end * columns), end - start, columns, featureNames),
          kept: kept.map(({ bare, ...column }) => ({
            ...column,
            cells: column.cells.slice(start, end),
            ...(bare === undefined ? {} : { bare: bare.slice(start, end) }),
          })),
          rowOf: (row) => (rowIndices?.[start + row] ?? start + row) + 1,
          ...(judgement === undefined ? {} : { judgement: partOf(judgement, start, end) }),
          ...(between === undefined || between.rows.length === 0 ? {} : { bad: between }),
        };
      }
    },
    dropped: () => dropped.count,
  };
}

/** The bad rows from one place in a file to before another. */
function badRowsBetween({ rows, kept }: BadRows, from: number, to: number): BadRows {
  const inside = ({ row }: BadRows["rows"][number]): boolean => row >= from && row < to;
  const cells = <Cell>(all: readonly Cell[]): Cell[] => all.filter((_, index) => inside(rows[index]!));
  return {
    rows: rows.filter(inside),
    ...(kept === undefined
      ? {}
      : {
          kept: kept.map(({ bare, ...column }) => ({
            ...column,
            cells: cells(column.cells),
            ...(bare === undefined ? {} : { bare: cells(bare) }),
          })),
        }),
  };
}

/** How rows that come one after the other are read and written. */
export interface StreamOptions {
  readonly choice: TableChoice;
  readonly labelColumn: string | undefined;
  /** Whether events may stay what they are: they are written as NDJSON, or not at all. */
  readonly asEvents: boolean;
}

/**
 * The rows of a file or of standard input as they come, for a model that is there already. NDJSON with the model's features by name is read event
 * by event; everything else in blocks.
 */
export async function streamedRows(
  path: string | undefined,
  { choice, labelColumn, asEvents }: StreamOptions,
  model: FittedModel,
  terminal: Terminal,
): Promise<RowSource> {
  const { format, options } = choice;
  const columns = options.columns ?? model.featureNames;
  const named = columns?.length === model.featureCount && columns.every((column) => isName(column, model));
  if (!asEvents || !named || options.weightColumn !== undefined) return tableBlocks(path, choice, model, terminal);
  const context = {
    source: sourceName(path),
    features: columns,
    missing: options.missing ?? "error",
    strict: options.badRows !== "report",
    labelColumn,
    id: choice.id,
    encoding: options.encoding ?? "auto",
    signal: terminal.signal,
  } as const;
  const input = await onceInput(path, terminal);
  const found = format ?? (await formatOf(path, input));
  if (found !== "ndjson") return tableBlocks(path, { ...choice, format: found }, model, terminal, input);
  input?.commit();
  return eventRows(input?.open() ?? fileBytes(path!, terminal), context);
}

/** Whether a choice of a column can be the name of a field: numbers and ranges are places, unless the model knows a feature of that name. */
function isName(choice: string | number, { featureNames = [] }: FittedModel): choice is string {
  return typeof choice === "string" && (featureNames.includes(choice) || !/^\d+(?::\d+)?$/.test(choice));
}

async function tableBlocks(
  path: string | undefined,
  choice: TableChoice,
  model: FittedModel,
  terminal: Terminal,
  input?: OnceInput,
): Promise<RowSource> {
  const source = await openRows(path, choice, model, terminal, input);
  return {
    async *blocks() {
      let before = 0;
      for await (const { X, kept = [], rowIndices, bad } of source.blocks({ signal: terminal.signal })) {
        const start = before;
        yield { X, kept, rowOf: (row) => (rowIndices?.[row] ?? start + row) + 1, ...(bad === undefined ? {} : { bad }) };
        before += X.rows;
      }
    },
    dropped: () => source.dropped?.count ?? 0,
    facts: () => source,
    source,
  };
}
