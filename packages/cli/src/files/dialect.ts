import type { CSVOptions, CSVWriteOptions, Table, TableBlockSource, TableFormat } from "@mixtura/io";
import type { Command } from "commander";
import { Option } from "commander";

/** How CSV is spelled, where it is not spelled as the data is. */
const DIALECTS = {
  comma: { delimiter: ",", decimal: "." },
  semicolon: { delimiter: ";", decimal: "," },
  tab: { delimiter: "tab", decimal: "." },
} as const satisfies Readonly<Record<string, CSVWriteOptions>>;

/** The flags of {@link addDialectFlags}. */
export interface DialectFlags {
  readonly outputDialect?: keyof typeof DIALECTS | "input";
  readonly escapeFormulas?: boolean;
}

/** Adds `--output-dialect` and `--escape-formulas`. */
export function addDialectFlags(command: Command, group: string): Command {
  return command
    .addOption(
      new Option(
        "--output-dialect <name>",
        "How CSV is written: input, as the data is, so that the same flags read it; comma, with decimal points; semicolon, with decimal commas; tab.",
      )
        .choices(["input", ...Object.keys(DIALECTS)])
        .default("input")
        .helpGroup(group),
    )
    .addOption(
      new Option(
        "--escape-formulas",
        "Put ' before texts and names in CSV that a spreadsheet would run as a formula (=, +, -, @), for files from people you do not trust.",
      ).helpGroup(group),
    );
}

/** How rows are written. */
export interface Writing {
  readonly format: TableFormat;
  readonly csv: CSVWriteOptions;
  /** The decimal mark of numbers that were read as text. */
  readonly decimalRead: "." | ",";
  /** Whether the columns that were read have names of their own. */
  readonly named: boolean;
}

/** A table that was opened, and the flags that say how. */
export interface ReadTable {
  readonly source: Pick<Table | TableBlockSource, "header" | "skippedColumns" | "byteOrderMark"> & {
    readonly delimiter?: string;
    readonly decimal?: "." | ",";
    readonly columns?: number;
  };
  readonly options: CSVOptions;
}

/**
 * How rows are written so that every command reads them with the flags that read the data: in its delimiter and with its decimal mark, without
 * a header where `--header false` says that there is none, and in UTF-8 with a byte order mark where the data had one or `--encoding` names another encoding.
 */
export function writingOf(format: TableFormat, { outputDialect, escapeFormulas }: DialectFlags, read?: ReadTable): Writing {
  const { source, options = {} } = read ?? {};
  const { decimal } = options;
  const decimalRead = decimal === undefined || decimal === "auto" ? (source?.decimal ?? ".") : decimal;
  const otherEncoding = options.encoding !== undefined && options.encoding !== "auto" && options.encoding !== "utf-8";
  const delimiter = delimiterOf(read) ?? (decimalRead === "," ? ";" : ",");
  const dialect =
    outputDialect !== undefined && outputDialect !== "input"
      ? DIALECTS[outputDialect]
      : { delimiter, decimal: delimiter === decimalRead ? "." : decimalRead };
  return {
    format,
    decimalRead,
    named: source === undefined || source.header !== undefined,
    csv: {
      ...dialect,
      header: options.header !== false,
      byteOrderMark: source?.byteOrderMark === true || otherEncoding,
      escapeFormulas: escapeFormulas === true,
    },
  };
}

/** The delimiter that was given or found; none where the data has one column, and none was needed. */
function delimiterOf(read: ReadTable | undefined): string | undefined {
  if (read === undefined) return undefined;
  const { delimiter, header, columns = 0, skippedColumns } = read.source;
  const given = read.options.delimiter !== undefined && read.options.delimiter !== "auto";
  const width = header?.length ?? columns + skippedColumns.length;
  return given || width > 1 ? (delimiter === "blanks" ? "tab" : delimiter) : undefined; // one tab is read as blanks are
}
