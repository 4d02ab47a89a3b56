import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { KeptColumn } from "./rows.ts";

/**
 * A value of JSON as it is written: a number with all its digits, a list, an object. `writeNDJSON` writes it without quotes, `writeCSV` as a cell.
 *
 * @example
 * ```ts run
 * writeNDJSON({ id: [new JSONText("1234567890123456789")] })
 * // => '{"id":1234567890123456789}\n'
 * ```
 */
export class JSONText {
  readonly text: string;

  /** @param text JSON without line breaks; it is not checked */
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * The cells of a kept column as they were read, to be written again: what was a text of JSON is a text, a number keeps the digits it was written with.
 *
 * @example
 * ```ts run
 * const { kept } = await readNDJSON(
 *   '{"x":1,"id":1234567890123456789}\n{"x":2,"id":"b"}\n',
 *   { keep: ["id"] },
 * );
 * writeNDJSON({ id: keptCells(kept![0]!) })
 * // => '{"id":1234567890123456789}\n{"id":"b"}\n'
 * ```
 */
export function keptCells(column: KeptColumn): readonly (string | JSONText | null)[] {
  const { cells, bare } = Object(column) as KeptColumn;
  if (!Array.isArray(cells))
    throw new MixturaError("invalid-option", `keptCells: a kept column is needed, found ${show(column)}.`, {
      option: "column",
      found: column,
    });
  if (bare === undefined) return cells;
  return cells.map((cell, row) => (bare[row] === true ? (cell === "" ? null : new JSONText(cell)) : cell));
}
