import type { Matrix } from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import type { Edits } from "../state/state.ts";
import { fittedNames } from "../data/fitted-names.ts";
import type { SourceTable } from "./table.ts";

/** Rows as they are fitted. */
export interface OpenRows {
  readonly X: Matrix;
  readonly names: readonly string[];
  readonly groups: SourceTable["groups"];
  /** For each row its number in the source, added ones numbered on; absent where they are the same. */
  readonly sourceRows: Int32Array | undefined;
}

/** Applies edits and chooses features. Values of edits are in the order of all features. */
export function editedRows(source: SourceTable, edits: Edits, features: readonly string[] | undefined): OpenRows {
  const all = applied(source, edits);
  const chosen = features ?? fittedNames(source.names, source.leftOut);
  if (chosen.length === source.names.length && chosen.every((name, j) => name === source.names[j])) return { ...all, names: source.names };
  const columns = chosen.map((name) => {
    const at = source.names.indexOf(name);
    if (at !== -1) return at;
    throw new MixturaError(
      "invalid-option",
      `There is no feature "${name}" in ${source.name}; there are ${source.names.slice(0, 8).join(", ")}.`,
      {
        option: "features",
        found: name,
      },
    );
  });
  const { X } = all;
  const data = new Float64Array(X.rows * columns.length);
  for (let row = 0, at = 0; row < X.rows; row++) for (const j of columns) data[at++] = X.data[row * X.columns + j]!;
  return { ...all, X: matrix(data, X.rows, columns.length, chosen), names: chosen };
}

function applied(source: SourceTable, { added, removed, moved }: Edits): Omit<OpenRows, "names"> {
  const { X, groups, names } = source;
  const named = matrix(X.data, X.rows, X.columns, names);
  if (added.length + removed.length + moved.length === 0) return { X: named, groups, sourceRows: undefined };
  const d = X.columns;
  const wide = [...added, ...moved.map(([, values]) => values)].find((values) => values.length !== d);
  if (wide !== undefined)
    throw new MixturaError("invalid-shape", `A row drawn by hand has ${wide.length} values, the data has ${d} features.`, {
      expected: `${d} values`,
      found: `${wide.length}`,
    });
  const total = X.rows + added.length;
  const gone = new Set(removed.filter((row) => row < total));
  const places = new Map(moved);
  const data = new Float64Array((total - gone.size) * d);
  const sourceRows = new Int32Array(total - gone.size);
  let at = 0;
  for (let row = 0; row < total; row++) {
    if (gone.has(row)) continue;
    const values = places.get(row) ?? (row < X.rows ? X.data.subarray(row * d, (row + 1) * d) : added[row - X.rows]!);
    data.set(values, at * d);
    sourceRows[at++] = row;
  }
  const codes = groups && Int16Array.from(sourceRows, (row) => (row < X.rows ? groups.codes[row]! : -1));
  return { X: matrix(data, at, d, names), groups: groups && { names: groups.names, codes: codes! }, sourceRows };
}
