import type { CSVOptions, Table } from "@mixtura/io";
import { show } from "@mixtura/core/authoring";
import { counted, inSentence, listed, plural } from "@mixtura/wording/internal";
import { inFlags } from "../flags/in-flags.ts";
import { shellPath } from "../report/shell-path.ts";
import type { ColumnWatch } from "./column-watch.ts";
import type { Terminal } from "../terminal.ts";

/** What is known of a table once it was read. */
export type ReadFacts = Partial<Pick<Table, "encoding" | "inexactColumns" | "remarks">>;

/**
 * Says what a reader should know of how a table was read: an encoding that was concluded, identifiers taken for measurements.
 *
 * @param source what the data is called
 */
export function noteReading(
  source: string,
  { encoding, inexactColumns = [], remarks = [] }: ReadFacts,
  { encoding: asked = "auto" }: CSVOptions,
  terminal: Pick<Terminal, "note">,
): void {
  for (const { code, columns = [], message, advice = "" } of remarks) {
    const more =
      advice !== ""
        ? ` ${inFlags(advice)}`
        : code === "text-columns"
          ? ` mixtura fit … --label-column ${shellPath(columns[0]!)} compares the groups with one.`
          : "";
    terminal.note(`note: ${source}: ${lowerFirst(inFlags(message))}${more}`);
  }
  if (asked === "auto" && encoding === "windows-1252")
    terminal.note(
      `note: ${source} is not UTF-8, and was read as Windows-1252 (Western European, Latin-1). --encoding windows-1252 says so; if letters are wrong, save it as UTF-8.`,
    );
  if (inexactColumns.length > 0) {
    const names = `${plural(inexactColumns.length, "column")} ${listed(inexactColumns.map(show))}`;
    terminal.note(
      `note: ${names} of ${source}: integers beyond 2^53, which are no longer told apart as numbers. If they identify rows, leave them out with --drop.`,
    );
  }
}

/** The rows and lines of a table that were no data, for the sentence that says its size; empty where there are none. */
export function aroundTable({ remarks = [] }: ReadFacts): string {
  const left = remarks.flatMap(({ code, count = 0 }) =>
    code === "units-rows" ? [counted(count, "row of units", "rows of units")] : code === "footer-rows" ? [counted(count, "footer")] : [],
  );
  return left.length === 0 ? "" : `, without ${inSentence(left)}`;
}

/** Which rows were left out for a missing value. */
export function droppedSentence({ dropped: { count, lines } }: Pick<Table, "dropped">): string {
  const places = `${plural(count, "line")} ${listed(lines.map(String), 10)}${count > lines.length ? ", …" : ""}`;
  return `Left out: ${counted(count, "row")} with a missing value (${places}).`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Says which columns are not where they were when the model was fitted. */
export function noteElsewhere(source: string, watch: ColumnWatch, terminal: Pick<Terminal, "note">): void {
  for (const { message } of watch.elsewhere()) terminal.note(`warning: ${source}: ${message}`);
}

/** Says how many rows were left out. */
export function noteDropped(source: string, rows: number, terminal: Pick<Terminal, "note">): void {
  if (rows > 0) terminal.note(`note: ${counted(rows, "row")} of ${source} left out for a missing value.`);
}
