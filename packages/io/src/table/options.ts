import type { DeclarationsOf } from "@mixtura/core";
import type { EncodingChoice } from "../text/to-utf8.ts";
import { MISSING_TEXTS } from "./missing.ts";

/**
 * A column of a file: its name, or its number, counted from 1. A text of digits that is no name counts as a number, and one like "4:6" in a list as the columns 4 to 6. In
 * JSON a name may lead into objects: "res.statusCode".
 */
export type ColumnChoice = string | number;

/** How the columns and rows of a table are used, in any format. */
export interface TableOptions {
  /** The columns that become features, in this order. Default: all that `drop`, `keep` and `weightColumn` leave. */
  readonly columns?: readonly ColumnChoice[];
  /** Columns to pass over. */
  readonly drop?: readonly ColumnChoice[];
  /** Columns handed on as text, such as labels; "all" hands on every column in addition to its use as a feature. */
  readonly keep?: readonly ColumnChoice[] | "all";
  /** The column of row weights: how often each row counts. It becomes `sampleWeight`. */
  readonly weightColumn?: ColumnChoice;
  /** Texts that stand for a missing value, besides an empty cell and the usual ones. */
  readonly na?: readonly string[];
  /**
   * What to do with a row in which a feature or the weight is missing: empty, null, NA, N/A, #N/A, NaN or ?, and among numbers also -, ., None, n.a. and
   * the like. Default "error".
   */
  readonly missing?: "error" | "drop";
  /**
   * What to do with any other row that cannot be read: a cell that is no number, a missing value where `missing` is "error", another width, a line that is
   * no JSON. "report" leaves such rows out and lists them with their reasons. Default "error".
   */
  readonly badRows?: "error" | "report";
  /** Whether a column of text that is left out, and may identify rows by its name or as the only one, is handed on as with `keep`. Default "skip". */
  readonly identifiers?: "skip" | "keep";
  /** How many of the columns of text that are left out are handed on as with `keep`, the first ones: they are read in the same pass. Default 0. */
  readonly keepTexts?: number;
  /** Whether a table may have names and no rows, as a night without events leaves it. Default "error". */
  readonly noRows?: "error" | "allow";
  /**
   * How the bytes are text; "latin1" is another name of "windows-1252". A byte order mark counts for more. Default "auto": UTF-8, unless the bytes are
   * none and can only be Western European text; then Windows-1252, and the table's `encoding` says so.
   */
  readonly encoding?: EncodingChoice;
  /** What errors call the source. Default: the path, or "the CSV text" and the like. */
  readonly name?: string;
}

/** Checked options, with their defaults. */
export type CheckedTableOptions = Readonly<
  TableOptions & Required<Pick<TableOptions, "missing" | "badRows" | "noRows" | "encoding" | "name">>
>;

const column = { kind: "either", alternatives: [{ kind: "text" }, { kind: "integer", minimum: 1 }] } as const;

const listOfColumns = { kind: "list", items: column } as const;

/** The options of {@link TableOptions} as data: for validation, error texts, flags and tables. */
export const tableOptionDeclarations = {
  columns: {
    range: { ...listOfColumns, minimumItems: 1 },
    description:
      "Names or numbers (from 1; 4:6 for three of them) of the columns that become features; in JSON also fields within fields, such as res.statusCode.",
  },
  drop: { range: listOfColumns, description: "Names or numbers (from 1) of columns to ignore." },
  keep: {
    range: { kind: "either", alternatives: [listOfColumns, { kind: "choice", choices: ["all"] }] },
    description: 'Columns copied to the output as text; "all" for every column.',
  },
  weightColumn: { range: column, description: "The column of row weights: how often each row counts." },
  na: {
    range: { kind: "list", items: { kind: "text" } },
    description: "Texts that stand for a missing value, besides an empty cell and the usual ones.",
  },
  missing: {
    range: { kind: "choice", choices: ["error", "drop"] },
    description: `What to do with a row that has a missing value (an empty cell, ${MISSING_TEXTS.join(", ")}): stop with an error, or skip the row and report it.`,
    default: "error",
  },
  badRows: {
    range: { kind: "choice", choices: ["error", "report"] },
    description: "What to do with a row that cannot be read: stop with an error, or leave it out and list it with the reason.",
    default: "error",
    flag: false,
  },
  identifiers: {
    range: { kind: "choice", choices: ["skip", "keep"] },
    description: "What to do with a column of text that may identify rows: leave it out like any other, or hand it on.",
    default: "skip",
    flag: false,
  },
  keepTexts: {
    range: { kind: "integer", minimum: 0 },
    description: "How many of the columns of text that are left out are handed on all the same.",
    flag: false,
  },
  noRows: {
    range: { kind: "choice", choices: ["error", "allow"] },
    description: "Whether a table may have names and no rows.",
    default: "error",
    flag: false,
  },
  encoding: {
    range: { kind: "choice", choices: ["auto", "utf-8", "utf-16le", "utf-16be", "windows-1252", "latin1"] },
    description:
      'How the bytes are text, where no byte order mark says it; "auto" takes UTF-8, and Windows-1252 (Latin-1) for what can only be that.',
    default: "auto",
  },
  name: { range: { kind: "text" }, description: "What errors call the source.", default: "the table", flag: false },
} as const satisfies DeclarationsOf<TableOptions>;

/** How a table is cut into blocks, besides how it is read. */
export interface BlockSize {
  /** Rows of a block. Default 65,536, or fewer where a block would hold more than 4,194,304 numbers (32 MiB). */
  readonly blockRows?: number;
}

/** The size of blocks, declared once. */
export const blockSizeDeclarations = {
  blockRows: {
    range: { kind: "integer", minimum: 1 },
    description: "Rows of a block; fewer by default where rows are wide.",
    unit: "rows",
  },
} as const satisfies DeclarationsOf<BlockSize>;
