import type { CSVOptions, TableFormat } from "@mixtura/io";
import { formatOfName } from "@mixtura/io";
import { tableFormats } from "@mixtura/io/internal";
import { Option } from "commander";
import { CommandError } from "../command-error.ts";
import { flagName } from "../flags/names.ts";

/** Options that only CSV has. */
const CSV_ONLY = ["delimiter", "header", "decimal", "thousands", "skipRows", "comment", "sheet"] as const;

/** `--format` for data that is read. */
export function inputFormatOption(): Option {
  return new Option("--format <name>", "The data's format; by default recognised from the file's name or its first bytes.")
    .choices([...tableFormats])
    .helpGroup("Data:");
}

/** The format of what is written: the one asked for, else the one that the file's name stands for, else CSV. */
export function outputFormat(asked: TableFormat | undefined, output: string | undefined): TableFormat {
  return asked ?? (output === undefined ? undefined : formatOfName(output)) ?? "csv";
}

/** Names of files in formats that nothing here writes. */
const NOT_WRITTEN =
  /\.(parquet|feather|arrow|ipc|orc|avro|xlsx?|xlsm|xlsb|ods|numbers|gz|tgz|bz2|xz|zst|br|lz4|zip|7z|rar|tar|db|sqlite3?|duckdb|h5|hdf5|npy|npz|mat|rds|rda|rdata|sav|dta|sas7bdat|pkl|pickle|pdf|docx?)$/i;

/**
 * Refuses a name that promises another format than anything written here has, before any work.
 *
 * @throws CommandError `usage`
 */
export function refuseUnwritten(flag: string, path: string): void {
  const format = NOT_WRITTEN.exec(path)?.[1];
  if (format === undefined) return;
  throw new CommandError(
    "usage",
    `${flag} ${path}: .${format} is not written. Tables are written as .csv, .ndjson or .json, models as .json; convert or compress the file afterwards.`,
  );
}

/** @throws CommandError `usage` where a flag of CSV was given for another format */
export function withoutCSVOptions<Options extends CSVOptions>(
  options: Options,
  format: TableFormat,
): Omit<Options, (typeof CSV_ONLY)[number]> {
  const wrong = CSV_ONLY.find((name) => options[name] !== undefined);
  if (wrong !== undefined) throw new CommandError("usage", `${flagName(wrong)} is for CSV; the data is read as ${format}. See --format.`);
  return options;
}
