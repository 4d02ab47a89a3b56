import type { ColumnProfile } from "@mixtura/backend/rows";
import { featureScales } from "@mixtura/backend/rows";

/** What is added to variances, and the least variance that a repair leaves. Each of length d, in squared units of the features. */
export interface Floors {
  /** Added to every variance in every M-step. */
  readonly regularisation: Float64Array;
  /**
   * The floor that components are judged by: the regularisation, but at most 1e-4 of the feature's variance. A larger one is a deliberate choice of
   * scale, under which no likelihood can run away.
   */
  readonly judged: Float64Array;
  /** The least variance of a repaired component: the regularisation, but at least a millionth of the feature's variance. */
  readonly repair: Float64Array;
  /** Features without any spread. */
  readonly constant: readonly number[];
}

/** The share of a feature's variance that a repair leaves at least. */
const REPAIR_SHARE = 1e-6;
/** The share of a feature's variance above which a regularisation is no mere floor. */
const FLOOR_SHARE = 1e-4;

/**
 * Floors for a data set. `{ relative: r }` adds r times each feature's variance; a number is added as it is, as scikit-learn does.
 * A feature without spread borrows the mean variance of the others, or 1 if there is none.
 */
export function floorsOf(regCovar: number | { readonly relative: number }, profile: ColumnProfile): Floors {
  const scales = featureScales(profile);
  const regularisation = typeof regCovar === "number" ? scales.map(() => regCovar) : scales.map((scale) => regCovar.relative * scale);
  return {
    regularisation,
    judged: regularisation.map((value, j) => Math.min(value, FLOOR_SHARE * scales[j]!)),
    repair: regularisation.map((value, j) => Math.max(value, REPAIR_SHARE * scales[j]!)),
    constant: profile.constant,
  };
}

/** A diagonal d×d covariance with the variances of the whole data. */
export function overallVariances(variances: Float64Array, floors: Floors): Float64Array {
  const d = variances.length;
  const matrix = new Float64Array(d * d);
  for (let j = 0; j < d; j++) matrix[j * d + j] = Math.max(variances[j]!, floors.repair[j]!);
  return matrix;
}
