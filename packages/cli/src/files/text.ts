import type { CSVWritable } from "@mixtura/io";
import { csvText, ndjsonText } from "@mixtura/io";
import type { Writing } from "./dialect.ts";

/** Tables that come one after the other as text, in a format. */
export function tableText(
  tables: Iterable<CSVWritable> | AsyncIterable<CSVWritable>,
  { format, csv }: Writing,
): AsyncGenerator<string, void> {
  if (format === "csv") return csvText(tables, csv);
  const lines = ndjsonText(tables);
  return markedText(format === "ndjson" ? lines : jsonListText(lines), csv.byteOrderMark === true);
}

/** A text behind the byte order mark by which it is known for UTF-8, where it has to be. */
export async function* markedText(pieces: Iterable<string> | AsyncIterable<string>, mark: boolean): AsyncGenerator<string, void> {
  if (mark) yield "\uFEFF";
  yield* pieces;
}

/** Lines of JSON as one list. */
async function* jsonListText(pieces: AsyncIterable<string>): AsyncGenerator<string, void> {
  let before = "[\n";
  for await (const piece of pieces) {
    yield before + piece.trimEnd().replaceAll("\n", ",\n");
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}
