import type { FieldReader } from "@mixtura/core/authoring";

/**
 * Where normal ends: exactly one rule. A row is an outlier where it scores less than the number that the rule comes to.
 *
 * - `apart`: rows that stand apart from the bulk of the training rows, as many as there are; the number is how much that takes, by Benjamini &
 *   Hochberg's procedure: the larger, the more rows.
 * - `contamination`: the fraction of the training rows to call outliers. The threshold is that quantile of their scores, by linear interpolation.
 * - `gap`: at most this fraction of the training rows, and only as far as a wide gap divides them from the others.
 * - `score`: that score.
 * - `logDensity`: that natural-log density, for detectors whose score is one.
 * - `chiSquare`: the squared distance that this fraction of a Gaussian's rows lies within, by the χ² distribution.
 * - `hardinRocke`: the same for the raw distances of the minimum covariance determinant, by the scaled F distribution of Hardin & Rocke (2005).
 * - `fpr`: the rate of false alarms among clean rows, which scores of clean rows that the fit did not see keep.
 */
export type Threshold =
  | { readonly apart: number }
  | { readonly contamination: number }
  | { readonly gap: number }
  | { readonly score: number }
  | { readonly logDensity: number }
  | { readonly chiSquare: number }
  | { readonly hardinRocke: number }
  | { readonly fpr: number };

/** The name of a threshold rule. */
export type ThresholdKind = Threshold extends infer Rule ? (Rule extends Rule ? keyof Rule & string : never) : never;

/** The rules of every kind. */
export const thresholdKinds: readonly ThresholdKind[] = Object.freeze([
  "apart",
  "contamination",
  "gap",
  "score",
  "logDensity",
  "chiSquare",
  "hardinRocke",
  "fpr",
]);

/** A threshold rule and the number it names. */
export interface ThresholdRule {
  readonly kind: ThresholdKind;
  readonly amount: number;
}

/** A threshold taken apart. It has one field; declarations see to that. */
export function ruleOf(threshold: Threshold): ThresholdRule {
  const [kind, amount] = Object.entries(threshold)[0] as [ThresholdKind, number];
  return { kind, amount };
}

/** "{ contamination: 0.04 }" */
export function thresholdText(threshold: Threshold): string {
  const { kind, amount } = ruleOf(threshold);
  return `{ ${kind}: ${amount} }`;
}

/** Reads a threshold from a model's JSON. */
export function readThreshold(reader: FieldReader, key: string): Threshold {
  const field = reader.object(key);
  const kind = thresholdKinds.find((name) => field.has(name));
  if (kind === undefined) throw reader.fail(key, `one of ${thresholdKinds.join(", ")}`);
  return Object.freeze({ [kind]: field.number(kind) }) as unknown as Threshold;
}
