import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadData } from "@mixtura/fixtures";
import type { FittedGaussianMixture } from "@mixtura/mixture";
import { GaussianMixture } from "@mixtura/mixture";

interface ApartReference {
  readonly level: number;
  readonly rows: readonly number[];
  readonly threshold: number;
}

/** Thresholds, p-values, selections and explanations by NumPy and SciPy; see test/reference/README.md. */
export interface DetectorReference {
  readonly data: string;
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  readonly covariances: readonly (readonly (readonly number[])[])[];
  readonly quantiles: readonly { readonly contamination: number; readonly threshold: number; readonly outliers: readonly number[] }[];
  readonly apart: readonly ApartReference[];
  /** The same with weights 1, 2, 3, 1, 2, … */
  readonly apartWeighted: ApartReference;
  readonly conformal: {
    readonly pValues: readonly number[];
    readonly selected: readonly { readonly rate: number; readonly rows: readonly number[] }[];
  };
  readonly points: readonly (readonly number[])[];
  readonly explanations: readonly {
    readonly value: number;
    readonly shapley: readonly number[];
    readonly corrMax: readonly number[];
    readonly expected: readonly number[];
    readonly deviation: readonly number[];
  }[];
}

const folder = join(import.meta.dirname, "..", "..", "..", "test", "reference", "detectors");

/** The references, each with its rows and the mixture that it speaks of. */
export const references: readonly {
  readonly name: string;
  readonly reference: DetectorReference;
  readonly rows: readonly (readonly number[])[];
  readonly mixture: FittedGaussianMixture;
}[] = ["iris", "faithful", "diabetes", "crabs"].map((name) => {
  const reference = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as DetectorReference;
  return { name, reference, rows: loadData(name).rows, mixture: parametersOf(reference) };
});

function parametersOf({ weights, means, covariances }: DetectorReference): FittedGaussianMixture {
  return GaussianMixture.fromParameters({ weights, means, covariances });
}
