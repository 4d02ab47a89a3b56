import type { Spans } from "../table/json-source.ts";
import { afterBlanks, firstInside, forEachField, nextInside, valueEnd } from "../table/json-source.ts";
import { rowLocator } from "../table/json-record.ts";

/** Finds the fields of a row in the text of a table; rows are asked for in ascending order, and any of them may be passed over. */
export type TableLocator = (row: number, spans: Spans) => void;

/** The fields of a list of rows. */
export function inRows(text: string, names: readonly string[] | undefined): TableLocator {
  const fieldsOf = rowLocator(names);
  const row = itemsOf(text, afterBlanks(text, 0));
  return (index, spans) => fieldsOf(text, row(index), spans);
}

/** The fields of columns by name. */
export function inColumns(text: string, names: readonly string[]): TableLocator {
  const lists = new Map<string, number>();
  forEachField(text, afterBlanks(text, 0), (name, start) => void lists.set(name, start)); // the last of a name, as in parsing
  const cells = names.map((name) => itemsOf(text, lists.get(name)!));
  return (index, spans) => {
    spans.text = text;
    for (const [field, cell] of cells.entries()) {
      spans.starts[field] = cell(index);
      spans.ends[field] = valueEnd(text, spans.starts[field]);
    }
  };
}

/** Where an item of the list at `list` begins; asked for in ascending order, so that the list is walked once. */
function itemsOf(text: string, list: number): (index: number) => number {
  let at = firstInside(text, list)!;
  let passed = 0;
  return (index) => {
    for (; passed < index; passed++) at = nextInside(text, valueEnd(text, at))!;
    return at;
  };
}
