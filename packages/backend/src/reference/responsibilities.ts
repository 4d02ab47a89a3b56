import type { GaussianComponents } from "../components.ts";
import type { Block } from "./block.ts";
import { expOfNegative } from "./exp.ts";

/** Sums over the rows of one chunk that come with the responsibilities. */
export interface RowSums {
  weight: number;
  logLikelihood: number;
  classificationLogLikelihood: number;
  livePairs: number;
}

/** The fallback component: it takes the rows that have no finite log-density under any component. It is the first one of positive weight. */
export function fallbackOf({ logOffsets }: GaussianComponents): number {
  return Math.max(
    0,
    logOffsets.findIndex((offset) => offset > -Infinity),
  );
}

/** The smallest responsibility that still counts as live. */
const LIVE = 2 ** -53;
/** Rows' sums are multiplied up to here before one logarithm is taken of them all. */
const PRODUCT_LIMIT = 1e200;

/**
 * Turns the log-terms of a block into responsibilities times row weights, in place, and adds up the log-likelihood.
 *
 * The largest term is taken out first, so nothing overflows; its own responsibility needs no exponential. The logarithms of unweighted rows are taken
 * of running products, one for many rows.
 */
export function assignSoftly(block: Block, count: number, fallback: number, rowWeights: Float64Array | undefined, sums: RowSums): void {
  const { capacity, rows, terms, start } = block;
  let product = 1;
  for (let p = 0; p < rows; p++) {
    const best = largest(terms, p, fallback, count, capacity);
    const max = terms[best * capacity + p]!;
    const weight = rowWeights === undefined ? 1 : rowWeights[start + p]!;
    let sum = 1;
    for (let k = 0, at = p; k < count; k++, at += capacity) {
      if (k === best) continue;
      const power = expOfNegative(terms[at]! - max);
      terms[at] = power;
      sum += power;
    }
    terms[best * capacity + p] = 1;
    if (!(sum < Infinity) || !(max > -Infinity) || weight === 0) {
      settleOddRow(block, count, p, best, weight, max, sums);
      continue;
    }
    const scale = 1 / sum;
    for (let k = 0, at = p; k < count; k++, at += capacity) {
      const responsibility = terms[at]! * scale;
      if (responsibility > LIVE) sums.livePairs++;
      terms[at] = responsibility * weight;
    }
    sums.weight += weight;
    sums.classificationLogLikelihood += weight * max;
    if (rowWeights !== undefined) {
      sums.logLikelihood += weight * (max + Math.log(sum));
      continue;
    }
    sums.logLikelihood += max;
    product *= sum;
    if (product > PRODUCT_LIMIT) {
      sums.logLikelihood += Math.log(product);
      product = 1;
    }
  }
  sums.logLikelihood += Math.log(product);
}

/** Gives each row wholly to its likeliest component, the first of equals. */
export function assignHard(block: Block, count: number, fallback: number, rowWeights: Float64Array | undefined, sums: RowSums): void {
  const { capacity, rows, terms, start } = block;
  for (let p = 0; p < rows; p++) {
    const best = largest(terms, p, fallback, count, capacity);
    const max = terms[best * capacity + p]!;
    const weight = rowWeights === undefined ? 1 : rowWeights[start + p]!;
    for (let k = 0, at = p; k < count; k++, at += capacity) terms[at] = 0;
    if (weight === 0) continue;
    terms[best * capacity + p] = weight;
    sums.weight += weight;
    sums.logLikelihood += weight * max;
    sums.classificationLogLikelihood += weight * max;
    sums.livePairs++;
  }
}

/** Writes row weights into the column of each row's label; rows labelled −1 are left out. */
export function assignByLabel(
  block: Block,
  count: number,
  labels: Int32Array | undefined,
  rowWeights: Float64Array | undefined,
  sums: RowSums,
): void {
  const { capacity, rows, terms, start } = block;
  for (let k = 0; k < count; k++) terms.fill(0, k * capacity, k * capacity + rows);
  for (let p = 0; p < rows; p++) {
    const label = labels === undefined ? 0 : labels[start + p]!;
    const weight = rowWeights === undefined ? 1 : rowWeights[start + p]!;
    if (label < 0 || weight === 0) continue;
    terms[label * capacity + p] = weight;
    sums.weight += weight;
    sums.livePairs++;
  }
}

/** log Σₖ exp(term) of row p, −Infinity where every term is. */
export function logSumOfTerms(block: Block, count: number, fallback: number, p: number): number {
  const { capacity, terms } = block;
  const max = terms[largest(terms, p, fallback, count, capacity) * capacity + p]!;
  if (!(max > -Infinity)) return -Infinity;
  let sum = 0;
  for (let k = 0, at = p; k < count; k++, at += capacity) {
    const power = expOfNegative(terms[at]! - max);
    if (power > 0) sum += power; // a NaN term, from a distance beyond the largest double, counts as −Infinity
  }
  return max + Math.log(sum);
}

/**
 * The component with the largest term for row p; the first of equals, and the fallback where no term is above −Infinity.
 *
 * @param fallback see {@link fallbackOf}; components before it have no term above −Infinity, so the search starts there
 */
export function largest(terms: Float64Array, p: number, fallback: number, count: number, capacity: number): number {
  let best = fallback;
  let max = terms[fallback * capacity + p]!;
  for (let k = fallback + 1, at = k * capacity + p; k < count; k++, at += capacity) {
    const value = terms[at]!;
    if (value > max || max !== max) {
      max = value;
      best = k;
    }
  }
  return best;
}

/**
 * A row of weight 0, which leaves no trace, or one so far away that a term is NaN or all are −Infinity: it goes to its likeliest component
 * wholly, and counts −Infinity towards the log-likelihood if it has none.
 */
function settleOddRow(block: Block, count: number, p: number, best: number, weight: number, max: number, sums: RowSums): void {
  const { capacity, terms } = block;
  for (let k = 0, at = p; k < count; k++, at += capacity) terms[at] = 0;
  if (weight === 0) return;
  terms[best * capacity + p] = weight;
  const logDensity = max > -Infinity ? max : -Infinity;
  sums.weight += weight;
  sums.logLikelihood += weight * logDensity;
  sums.classificationLogLikelihood += weight * logDensity;
  sums.livePairs++;
}
