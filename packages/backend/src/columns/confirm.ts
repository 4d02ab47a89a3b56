import type { Matrix } from "@mixtura/core";
import type { Dependency } from "./dependency.ts";
import { breach } from "./dependency.ts";

/** Holds dependencies that a sample supports against all rows. */
export interface Confirmation {
  add(X: Matrix, sampleWeight: Float64Array | undefined): void;
  /** Those that no row of positive weight breaks. */
  finish(): Dependency[];
}

/** What is left of a column that follows exactly, in its standard deviations. */
const EXACT = 1e-6;

/** How far a row that keeps a dependency may be off, where its columns are rounded. */
export function mostOff({ rounding, left }: Dependency, variances: Float64Array): number {
  return Math.max(rounding * (1 + EXACT), EXACT * Math.sqrt(variances[left]!));
}

/** @param variances of all columns */
export function createConfirmation(dependencies: readonly Dependency[], variances: Float64Array): Confirmation {
  let standing = dependencies.map((dependency) => ({
    dependency,
    most: mostOff(dependency, variances),
  }));
  return {
    add({ data, rows, columns }, sampleWeight) {
      standing = standing.filter(({ dependency, most }) => {
        for (let row = 0; row < rows; row++)
          if (sampleWeight?.[row] !== 0 && Math.abs(breach(dependency, data, row * columns)) > most) return false;
        return true;
      });
    },
    finish: () => standing.map(({ dependency }) => dependency),
  };
}
