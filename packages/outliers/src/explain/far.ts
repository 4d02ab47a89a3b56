import type { Component } from "./components.ts";
import { toResponsibilities } from "./responsibilities.ts";

/** Squared distances from which rows are explained here: a feature left out by subtraction would cost the digits that decide between components. */
export const FAR_SQUARE: number = 2 ** 40;

const MOST = Number.MAX_VALUE;
/** Rows that reach so far are compared with what they should have been in a unit of 2^400, since that may lie beyond the doubles. */
const HUGE = 2 ** 600;
const UNIT = 400;

/** Where the numbers of explained rows go: one value a row, the rest row after row. */
export interface ExplainedRows {
  readonly value: Float64Array;
  readonly contributions: Float64Array;
  readonly expected: Float64Array;
  readonly deviation: Float64Array;
  readonly surprise: Float64Array;
}

/**
 * Explains rows that lie so far out, or under components so far out, that squares overflow or differences cancel.
 *
 * Vectors are kept as mantissas of about 1 and a power of two, a component at a time. Where all squared distances overflow, the row belongs to the
 * nearest component. A feature is left out before distances are taken: 1e308 in one feature says nothing of what the others make of it.
 *
 * All numbers are finite. Where a value or a contribution would not be, those of the row are scaled down together until they are; other numbers
 * stop at the largest double.
 *
 * @param turns the rotations of corr-max, or nothing for Shapley values
 * @remarks O(k·d³) a row.
 */
export function farExplainer(
  components: readonly Component[],
  offsets: readonly number[],
  turns: readonly Float64Array[] | undefined,
  d: number,
  out: ExplainedRows,
): (x: Float64Array, row: number) => void {
  const k = components.length;
  const y = new Float64Array(d);
  const w = new Float64Array(d);
  const parts = new Float64Array(k * d);
  const terms = new Float64Array(k);
  const squares = new Float64Array(k); // mantissas, to be taken times 2^(2 exponent)
  const exponents = new Int32Array(k);
  const responsibilities = new Float64Array(k);
  const means = new Float64Array(k);
  const spreads = new Float64Array(k);

  /** Writes x − μ without feature `left` as y, and W (x − μ) as w: both of about 1. Returns the powers of two that they are to be taken times. */
  function whiten(c: number, x: Float64Array, at: number, left: number): [ofY: number, ofW: number] {
    const { mean, whitening } = components[c]!;
    for (let j = 0; j < d; j++) y[j] = j === left ? 0 : x[at + j]! / 2 - mean[j]! / 2; // halves: the difference itself may overflow
    const ofY = normalise(y) + 1;
    for (let i = 0; i < d; i++) {
      w[i] = 0;
      for (let j = 0; j <= i; j++) w[i]! += whitening[i * d + j]! * y[j]!;
    }
    return [ofY, ofY + normalise(w)];
  }

  /** Value and contributions of the row: means over the components, in mantissas of one power of two. */
  function divideValue(x: Float64Array, row: number): void {
    const at = row * d;
    for (let c = 0; c < k; c++) {
      const [ofY, ofW] = whiten(c, x, at, -1);
      exponents[c] = ofW;
      squares[c] = squaredLength(w);
      terms[c] = offsets[c]!;
      const { whitening } = components[c]!;
      for (let j = 0; j < d; j++) {
        let z = 0;
        if (turns === undefined) for (let i = j; i < d; i++) z += whitening[i * d + j]! * w[i]!;
        else for (let i = 0; i < d; i++) z += turns[c]![j * d + i]! * w[i]!;
        parts[c * d + j] = turns === undefined ? scaled(z * y[j]!, ofY - ofW) : z * z;
      }
    }
    divide(terms, squares, exponents, responsibilities);
    let highest = -Infinity;
    for (let c = 0; c < k; c++) if (responsibilities[c]! > 0 && 2 * exponents[c]! > highest) highest = 2 * exponents[c]!;
    const { contributions } = out;
    let value = 0;
    contributions.fill(0, at, at + d);
    for (let c = 0; c < k; c++) {
      const responsibility = responsibilities[c]!;
      if (responsibility === 0) continue;
      value += scaled(responsibility * squares[c]!, 2 * exponents[c]! - highest);
      for (let j = 0; j < d; j++) contributions[at + j]! += scaled(responsibility * parts[c * d + j]!, 2 * exponents[c]! - highest);
    }
    let most = value;
    for (let j = 0; j < d; j++) most = Math.max(most, Math.abs(contributions[at + j]!));
    const fits = scaled(most, highest) < Infinity;
    const fitted = (part: number): number => (fits ? scaled(part, highest) : clamped((part / most) * MOST));
    out.value[row] = fitted(value);
    for (let j = 0; j < d; j++) contributions[at + j] = fitted(contributions[at + j]!);
  }

  /** What feature j should have been, by the mixture given all others; computed in units of 2^unit. */
  function expect(x: Float64Array, at: number, j: number, unit: 0 | typeof UNIT): void {
    for (let c = 0; c < k; c++) {
      const { mean, whitening } = components[c]!;
      const [, ofW] = whiten(c, x, at, j);
      // The column of W that belongs to feature j, of length √Ωⱼⱼ: across it lies what the other features say.
      let length = 0;
      for (let i = j; i < d; i++) length = Math.hypot(length, whitening[i * d + j]!);
      let along = 0;
      for (let i = j; i < d; i++) along += (whitening[i * d + j]! / length) * w[i]!;
      for (let i = j; i < d; i++) w[i]! -= along * (whitening[i * d + j]! / length);
      squares[c] = squaredLength(w);
      exponents[c] = ofW;
      terms[c] = offsets[c]! - Math.log(length);
      means[c] = clamped(scaled(mean[j]!, -unit) - scaled(along / length, ofW - unit));
      spreads[c] = scaled(1 / length, -unit);
    }
    divide(terms, squares, exponents, responsibilities);
    let expected = 0;
    for (let c = 0; c < k; c++) if (responsibilities[c]! > 0) expected = clamped(expected + responsibilities[c]! * means[c]!);
    let deviation = 0;
    for (let c = 0; c < k; c++) {
      const root = Math.sqrt(responsibilities[c]!);
      if (root > 0) deviation = Math.hypot(deviation, root * spreads[c]!, root * clamped(means[c]! - expected));
    }
    out.expected[at + j] = clamped(scaled(expected, unit));
    out.deviation[at + j] = clamped(scaled(deviation, unit));
    out.surprise[at + j] = clamped((scaled(x[at + j]!, -unit) / 2 - expected / 2) / (deviation / 2));
  }

  return (x, row) => {
    divideValue(x, row);
    const at = row * d;
    let size = 0;
    for (let j = 0; j < d; j++) size = Math.max(size, Math.abs(x[at + j]!));
    for (let j = 0; j < d; j++) expect(x, at, j, size < HUGE ? 0 : UNIT);
  };
}

/** Turns log-weights and squared distances into responsibilities of sum 1. Where all distances overflow, the least has all. */
function divide(terms: Float64Array, squares: Float64Array, exponents: Int32Array, responsibilities: Float64Array): void {
  let nearest = -1;
  let least = Infinity;
  let most = -Infinity;
  for (let c = 0; c < terms.length; c++) {
    const weighs = terms[c]! > -Infinity;
    const logSquare = Math.log2(squares[c]!) + 2 * exponents[c]!;
    if (weighs && (nearest === -1 || logSquare < least)) [nearest, least] = [c, logSquare];
    terms[c]! -= 0.5 * scaled(squares[c]!, 2 * exponents[c]!);
    if (terms[c]! > most) most = terms[c]!;
  }
  if (most === -Infinity) {
    responsibilities.fill(0);
    responsibilities[nearest] = 1;
    return;
  }
  toResponsibilities(terms, responsibilities);
}

/** Divides numbers by a power of two that leaves the largest of them at about 1; returns its exponent. */
function normalise(numbers: Float64Array): number {
  let most = 0;
  for (const number of numbers) most = Math.max(most, Math.abs(number));
  if (most === 0) return 0;
  const exponent = Math.floor(Math.log2(most));
  for (let i = 0; i < numbers.length; i++) numbers[i] = scaled(numbers[i]!, -exponent);
  return exponent;
}

function squaredLength(numbers: Float64Array): number {
  let square = 0;
  for (const number of numbers) square += number * number;
  return square;
}

/** A number times 2^exponent, in steps that do not overflow by themselves. */
function scaled(number: number, exponent: number): number {
  let left = exponent;
  let result = number;
  while (result !== 0 && Math.abs(result) < Infinity && left !== 0) {
    const step = Math.max(-1000, Math.min(1000, left));
    result *= 2 ** step;
    left -= step;
  }
  return result;
}

/** The nearest number that is finite. */
function clamped(number: number): number {
  return Math.max(-MOST, Math.min(MOST, number));
}
