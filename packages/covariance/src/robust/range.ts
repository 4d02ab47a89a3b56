import { isInRange, outOfRange } from "@mixtura/backend/internal/rows";
import type { Matrix } from "@mixtura/core";
import type { Standardised } from "./scale/standardise.ts";

/** Refuses features whose variances are no numbers any more, or hardly. */
export function checkRange({ active, scale }: Standardised, X: Matrix, caller: string): void {
  for (const column of active) {
    const square = scale[column]! * scale[column]!;
    if (!isInRange(square)) throw outOfRange(caller, column, square, X.featureNames);
  }
}
