import type { Matrix, MatrixLike } from "@mixtura/core";
import { toMatrix } from "@mixtura/core";
import { option } from "./components.ts";

/** How much of each component is in a row, however it was given. */
export interface Membership {
  /** Number of components. */
  readonly count: number;
  /** The responsibility of component k in row i, 0 to 1. */
  responsibility(row: number, k: number): number;
  /** The component of row i when it is given wholly to one, −1 otherwise. */
  label(row: number): number;
}

/**
 * Reads labels or responsibilities.
 *
 * @param components their number, where it is known
 * @returns `undefined` when neither is given
 * @throws MixturaError `invalid-option`, `invalid-shape`, `not-finite`
 */
export function readMembership(
  given: { readonly labels?: ArrayLike<number> | undefined; readonly responsibilities?: MatrixLike | undefined },
  rows: number,
  components: number | undefined,
  caller: string,
): Membership | undefined {
  const { labels, responsibilities } = given;
  if (responsibilities !== undefined) return fromResponsibilities(responsibilities, rows, components, caller);
  return labels === undefined ? undefined : fromLabels(labels, rows, components, caller);
}

/** More labels than this are taken for a mistake, such as a feature passed as labels. */
const MOST_LABELS = 10_000;

function fromLabels(labels: ArrayLike<number>, rows: number, components: number | undefined, caller: string): Membership {
  if (typeof labels !== "object" || labels === null || labels.length !== rows)
    throw option(caller, "labels", `${rows} labels, one per row`, labels);
  const limit = components ?? MOST_LABELS;
  let count = components ?? 1;
  for (let row = 0; row < rows; row++) {
    const label = labels[row]!;
    if (!Number.isInteger(label) || label < 0 || label >= limit) {
      throw option(caller, `labels[${row}]`, `an integer from 0 to ${limit - 1}`, label);
    }
    if (label >= count) count = label + 1;
  }
  return { count, label: (row) => labels[row]!, responsibility: (row, k) => (labels[row] === k ? 1 : 0) };
}

/** Responsibilities of a row may miss the sum 1 by this much, as those of a float32 computation do. */
const RESPONSIBILITY_SUM_TOLERANCE = 1e-3;

function fromResponsibilities(given: MatrixLike, rows: number, components: number | undefined, caller: string): Membership {
  const { data, rows: found, columns } = toMatrix(given, { caller: `${caller}: responsibilities` });
  if (found !== rows || columns !== (components ?? columns)) {
    throw option(caller, "responsibilities", `${rows} rows × ${components ?? "k"} components`, `${found} × ${columns}`);
  }
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let k = 0; k < columns; k++) {
      const responsibility = data[row * columns + k]!;
      if (responsibility < 0) throw option(caller, `responsibilities[${row}][${k}]`, "a responsibility ≥ 0", responsibility);
      sum += responsibility;
    }
    if (Math.abs(sum - 1) > RESPONSIBILITY_SUM_TOLERANCE)
      throw option(caller, `responsibilities[${row}]`, "responsibilities with sum 1", sum);
  }
  return { count: columns, label: () => -1, responsibility: (row, k) => data[row * columns + k]! };
}

/**
 * Reads which rows are outliers.
 *
 * @throws MixturaError `invalid-option`
 */
export function readOutliers(given: ArrayLike<number | boolean> | undefined, rows: number, caller: string): number[] {
  if (given === undefined) return [];
  if (typeof given !== "object" || given === null || given.length !== rows)
    throw option(caller, "outliers", `${rows} marks, one per row`, given);
  const found: number[] = [];
  for (let row = 0; row < rows; row++) {
    const mark = given[row]!;
    if (mark === true || mark === 1) found.push(row);
    else if (mark !== false && mark !== 0) throw option(caller, `outliers[${row}]`, "true, false, 1 or 0", mark);
  }
  return found;
}

/**
 * Names of the features: those given, the data's own, the model's, or "feature 0", "feature 1", ….
 *
 * @throws MixturaError `invalid-option` when their number is wrong
 */
export function readFeatureNames(
  given: readonly string[] | undefined,
  X: Matrix | undefined,
  own: readonly string[] | undefined,
  features: number,
  caller: string,
): readonly string[] {
  if (given !== undefined && (!Array.isArray(given) || given.length !== features || given.some((name) => typeof name !== "string"))) {
    throw option(caller, "featureNames", `${features} names`, given);
  }
  return given ?? X?.featureNames ?? own ?? Array.from({ length: features }, (_, feature) => `feature ${feature}`);
}

/**
 * Indices of features asked for by index or name.
 *
 * @throws MixturaError `invalid-option`
 */
export function readFeatures(given: readonly (number | string)[], names: readonly string[], caller: string): number[] {
  const indices = given.map((feature) => (typeof feature === "string" ? names.indexOf(feature) : feature));
  const bad = indices.findIndex((index) => !Number.isInteger(index) || index < 0 || index >= names.length);
  if (bad !== -1) throw option(caller, `features[${bad}]`, `a feature's name or an index from 0 to ${names.length - 1}`, given[bad]);
  if (new Set(indices).size !== indices.length) throw option(caller, "features", "different features", given);
  return indices;
}
