import { normalInterval } from "@mixtura/distributions";
import type { ReadBox } from "./box.ts";
import { bivariateRectangle } from "./bivariate.ts";
import type { Digits } from "./trivariate.ts";
import { trivariateBox } from "./trivariate.ts";

/** A box about standard normal variables with correlations. */
export interface StandardBox {
  readonly size: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** upper − lower, more exactly than as the difference. */
  readonly widths: Float64Array;
  /** The largest relative error of the probability that the rounding of its bounds can cause. */
  readonly rounding: number;
  /** size×size */
  readonly correlation: Float64Array;
}

/** The probability of a box under one Gaussian, as far as it can be computed without sampling. */
export interface GaussianBox {
  readonly value: number;
  /** Most that `value` is off. */
  readonly error: number;
  readonly method: "closed-form" | "quadrature";
  /** What remains; the probability is `value` times that of this box. */
  readonly rest: StandardBox | undefined;
}

/** Bounds this many standard deviations out on both sides cut off less than the smallest double. */
const BEYOND = 39;
const EPSILON = Number.EPSILON;

/**
 * Takes apart the probability of a box under one Gaussian: unbounded features are left out, which is to integrate over them; groups of
 * features without correlation to any other are factors. Groups of one, two and three are worked out here.
 *
 * @param digits which of groups of three count; those of the others are relative at any rate
 */
export function gaussianBox(
  { lower, upper }: ReadBox,
  mean: Float64Array,
  covariance: Float64Array,
  digits: Digits = "absolute",
): GaussianBox {
  const d = mean.length;
  const scales = Float64Array.from(mean, (_, j) => Math.sqrt(covariance[j * d + j]!));
  const a = lower.map((bound, j) => (bound - mean[j]!) / scales[j]!);
  const b = upper.map((bound, j) => (bound - mean[j]!) / scales[j]!);
  const widths = upper.map((bound, j) => (bound - lower[j]!) / scales[j]!);
  const bounded = Array.from(a.keys()).filter((j) => a[j]! > -BEYOND || b[j]! < BEYOND);
  if (bounded.some((j) => !(upper[j]! > lower[j]!))) return { value: 0, error: 0, method: "closed-form", rest: undefined };
  const correlationOf = (i: number, j: number): number => (i === j ? 1 : covariance[i * d + j]! / scales[i]! / scales[j]!);
  let value = 1;
  let error = 0;
  let method: GaussianBox["method"] = "closed-form";
  const rest: number[] = [];
  const multiply = (factor: number, own: number): void => {
    error = error * factor + value * own;
    value *= factor;
  };
  for (const group of groupsOf(bounded, (i, j) => covariance[i * d + j] !== 0)) {
    const [p, q] = group as [number, number];
    if (group.length === 1) {
      const factor = normalInterval(a[p]!, b[p]!, widths[p]);
      multiply(factor, factor * roundingOf(a[p]!, b[p]!));
    } else if (group.length === 2) {
      method = "quadrature";
      const factor = bivariateRectangle({ lower: [a[p]!, a[q]!], upper: [b[p]!, b[q]!] }, correlationOf(p, q));
      multiply(factor, Math.min(1e-14, 1e-11 * factor));
    } else if (group.length === 3) {
      method = "quadrature";
      const box = standardBox(group, { a, b, widths }, correlationOf);
      const { value: factor, error: own } = trivariateBox(box.lower, box.upper, box.correlation, digits);
      multiply(factor, digits === "absolute" ? own + 2e-14 : own + factor * box.rounding);
    } else for (const part of group) rest.push(part);
  }
  const left = rest.length === 0 || value === 0 ? undefined : standardBox(rest, { a, b, widths }, correlationOf);
  return { value, error, method, rest: left };
}

/** Rounding of the bounds in units of the spread, which shows times their square far out. */
function roundingOf(a: number, b: number): number {
  const nearest = a > 0 ? a : b < 0 ? b : 0;
  return EPSILON * (6 + 2 * Math.min(1600, nearest * nearest));
}

function standardBox(
  group: readonly number[],
  { a, b, widths }: { readonly a: Float64Array; readonly b: Float64Array; readonly widths: Float64Array },
  correlationOf: (i: number, j: number) => number,
): StandardBox {
  return {
    size: group.length,
    lower: Float64Array.from(group, (j) => a[j]!),
    upper: Float64Array.from(group, (j) => b[j]!),
    widths: Float64Array.from(group, (j) => widths[j]!),
    rounding: group.reduce((sum, j) => sum + roundingOf(a[j]!, b[j]!), 0),
    correlation: Float64Array.from(group.flatMap((i) => group.map((j) => correlationOf(i, j)))),
  };
}

/** The groups in which features hang together, directly or through others. */
function groupsOf(members: readonly number[], linked: (i: number, j: number) => boolean): number[][] {
  const left = new Set(members);
  const groups: number[][] = [];
  for (const first of members) {
    if (!left.delete(first)) continue;
    const group = [first];
    for (const i of group)
      for (const j of left)
        if (linked(i, j)) {
          left.delete(j);
          group.push(j);
        }
    groups.push(group);
  }
  return groups;
}
