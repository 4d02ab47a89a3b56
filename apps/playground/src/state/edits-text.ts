import { bounds } from "./bounds.ts";
import type { Edits } from "./state.ts";
import { integerIn, numberIn, Unreadable } from "./text-values.ts";

/** Rows that were changed by hand, as text: `a1.5,2;1,3` added, `r4,7` removed, `m3,1.5,2` moved, joined by `~`. */
export function writeEdits({ added, removed, moved }: Edits): string {
  const rows = (list: readonly (readonly number[])[]): string => list.map((row) => row.join(",")).join(";");
  return [
    ...(added.length > 0 ? [`a${rows(added)}`] : []),
    ...(removed.length > 0 ? [`r${removed.join(",")}`] : []),
    ...(moved.length > 0 ? [`m${rows(moved.map(([row, values]) => [row, ...values]))}`] : []),
  ].join("~");
}

/** The changes that a text stands for. */
export function readEdits(text: string): Edits {
  const out: { added: number[][]; removed: number[]; moved: [number, number[]][] } = { added: [], removed: [], moved: [] };
  const row = { minimum: 0, maximum: bounds.rows.maximum * 2 };
  const any = { minimum: -1e300, maximum: 1e300 };
  for (const part of text.split("~")) {
    const body = part.slice(1);
    const rows = body.split(";").map((cells) => cells.split(","));
    if (part[0] === "a") out.added = rows.map((cells) => cells.map((cell) => numberIn(cell, any)));
    else if (part[0] === "r") out.removed = body.split(",").map((cell) => integerIn(cell, row));
    else if (part[0] === "m") out.moved = rows.map(([at, ...cells]) => [integerIn(at!, row), cells.map((cell) => numberIn(cell, any))]);
    else throw new Unreadable("these are no rows drawn by hand");
  }
  if (out.added.length + out.removed.length + out.moved.length > bounds.edits)
    throw new Unreadable(`more than ${bounds.edits} rows are changed by hand`);
  return out;
}
