import type { FieldReader } from "@mixtura/core/authoring";
import type { CovarianceKind } from "./kind.ts";
import { blockDimensions, dimensions } from "./kind.ts";

/** Numbers as nested lists of these dimensions, a list of them all where there is none. */
function nested(values: readonly unknown[], sizes: readonly number[]): unknown[] {
  return sizes.slice(1).reduceRight<readonly unknown[]>(nest, values) as unknown[];
}

/** Covariances of k components as nested lists, in scikit-learn's shape for the type. */
export function nestBlocks(kind: CovarianceKind, covariances: Float64Array, k: number, d: number): unknown[] {
  return nested([...covariances], dimensions(kind, k, d));
}

/** One block as nested lists, a number as a list of one. */
export function nestBlock(kind: CovarianceKind, block: Float64Array, d: number): unknown[] {
  return nested([...block], blockDimensions(kind, d));
}

/** Rows of numbers as nested lists. */
export function nestRows(values: Float64Array, columns: number): number[][] {
  return nest([...values], columns);
}

/** Reads the covariances that {@link nestBlocks} wrote, of k components. */
export function readBlocksField(reader: FieldReader, key: string, kind: CovarianceKind, k: number, d: number): Float64Array {
  return readField(reader, key, dimensions(kind, k, d));
}

/** Reads the block that {@link nestBlock} wrote. */
export function readBlockField(reader: FieldReader, key: string, kind: CovarianceKind, d: number): Float64Array {
  return readField(reader, key, blockDimensions(kind, d));
}

function readField(reader: FieldReader, key: string, [first = 1, second, third]: readonly number[]): Float64Array {
  if (second === undefined) return reader.numbers(key, first);
  return third === undefined ? reader.rows(key, first, second) : reader.squares(key, first, second);
}

function nest<T>(values: readonly T[], width: number): T[][] {
  return Array.from({ length: values.length / width }, (_, index) => values.slice(index * width, (index + 1) * width));
}
