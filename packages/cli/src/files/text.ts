import type { CSVWritable, TableFormat } from "@mixtura/io";
import { csvText, ndjsonText } from "@mixtura/io";

/** Tables that come one after the other as text, in a format. */
export function tableText(tables: AsyncIterable<CSVWritable>, format: TableFormat): AsyncGenerator<string, void> {
  if (format === "csv") return csvText(tables);
  return format === "ndjson" ? ndjsonText(tables) : jsonListText(ndjsonText(tables));
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
