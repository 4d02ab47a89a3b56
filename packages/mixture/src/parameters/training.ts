import type { FieldReader } from "@mixtura/core/authoring";

/** Sums over training rows beyond this are none that a fit gives, and criteria made of them would not be numbers. */
const MOST = 1e300;

/** Σ w of the training rows of a saved model. */
export function readWeight(reader: FieldReader, key: string): number {
  const weight = reader.number(key);
  if (!(weight > 0 && weight <= MOST)) throw reader.fail(key, `a number > 0 and ≤ ${MOST}`);
  return weight;
}

/** A sum over the training rows, or a mean of them. */
export function readSum(reader: FieldReader, key: string): number {
  const sum = reader.number(key);
  if (Math.abs(sum) > MOST) throw reader.fail(key, `a number from ${-MOST} to ${MOST}`);
  return sum;
}
