import type { CSVOptions, Table } from "@mixtura/io";
import { show } from "@mixtura/core/authoring";
import { counted, listed, plural } from "@mixtura/wording/internal";
import type { Terminal } from "../terminal.ts";

/** What is known of a table once it was read. */
export type ReadFacts = Partial<Pick<Table, "encoding" | "inexactColumns">>;

/**
 * Says what a reader should know of how a table was read: an encoding that was concluded, identifiers taken for measurements.
 *
 * @param source what the data is called
 */
export function noteReading(
  source: string,
  { encoding, inexactColumns = [] }: ReadFacts,
  { encoding: asked = "auto" }: CSVOptions,
  terminal: Pick<Terminal, "note">,
): void {
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

/** Says how many rows were left out. */
export function noteDropped(source: string, rows: number, terminal: Pick<Terminal, "note">): void {
  if (rows > 0) terminal.note(`note: ${counted(rows, "row")} of ${source} left out for a missing value.`);
}
