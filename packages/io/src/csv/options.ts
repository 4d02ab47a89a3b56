import type { DeclarationsOf } from "@mixtura/core";
import { checkOptions, MixturaError } from "@mixtura/core";
import * as z from "zod/mini";
import { MISSING_TEXTS } from "./cell.ts";

/** A column of a file: its name in the header, or its number, counted from 1. A text of digits that is no name counts as a number. */
export type ColumnChoice = string | number;

/** How a CSV file is read. */
export interface CSVOptions {
  /** What stands between two fields: "auto" finds `,` `;` tab or `|`; otherwise one ASCII character, or "tab". Default "auto". */
  readonly delimiter?: string;
  /** Whether the first row holds names. Default "auto": it does when none of its cells is a number. */
  readonly header?: boolean | "auto";
  /** The mark before a number's decimals. Default ".". */
  readonly decimal?: "." | ",";
  /** The columns that become features, in this order. Default: all that `drop`, `keep` and `weightColumn` leave. */
  readonly columns?: readonly ColumnChoice[];
  /** Columns to pass over. */
  readonly drop?: readonly ColumnChoice[];
  /** Columns handed on as text, such as labels; "all" hands on every column beside its use as a feature. */
  readonly keep?: readonly ColumnChoice[] | "all";
  /** The column that says how often each row counts. It becomes `sampleWeight`. */
  readonly weightColumn?: ColumnChoice;
  /** What to do with a row in which a feature or the weight is missing: empty, NA, N/A, #N/A, NaN, null or ?. Default "error". */
  readonly missing?: "error" | "drop";
  /** What errors call the source. Default: the path, or "the CSV text". */
  readonly name?: string;
}

/** Checked options, with their defaults. */
export type CheckedCSVOptions = Readonly<CSVOptions & Required<Pick<CSVOptions, "delimiter" | "header" | "decimal" | "missing" | "name">>>;

const column = z.union([z.string(), z.int().check(z.gte(1))]);

function isDelimiter(value: unknown): value is string {
  return typeof value === "string" && (value === "auto" || value === "tab" || /^[\t -~]$/.test(value)) && !/^["0-9A-Za-z.+-]$/.test(value);
}

/** The options of {@link CSVOptions} as data: for validation, error texts, flags and tables. */
export const csvOptionDeclarations = {
  delimiter: {
    schema: z
      .custom<string>(isDelimiter)
      .check(z.describe('"auto", "tab" or one character that is no letter, digit, quote, point or sign')),
    description: 'What stands between two fields; "auto" finds a comma, semicolon, tab or bar.',
    default: "auto",
  },
  header: {
    schema: z.union([z.boolean(), z.literal("auto")]),
    description: 'Whether the first row holds names; "auto" takes it for names when none of its cells is a number.',
    default: "auto",
  },
  decimal: { schema: z.enum([".", ","]), description: "The mark before a number's decimals.", default: "." },
  columns: { schema: z.array(column).check(z.minLength(1)), description: "Names or numbers (from 1) of the columns that become features." },
  drop: { schema: z.array(column), description: "Names or numbers (from 1) of columns to pass over." },
  keep: { schema: z.union([z.array(column), z.literal("all")]), description: 'Columns handed on as text; "all" for every column.' },
  weightColumn: { schema: column, description: "The column that says how often each row counts." },
  missing: {
    schema: z.enum(["error", "drop"]),
    description: `What to do with a row that lacks a value (an empty cell, ${MISSING_TEXTS.join(", ")}): stop, or leave the row out and report it.`,
    default: "error",
  },
  name: { schema: z.string(), description: "What errors call the source.", default: "the CSV text", flag: false },
} as const satisfies DeclarationsOf<CSVOptions>;

/** How a file is cut into blocks, besides how it is read. */
export interface CSVBlockOptions extends CSVOptions {
  /** Rows of a block. Default 65,536, or fewer where a block would hold more than 4,194,304 numbers (32 MiB). */
  readonly blockRows?: number;
}

/** The options of reading CSV in blocks, declared once: those of reading it whole, and the size of a block. */
export const csvBlockOptionDeclarations = {
  ...csvOptionDeclarations,
  blockRows: { schema: z.int().check(z.gte(1)), description: "Rows of a block; fewer by default where rows are wide.", unit: "rows" },
} as const satisfies DeclarationsOf<CSVBlockOptions>;

/** @throws MixturaError `unknown-option`, `invalid-option` */
export function checkCSVOptions(caller: string, options: CSVOptions | undefined): CheckedCSVOptions {
  return settled(caller, checkOptions(caller, csvOptionDeclarations, options) as unknown as CheckedCSVOptions);
}

/** @throws MixturaError `unknown-option`, `invalid-option` */
export function checkCSVBlockOptions(caller: string, options: CSVBlockOptions | undefined): CheckedCSVOptions & CSVBlockOptions {
  return settled(caller, checkOptions(caller, csvBlockOptionDeclarations, options) as unknown as CheckedCSVOptions & CSVBlockOptions);
}

function settled<Options extends CheckedCSVOptions>(caller: string, options: Options): Options {
  const delimiter = options.delimiter === "tab" ? "\t" : options.delimiter;
  if (delimiter === options.decimal) {
    throw new MixturaError(
      "invalid-option",
      `${caller}: "${delimiter}" cannot be the delimiter and the decimal mark as well. Set "delimiter" or "decimal".`,
      {
        option: "delimiter",
        found: delimiter,
      },
    );
  }
  return { ...options, delimiter };
}
