import { MixturaError } from "@mixtura/core";

/** A product that should be whole is not to end below. */
const COUNT_ROUNDING = 1e-9;

/** The options that give the number of rows of a subset. */
export interface SupportOptions {
  readonly supportFraction?: number | undefined;
  readonly supportCount?: number | undefined;
}

/** Rows of a subset, h, and the support fraction that gives h, in [0.5, 1]. */
export interface Support {
  readonly count: number;
  readonly fraction: number;
}

/**
 * Rows of a subset: for a fraction of one half the least that breaks down only at half outliers, ⌊(n + p + 1) / 2⌋; for 1 all rows; linear in between.
 *
 * @param features p; 0 for regularised covariances, which need no p further rows
 * @throws MixturaError `invalid-option` for a count that is no half of the rows, or more than all
 */
export function supportOf({ supportFraction, supportCount }: SupportOptions, rows: number, features: number, caller: string): Support {
  const least = Math.min(rows, Math.floor((rows + features + 1) / 2));
  if (supportCount === undefined) {
    const fraction = supportFraction ?? 0.5;
    const count = Math.floor(2 * least - rows + 2 * (rows - least) * fraction + COUNT_ROUNDING);
    return { count: Math.min(rows, Math.max(1, count)), fraction };
  }
  if (supportCount > rows || 2 * supportCount < rows) {
    throw new MixturaError(
      "invalid-option",
      `${caller}: "supportCount" must lie between half of the ${rows} rows and all of them, found ${supportCount}. ` +
        "A subset of less than half says nothing about the rest.",
      { option: "supportCount", found: supportCount },
    );
  }
  if (least === rows) return { count: supportCount, fraction: supportCount === rows ? 1 : 0.5 };
  return { count: supportCount, fraction: Math.min(1, Math.max(0.5, (supportCount - 2 * least + rows) / (2 * (rows - least)))) };
}
