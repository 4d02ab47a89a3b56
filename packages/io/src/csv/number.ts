const ZERO = 48;
const PLUS = 43;
const MINUS = 45;
const SPACE = 32;
const TAB = 9;

/** 10⁰ … 10²²: the powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** Digits that fit an int32; two such groups are read. */
const GROUP = 9;

/**
 * The decimal number written in `bytes[start … end)`, to the same double as `Number(text)`, or NaN when the bytes are anything else.
 *
 * Accepts a sign, digits with one decimal mark and an exponent, between spaces; not hexadecimal, not "Infinity", no digit separators.
 * Too large a number is ±Infinity.
 *
 * With up to 15 digits and powers of ten up to 10²² one rounded operation on exact doubles is right (Clinger). Up to 18 digits, which is what
 * programs write that keep every bit, the quotient or product is taken with a second double for its rest, and used when the rounding does
 * not depend on the rest's own error (Ziv's test). What remains goes through `Number`.
 *
 * @param decimal code of the decimal mark: 46 for a point, 44 for a comma
 * @remarks O(end − start); no memory is taken except in the last case
 * @see W. D. Clinger, How to read floating point numbers accurately (1990); T. J. Dekker, A floating-point technique (1971)
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  while (start < end && isBlank(bytes[start]!)) start++;
  while (end > start && isBlank(bytes[end - 1]!)) end--;
  let at = start;
  const negative = bytes[at] === MINUS;
  if (at < end && (negative || bytes[at] === PLUS)) at++;

  let first = 0; // nine digits, from the first that is not 0
  let second = 0; // the next nine
  let digits = 0;
  const integers = at;
  let fractions = -1; // where the digits after the mark begin
  for (; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (digits < GROUP) {
        first = Math.imul(first, 10) + digit;
        if (first !== 0) digits++;
      } else {
        if (digits < 2 * GROUP) second = Math.imul(second, 10) + digit;
        digits++;
      }
    } else if (fractions < 0 && bytes[at] === decimal) fractions = at + 1;
    else break;
  }
  if (at - integers === (fractions < 0 ? 0 : 1)) return NaN; // no digit at all
  let exponent = fractions < 0 ? 0 : fractions - at;
  if (at < end) exponent += parseExponent(bytes, at, end);
  if (Number.isNaN(exponent)) return NaN;

  if (exponent >= -22 && exponent <= 22 && digits <= 2 * GROUP) {
    const power = POWERS[exponent < 0 ? -exponent : exponent]!;
    const shift = POWERS[digits > GROUP ? digits - GROUP : 0]!;
    const whole = first * shift + second;
    const value = digits <= 15 ? (exponent < 0 ? whole / power : whole * power) : roundedOnce(first, shift, second, exponent < 0, power);
    if (!Number.isNaN(value)) return negative ? -value : value;
  }
  return throughText(bytes, start, end, decimal);
}

/** The exponent that starts at `at` and ends the number, or NaN. */
function parseExponent(bytes: Uint8Array, at: number, end: number): number {
  if ((bytes[at]! | 32) !== 101 || at + 1 === end) return NaN;
  at++;
  const negative = bytes[at] === MINUS;
  if (negative || bytes[at] === PLUS) at++;
  if (at === end) return NaN;
  let exponent = 0;
  for (; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    exponent = Math.min(exponent * 10 + digit, 99_999);
  }
  return negative ? -exponent : exponent;
}

/** Half of a double's bits, by Veltkamp's splitting. */
function upperHalf(value: number): number {
  const shifted = value * 134217729; // 2²⁷ + 1
  return shifted - (shifted - value);
}

/** What `a × b` lost to rounding, exactly (Dekker). */
function productError(a: number, b: number, product: number): number {
  const a1 = upperHalf(a);
  const b1 = upperHalf(b);
  const a2 = a - a1;
  const b2 = b - b1;
  return a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2);
}

/** (first · shift + second) divided or multiplied by `power`, rounded once, or NaN when two doubles are too few to tell how it rounds. */
function roundedOnce(first: number, shift: number, second: number, divide: boolean, power: number): number {
  const shifted = first * shift;
  const rest = productError(first, shift, shifted) + second; // integers below 2⁵³: exact
  const high = shifted + rest;
  const low = rest - (high - shifted);
  const result = divide ? high / power : high * power;
  const product = divide ? result * power : result;
  const error = productError(divide ? result : high, power, product);
  const correction = divide ? (high - product - error + low) / power : error + low * power;
  const doubt = result * 2 ** -100; // several times the error of `correction`
  const value = result + (correction + doubt);
  return value === result + (correction - doubt) ? value : NaN;
}

/** For the few numbers left: the bytes are known to be a number, all of them ASCII. */
function throughText(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  let text = "";
  for (let at = start; at < end; at++) text += bytes[at] === decimal ? "." : String.fromCharCode(bytes[at]!);
  return Number(text);
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}
