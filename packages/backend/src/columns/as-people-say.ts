import type { Dependency } from "./dependency.ts";
import { breach } from "./dependency.ts";
import type { RowSample } from "./row-sample.ts";

/** What a sum of two columns may be off by, as a fraction of the largest value in it: nothing but the rounding of the sum. */
const SUM_ROUNDING = 2 ** -44;

/** A column as the sum or the difference of two of `earlier` ones, to the last digit in every row: "gross = net + vat" says more than "gross = 1.19 × net". */
export function sumOfTwo(left: number, earlier: readonly number[], sample: RowSample, rounding: Float64Array): Dependency | undefined {
  for (const [at, a] of earlier.entries()) {
    for (const b of earlier.slice(at + 1)) {
      for (const coefficients of SIGNS) {
        const sum = { left, columns: [a, b], coefficients, offset: 0, rounding: rounding[left]! + rounding[a]! + rounding[b]! };
        if (isExact(sum, sample)) return sum;
      }
    }
  }
  return undefined;
}

const SIGNS = [
  [1, 1],
  [1, -1],
  [-1, 1],
] as const;

function isExact(sum: Dependency, { data, rows, columns }: RowSample): boolean {
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    const size = sum.columns.reduce((largest, column) => Math.max(largest, Math.abs(data[at + column]!)), Math.abs(data[at + sum.left]!));
    if (Math.abs(breach(sum, data, at)) > SUM_ROUNDING * size) return false;
  }
  return true;
}

/**
 * The same dependencies as people say them: the column on the left is the one that is the sum of positive parts, where there is one ("total = north +
 * south", not "south = total − north"), and of two columns the one that takes fewer digits ("height_cm = 2.54 × height_in"). A column that another
 * dependency needs stays where it is.
 *
 * @param solve the dependency of a column on others; nothing where there is none
 */
export function asPeopleSay(
  dependencies: readonly Dependency[],
  solve: (left: number, columns: readonly number[]) => Dependency | undefined,
): Dependency[] {
  return dependencies.map((dependency, index) => {
    const { left, columns } = dependency;
    const others = new Set(dependencies.flatMap((other, at) => (at === index ? [] : [other.left, ...other.columns])));
    if (others.has(left)) return dependency;
    const candidates = columns.filter((column) => !others.has(column) && (columns.length === 1 || isTotal(dependency, column)));
    if (candidates.length !== 1) return dependency;
    const right = [left, ...columns].filter((column) => column !== candidates[0]).sort((a, b) => a - b);
    const turned = solve(candidates[0]!, right);
    return turned === undefined || (columns.length === 1 && digitsOf(turned) >= digitsOf(dependency)) ? dependency : turned;
  });
}

/** Whether a column on the right is the sum of the others and the left one: the only positive coefficient. */
function isTotal({ columns, coefficients }: Dependency, column: number): boolean {
  return columns.every((other, i) => coefficients[i]! > 0 === (other === column));
}

/** Significant digits of all its numbers. */
function digitsOf({ coefficients, offset }: Dependency): number {
  return [...coefficients, offset].reduce(
    (sum, value) =>
      sum +
      Number(value.toPrecision(12))
        .toExponential()
        .replace(/e.*|[^0-9]/g, "").length,
    0,
  );
}
