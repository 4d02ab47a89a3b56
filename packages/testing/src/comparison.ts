import type { LawFigure } from "./law.ts";

/** A tolerance with its reason. */
export interface Tolerance {
  readonly value: number;
  readonly unit: string;
  readonly reason: string;
}

/** Collects distances between what was found and what is right, and keeps the worst. */
export interface Comparison {
  /** @param scale what the difference is divided by; 1 makes it absolute */
  number(found: number, right: number, scale: number, where: string): void;
  /** Element by element; `scale` is one for all or one for each. */
  list(found: ArrayLike<number>, right: ArrayLike<number>, scale: number | ArrayLike<number>, where: string): void;
  figure(): LawFigure;
}

/** A comparison against a tolerance. What should be infinite or NaN must be exactly that. */
export function createComparison(tolerance: Tolerance): Comparison {
  let worst = 0;
  let place = "";
  const comparison: Comparison = {
    number(found, right, scale, where) {
      const error = distance(found, right, scale);
      if (error > worst || place === "") {
        worst = Math.max(worst, error);
        place = `${where}: found ${found}, right is ${right}`;
      }
    },
    list(found, right, scale, where) {
      if (found.length !== right.length) throw new Error(`${where}: found ${found.length} numbers, right are ${right.length}`);
      for (let i = 0; i < right.length; i++) {
        comparison.number(found[i]!, right[i]!, typeof scale === "number" ? scale : scale[i]!, `${where} [${i}]`);
      }
    },
    figure: () => ({ worst, tolerance: tolerance.value, unit: tolerance.unit, where: place, reason: tolerance.reason }),
  };
  return comparison;
}

function distance(found: number, right: number, scale: number): number {
  if (Object.is(found, right) || found === right) return 0;
  const error = Math.abs(found - right) / scale;
  return Number.isNaN(error) ? Infinity : error;
}

/** Throws unless two lists hold the same bits (0 and −0 count as the same). */
export function requireSame(found: ArrayLike<number>, right: ArrayLike<number>, where: string): void {
  if (found.length !== right.length) throw new Error(`${where}: found ${found.length} numbers, right are ${right.length}`);
  for (let i = 0; i < right.length; i++) {
    const same = found[i] === right[i] || Object.is(found[i], right[i]);
    if (!same) throw new Error(`${where} [${i}]: found ${found[i]}, right is ${right[i]}, to the last bit`);
  }
}
