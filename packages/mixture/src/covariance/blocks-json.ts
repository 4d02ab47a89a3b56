import type { FieldReader } from "@mixtura/core";
import type { CovarianceType } from "./kind.ts";

/** Covariances as nested lists, in scikit-learn's shape for the type. */
export function nestBlocks(type: CovarianceType, covariances: Float64Array, d: number): unknown[] {
  switch (type) {
    case "full":
      return nest(nest([...covariances], d), d);
    case "tied":
    case "diag":
      return nest([...covariances], d);
    case "spherical":
      return [...covariances];
  }
}

/** Rows of numbers as nested lists. */
export function nestRows(values: Float64Array, columns: number): number[][] {
  return nest([...values], columns);
}

/** Reads the covariances that {@link nestBlocks} wrote, of k components. */
export function readBlocksField(reader: FieldReader, key: string, type: CovarianceType, k: number, d: number): Float64Array {
  switch (type) {
    case "full":
      return reader.squares(key, k, d);
    case "tied":
      return reader.rows(key, d, d);
    case "diag":
      return reader.rows(key, k, d);
    case "spherical":
      return reader.numbers(key, k);
  }
}

function nest<T>(values: readonly T[], width: number): T[][] {
  return Array.from({ length: values.length / width }, (_, index) => values.slice(index * width, (index + 1) * width));
}
