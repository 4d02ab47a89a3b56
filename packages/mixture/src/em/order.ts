import type { ColumnProfile } from "@mixtura/backend/authoring";
import type { CovarianceKind } from "../covariance/kind.ts";
import type { MixtureParameters } from "./m-step.ts";

/**
 * How the components of a fitted model are numbered: by their means, so that the same optimum has the same numbering for every seed, or as the
 * fit left them, which is scikit-learn's way.
 */
export type ComponentOrder = "means" | "fit";

/** Means closer than this many standard deviations of the whole data may change places with the rounding of a fit. */
const APART = 1e-6;

/**
 * The numbering of components by their means: by the first column in which all means lie, two by two, more than 1e-6 of the column's standard
 * deviation apart; where there is none, by the column in which the smallest such distance is largest. Means that are equal there are ordered by weight,
 * the heavier first. Components that hold less than one row come last, the heavier first.
 *
 * @param means k×d
 * @param rows rows that each component holds, Σ w r
 * @returns the components in their new order
 * @remarks O(d·k log k).
 */
export function orderByMeans(means: Float64Array, rows: ArrayLike<number>, { variances }: Pick<ColumnProfile, "variances">): number[] {
  const d = variances.length;
  const all = Array.from({ length: rows.length }, (_, component) => component);
  const held = all.filter((component) => rows[component]! >= 1);
  const empty = all.filter((component) => !(rows[component]! >= 1));
  return [...orderOf(held, means, rows, d, variances), ...heavierFirst(empty, rows)];
}

function orderOf(
  held: readonly number[],
  means: Float64Array,
  rows: ArrayLike<number>,
  d: number,
  variances: Float64Array,
): readonly number[] {
  let best: { readonly order: number[]; readonly values: Float64Array; readonly gap: number } | undefined;
  for (let j = 0; j < d; j++) {
    const deviation = Math.sqrt(variances[j]!);
    if (!(deviation > 0)) continue;
    const values = Float64Array.from({ length: rows.length }, (_, component) => means[component * d + j]! / deviation);
    const order = held.toSorted((a, b) => values[a]! - values[b]!);
    let gap = Infinity;
    for (let at = 1; at < order.length; at++) gap = Math.min(gap, values[order[at]!]! - values[order[at - 1]!]!);
    if (best === undefined || gap > best.gap) best = { order, values, gap };
    if (gap > APART) return order;
  }
  return best === undefined ? heavierFirst(held, rows) : heavierFirstAmongEquals(best.order, best.values, rows);
}

function heavierFirst(components: readonly number[], rows: ArrayLike<number>): number[] {
  return components.toSorted((a, b) => rows[b]! - rows[a]!);
}

/** Runs of components whose values are indistinguishable, put in order of weight. */
function heavierFirstAmongEquals(order: readonly number[], values: Float64Array, rows: ArrayLike<number>): number[] {
  const out: number[] = [];
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!]! - values[order[start]!]! <= APART) end++;
    for (const k of heavierFirst(order.slice(start, end), rows)) out.push(k);
  }
  return out;
}

/** The numbering that components get in the end. */
export function numberingOf(
  order: ComponentOrder,
  means: Float64Array,
  rows: ArrayLike<number>,
  profile: Pick<ColumnProfile, "variances">,
): number[] {
  return order === "means" ? orderByMeans(means, rows, profile) : Array.from({ length: rows.length }, (_, component) => component);
}

/** Blocks of equal size, one per component, in another order. */
export function reorderBlocks(values: Float64Array, order: readonly number[]): Float64Array {
  const width = values.length / order.length;
  const out = new Float64Array(values.length);
  order.forEach((component, at) => out.set(values.subarray(component * width, (component + 1) * width), at * width));
  return out;
}

/** Parameters with their components in another order. */
export function reorderParameters(
  kind: CovarianceKind,
  { weights, means, covariances, whitening }: MixtureParameters,
  order: readonly number[],
): MixtureParameters {
  const ofBlocks = (values: Float64Array): Float64Array => (kind.shared ? values : reorderBlocks(values, order));
  return {
    weights: reorderBlocks(weights, order),
    means: reorderBlocks(means, order),
    covariances: ofBlocks(covariances),
    whitening: ofBlocks(whitening),
  };
}
