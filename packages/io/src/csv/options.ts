import type { DeclarationsOf } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { checkOptions } from "@mixtura/core/authoring";
import { BLANKS } from "./scanner.ts";
import type { BlockSize, TableOptions } from "../table/options.ts";
import type { TextChoice } from "../table/source.ts";
import { blockSizeDeclarations, tableOptionDeclarations } from "../table/options.ts";

/** How a CSV file is read. */
export interface CSVOptions extends TableOptions {
  /** What stands between two fields: "auto" finds `,` `;` tab, `|` or runs of blanks; otherwise one ASCII character, "tab" or "blanks". Default "auto". */
  readonly delimiter?: string;
  /** Whether the first row holds names. Default "auto": it does when none of its cells is a number, or when all that are can only be names. */
  readonly header?: boolean | "auto";
  /** The decimal mark of numbers. Default "auto": a point, unless the cells of a column show that it is a comma. */
  readonly decimal?: "." | "," | "auto";
  /** What parts groups of three digits: "auto" takes what the cells of a column prove; otherwise a comma, a point, a blank or an apostrophe, or "none". Default "auto". */
  readonly thousands?: string;
  /** Lines to pass over at the start. Default 0. */
  readonly skipRows?: number;
  /** What begins a line that is a comment; empty for no comments. Default "#". */
  readonly comment?: string;
  /** The sheet of an .xlsx workbook: its name, or its number from 1. Default 1. */
  readonly sheet?: string | number;
}

/** Checked options, with their defaults. */
export type CheckedCSVOptions = Readonly<
  CSVOptions &
    Required<
      Pick<
        CSVOptions,
        "delimiter" | "header" | "decimal" | "thousands" | "skipRows" | "comment" | "missing" | "badRows" | "noRows" | "encoding" | "name"
      >
    >
>;

/** Whether a text can stand between two fields. */
export function isDelimiter(value: unknown): value is string {
  return typeof value === "string" && (value === "tab" || value === BLANKS || /^[\t -~]$/.test(value)) && !/^["0-9A-Za-z.+-]$/.test(value);
}

/** The options of {@link CSVOptions} as data: for validation, error texts, flags and tables. */
export const csvOptionDeclarations = {
  delimiter: {
    range: {
      kind: "other",
      words: '"auto", "tab", "blanks" or one character that is no letter, digit, quote, point or sign',
      accepts: (value) => value === "auto" || isDelimiter(value),
    },
    description: 'The separator of fields; "auto" finds a comma, semicolon, tab, bar or runs of blanks.',
    default: "auto",
  },
  header: {
    range: { kind: "either", alternatives: [{ kind: "boolean" }, { kind: "choice", choices: ["auto"] }] },
    description:
      'Whether the first row holds names; "auto" takes it for names when none of its cells is a number, or when those are years or in quotes.',
    default: "auto",
  },
  decimal: {
    range: { kind: "choice", choices: [".", ",", "auto"] },
    description: 'The decimal mark of numbers; "auto" takes a point, unless the cells of a column show a comma.',
    default: "auto",
  },
  thousands: {
    range: { kind: "choice", choices: ["auto", "none", ",", ".", " ", "'"] },
    description: 'What parts groups of three digits; "auto" takes what the cells of a column prove.',
    default: "auto",
  },
  skipRows: { range: { kind: "integer", minimum: 0 }, description: "Lines to pass over at the start.", default: 0 },
  comment: { range: { kind: "text" }, description: "What begins a line that is a comment; empty for no comments.", default: "#" },
  sheet: {
    range: { kind: "either", alternatives: [{ kind: "text" }, { kind: "integer", minimum: 1 }] },
    description: "The sheet of an .xlsx workbook, by its name or its number from 1; the first one by default.",
  },
  ...tableOptionDeclarations,
  name: { range: { kind: "text" }, description: "What errors call the source.", default: "the CSV text", flag: false },
} as const satisfies DeclarationsOf<CSVOptions>;

/** How a file is cut into blocks, besides how it is read. */
export interface CSVBlockOptions extends CSVOptions, BlockSize {}

/** The options of reading CSV in blocks, declared once: those of reading it whole, and the size of a block. */
export const csvBlockOptionDeclarations = {
  ...csvOptionDeclarations,
  ...blockSizeDeclarations,
} as const satisfies DeclarationsOf<CSVBlockOptions>;

/** How the text of a table is opened; a workbook becomes a table in the dialect that is asked for. */
export function textChoice({ encoding, name, sheet = 1, delimiter, decimal }: CheckedCSVOptions): TextChoice {
  return {
    encoding,
    name,
    workbook: { sheet, delimiter: delimiter === "auto" ? "," : delimiter, decimal: decimal === "auto" ? "." : decimal },
  };
}

/** @throws MixturaError `unknown-option`, `invalid-option` */
export function checkCSVOptions(caller: string, options: CSVOptions | undefined): CheckedCSVOptions {
  return settled(caller, checkOptions(caller, csvOptionDeclarations, options));
}

/** @throws MixturaError `unknown-option`, `invalid-option` */
export function checkCSVBlockOptions(caller: string, options: CSVBlockOptions | undefined): CheckedCSVOptions & CSVBlockOptions {
  return settled(caller, checkOptions(caller, csvBlockOptionDeclarations, options));
}

/**
 * Options with a delimiter that is one character.
 *
 * @throws MixturaError `invalid-option` where it is the decimal mark as well
 */
export function settled<Options extends { readonly delimiter: string; readonly decimal: string; readonly thousands?: string }>(
  caller: string,
  options: Options,
): Options {
  if (options.thousands === options.decimal && options.decimal !== "auto")
    throw new MixturaError(
      "invalid-option",
      `${caller}: "${options.decimal}" cannot part thousands and be the decimal mark as well. Set "thousands" or "decimal".`,
      { option: "thousands", found: options.thousands },
    );
  const delimiter = options.delimiter === "tab" ? "\t" : options.delimiter;
  if (delimiter === options.decimal && delimiter !== "auto") {
    throw new MixturaError(
      "invalid-option",
      `${caller}: "${delimiter}" cannot be the delimiter and the decimal mark as well. Set \`delimiter\` or \`decimal\`.`,
      {
        option: "delimiter",
        found: delimiter,
      },
    );
  }
  return { ...options, delimiter };
}
