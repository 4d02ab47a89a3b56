// Data in every shape that a call takes, of every kind that a table may be.
import type { Block, BlockSource, Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { referenceBackend } from "@mixtura/backend";
import type { Random } from "@mixtura/core/authoring";
import { NUMBERS, pick } from "./junk.ts";

/** A small table of a kind that is drawn: usual numbers, or such as break arithmetic. */
export function table(random: Random, columns = 1 + random.integer(3), rows = random.integer(12)): Matrix {
  const kind = random.integer(9);
  const constant = pick(random, [0, 1, 1e300, -1e-300]);
  const cell = (): number => {
    if (kind === 0) return constant;
    if (kind === 1) return random.integer(3);
    if (kind === 2) return random.normal() * 1e154;
    if (kind === 3) return random.normal() * 1e-160;
    if (kind === 4) return pick(random, NUMBERS);
    if (kind === 5) return random.integer(20) === 0 ? 1e307 : random.normal();
    return random.normal() + 5 * random.integer(2);
  };
  return matrix(Float64Array.from({ length: rows * columns }, cell), rows, columns);
}

/** Rows in one of the shapes that are declared. */
export async function rowsLike(random: Random, columns?: number): Promise<unknown> {
  const X = table(random, columns);
  const rows = Array.from({ length: X.rows }, (_, row) => Array.from(X.data.subarray(row * X.columns, (row + 1) * X.columns)));
  const names = Array.from({ length: X.columns }, (_, column) => "abc"[column]!);
  return pick<() => unknown>(random, [
    () => X,
    () => rows,
    () => rows.map((row) => Float64Array.from(row)),
    () => rows.map((row) => Object.fromEntries(row.map((value, column) => [names[column]!, value]))),
    () => ({ ...X, featureNames: names }),
    () => (X.columns === 1 ? X.data : X),
    () => ({ rows: X.rows, columns: X.columns, get: (row: number, column: number) => X.data[row * X.columns + column] }),
    () => arrow(X, names),
    async () => {
      try {
        return await referenceBackend.matrix(X);
      } catch {
        return X; // no rows, or such as no matrix holds
      }
    },
  ])();
}

function arrow({ data, rows, columns }: Matrix, names: readonly string[]): object {
  return {
    numRows: rows,
    numCols: columns,
    schema: { fields: names.map((name) => ({ name })) },
    getChildAt: (index: number) => ({
      length: rows,
      toArray: () => Float64Array.from({ length: rows }, (_, row) => data[row * columns + index]!),
    }),
  };
}

/** A source of blocks, most of them as they should be. */
export function source(random: Random, columns?: number): BlockSource {
  const X = table(random, columns);
  const weights = random.integer(4) === 0 ? Float64Array.from({ length: X.rows }, () => pick(random, [0, 1, 2, 1e-200, 1e200])) : undefined;
  const odd = random.integer(8);
  return {
    columns: odd === 0 ? pick(random, NUMBERS) : X.columns,
    async *blocks(): AsyncGenerator<Block> {
      if (odd === 1) yield pick<unknown>(random, [5, null, {}, { X: null }, { X: table(random, X.columns + 1) }]) as Block;
      if (odd === 2) throw new Error("the source failed");
      if (odd === 3) yield { X: table(random, X.columns) };
      const cut = X.rows >> 1;
      for (const [start, end] of [
        [0, cut],
        [cut, X.rows],
      ] as const)
        yield {
          X: matrix(X.data.subarray(start * X.columns, end * X.columns), end - start, X.columns),
          ...(weights === undefined ? {} : { sampleWeight: weights.subarray(start, end) }),
        };
    },
  };
}
