import { greatestOf } from "@mixtura/core/internal";
import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { createComparison } from "../../comparison.ts";
import { alongAxis, broadcastEntry, build, product, transposed } from "../../naive/matrix.ts";
import { compensatedSum } from "../../naive/sum.ts";
import type { BackendLaw } from "./subject.ts";
import { compute } from "./using.ts";

const random = (rows: number, columns: number, seed: number): Matrix => {
  const stream = createRandom(seed, rows, columns);
  return build(rows, columns, () => Math.fround(stream.normal()));
};

const AXES = [0, 1] as const;

const matmul: BackendLaw = {
  id: "primitives/matmul",
  needs: [],
  claim: "multiplies matrices, either one transposed",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.product);
    const sizes = [
      [1, 1, 1],
      [3, 2, 4],
      [5, 1, 5],
      [1, 7, 1],
      [33, 17, 17],
      [4, 60, 3],
    ] as const;
    for (const [rows, inner, columns] of sizes) {
      const a = random(rows, inner, 1);
      const b = random(inner, columns, 2);
      const right = product(a, b);
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          const factors = [transposeA ? transposed(a) : a, transposeB ? transposed(b) : b];
          const found = await compute(backend, factors, (x, y) => backend.matmul(x, y, { transposeA, transposeB }));
          const where = `${rows}×${inner} by ${inner}×${columns}, ${transposeA ? "first " : ""}${transposeB ? "second " : ""}transposed`;
          requireShape(found, rows, columns, where);
          comparison.list(found.data, right.product.data, right.scale.data, where);
        }
      }
    }
    return comparison.figure();
  },
};

const broadcast: BackendLaw = {
  id: "primitives/broadcast",
  needs: [],
  claim: "adds, subtracts, multiplies and divides, and repeats single rows and columns to fit",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.element);
    const shapes = [
      [5, 3],
      [5, 1],
      [1, 3],
      [1, 1],
    ] as const;
    const operations = {
      add: (x: number, y: number) => x + y,
      subtract: (x: number, y: number) => x - y,
      multiply: (x: number, y: number) => x * y,
      divide: (x: number, y: number) => x / y,
    };
    for (const [rows, columns] of shapes) {
      for (const [otherRows, otherColumns] of shapes) {
        const a = random(rows, columns, 3);
        const b = random(otherRows, otherColumns, 4);
        for (const [name, operation] of Object.entries(operations)) {
          const found = await compute(backend, [a, b], (x, y) => backend[name as keyof typeof operations](x, y));
          const right = build(Math.max(rows, otherRows), Math.max(columns, otherColumns), (i, j) =>
            operation(broadcastEntry(a, i, j), broadcastEntry(b, i, j)),
          );
          const where = `${name} ${rows}×${columns} and ${otherRows}×${otherColumns}`;
          requireShape(found, right.rows, right.columns, where);
          // The operands' sizes set the scale of a difference that nearly cancels.
          const scale = right.data.map((value) => Math.max(Math.abs(value), 1));
          comparison.list(found.data, right.data, scale, where);
        }
      }
    }
    return comparison.figure();
  },
};

const elementwise: BackendLaw = {
  id: "primitives/elementwise",
  needs: [],
  claim: "takes exponentials, logarithms and squares, with exp(−∞) = 0 and log 0 = −∞",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.element);
    const values = Float64Array.of(-Infinity, -1000, -20, -1, -0.125, 0, 0.125, 1, 3, 20).map(Math.fround);
    const found = await compute(backend, [matrix(values, 5, 2)], (x) => backend.exp(x));
    comparison.list(
      found.data,
      values.map(Math.exp),
      values.map((x) => Math.max(Math.exp(x), 1e-30)),
      "exp",
    );
    const positive = Float64Array.of(0, 1e-30, 0.125, 0.5, 0.99, 1, 1.01, 3, 1e4, 1e30).map(Math.fround);
    const logarithms = await compute(backend, [matrix(positive, 2, 5)], (x) => backend.log(x));
    comparison.list(
      logarithms.data,
      positive.map(Math.log),
      positive.map((x) => Math.max(Math.abs(Math.log(x)), 1)),
      "log",
    );
    const finite = values.subarray(1);
    const squares = await compute(backend, [matrix(finite, 9, 1)], (x) => backend.square(x));
    comparison.list(
      squares.data,
      finite.map((x) => x * x),
      finite.map((x) => Math.max(x * x, 1e-30)),
      "square",
    );
    return comparison.figure();
  },
};

const sum: BackendLaw = {
  id: "primitives/sum",
  needs: [],
  claim: "sums down the rows and along each row",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.product);
    for (const m of [random(1, 1, 5), random(1, 6, 5), random(6, 1, 5), random(50, 7, 5)]) {
      for (const axis of AXES) {
        const found = await compute(backend, [m], (x) => backend.sum(x, axis));
        const where = `${m.rows}×${m.columns}, axis ${axis}`;
        requireShape(found, axis === 0 ? 1 : m.rows, axis === 0 ? m.columns : 1, where);
        comparison.list(
          found.data,
          alongAxis(m, axis, compensatedSum),
          alongAxis(m, axis, (values) => compensatedSum(values.map(Math.abs))),
          where,
        );
      }
    }
    return comparison.figure();
  },
};

const largest: BackendLaw = {
  id: "primitives/max-argmax",
  needs: [],
  claim: "finds the largest element and its index, the first of equals, also where all are −∞",
  async check({ backend }) {
    const values = Float64Array.of(1, 3, 3, -Infinity, -Infinity, -Infinity, 2, 2, 2, -5, -4, -Infinity, -1, -3, -1);
    const m = matrix(values, 5, 3);
    for (const axis of AXES) {
      const max = await compute(backend, [m], (x) => backend.max(x, axis));
      const index = await compute(backend, [m], (x) => backend.argmax(x, axis));
      const expected = alongAxis(m, axis, (line) => greatestOf(line));
      requireEqual(max.data, expected, `max along axis ${axis}`);
      requireEqual(
        index.data,
        alongAxis(m, axis, (line) => line.indexOf(greatestOf(line))),
        `argmax along axis ${axis}`,
      );
      requireShape(index, axis === 0 ? 1 : 5, axis === 0 ? 3 : 1, `argmax along axis ${axis}`);
    }
  },
};

const logSumExp: BackendLaw = {
  id: "primitives/log-sum-exp",
  needs: [],
  claim: "takes log Σ exp of terms of any size, −∞ where all terms are",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.element);
    const m = matrix(
      Float64Array.of(
        0,
        0,
        0,
        1e4,
        1e4 - 1,
        9990,
        -1e4,
        -1e4 - 2,
        -10_010,
        -Infinity,
        3,
        -Infinity,
        -Infinity,
        -Infinity,
        -Infinity,
        5,
        -800,
        4,
      ),
      6,
      3,
    );
    for (const axis of AXES) {
      const found = await compute(backend, [m], (x) => backend.logSumExp(x, axis));
      const right = alongAxis(m, axis, (terms) => {
        const max = greatestOf(terms);
        return max === -Infinity ? max : max + Math.log(compensatedSum(terms.map((term) => Math.exp(term - max))));
      });
      comparison.list(
        found.data,
        right,
        right.map((value) => Math.max(1, Math.abs(value))),
        `axis ${axis}`,
      );
    }
    return comparison.figure();
  },
};

function requireShape(found: Matrix, rows: number, columns: number, where: string): void {
  if (found.rows !== rows || found.columns !== columns)
    throw new Error(`${where}: the result is ${found.rows}×${found.columns}, right is ${rows}×${columns}`);
}

function requireEqual(found: ArrayLike<number>, right: ArrayLike<number>, where: string): void {
  const [shown, wanted] = [Array.from(found).join(", "), Array.from(right).join(", ")];
  if (shown !== wanted) throw new Error(`${where}: found ${shown}, right is ${wanted}`);
}

/** Laws of the operations that calculate. */
export const arithmeticLaws: readonly BackendLaw[] = [matmul, broadcast, elementwise, sum, largest, logSumExp];
