import { MixturaError } from "@mixtura/core";

/** A product that should be whole is not to end below. */
const ROUNDING = 1e-9;

/** How many rows a subset has, as it is asked for. */
export interface SupportWish {
  readonly supportFraction?: number | undefined;
  readonly supportCount?: number | undefined;
}

/** Rows of a subset, h, and the share that h stands for, in [0.5, 1]. */
export interface Support {
  readonly count: number;
  readonly share: number;
}

/**
 * Rows of a subset: for a share of one half the least that breaks down only at half outliers, ⌊(n + p + 1) / 2⌋; for 1 all rows; linear in between.
 *
 * @param features p; 0 for regularised covariances, which need no p further rows
 * @throws MixturaError `invalid-option` for a count that is no half of the rows, or more than all
 */
export function supportOf({ supportFraction, supportCount }: SupportWish, rows: number, features: number, caller: string): Support {
  const least = Math.min(rows, Math.floor((rows + features + 1) / 2));
  if (supportCount === undefined) {
    const share = supportFraction ?? 0.5;
    const count = Math.floor(2 * least - rows + 2 * (rows - least) * share + ROUNDING);
    return { count: Math.min(rows, Math.max(1, count)), share };
  }
  if (supportCount > rows || 2 * supportCount < rows) {
    throw new MixturaError(
      "invalid-option",
      `${caller}: "supportCount" must lie between half of the ${rows} rows and all of them, found ${supportCount}. ` +
        "A subset of less than half says nothing about the rest.",
      { option: "supportCount", found: supportCount },
    );
  }
  if (least === rows) return { count: supportCount, share: supportCount === rows ? 1 : 0.5 };
  return { count: supportCount, share: Math.min(1, Math.max(0.5, (supportCount - 2 * least + rows) / (2 * (rows - least)))) };
}
