import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { loadData } from "@mixtura/fixtures";

/** The rows of a data set, with names; `columns` keeps some of them. */
export function rowsOf(name: string, columns?: readonly string[]): { readonly X: Matrix; readonly labels: readonly string[] | undefined } {
  const data = loadData(name);
  const names = columns ?? data.columns;
  const places = names.map((column) => data.columns.indexOf(column));
  return {
    X: matrix(Float64Array.from(data.rows.flatMap((row) => places.map((place) => row[place]!))), data.rows.length, names.length, names),
    labels: data.labels,
  };
}
