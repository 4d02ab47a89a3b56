import type { GaussianComponents } from "@mixtura/backend";
import type { Matrix } from "@mixtura/core";
import { naiveRows } from "./gaussian.ts";
import { compensatedSum } from "./sum.ts";

/** {@link GaussianKernels.potentials} from the definition. */
export function naivePotentials(
  data: Matrix,
  candidates: GaussianComponents,
  { potentials, rowWeights }: { potentials: Float64Array; rowWeights?: Float64Array | undefined },
): number[] {
  const rows = naiveRows(data, candidates);
  return Array.from({ length: candidates.count }, (_, k) =>
    compensatedSum(rows.map(({ squaredDistances }, row) => (rowWeights?.[row] ?? 1) * Math.min(potentials[row]!, squaredDistances[k]!))),
  );
}
