import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { sampleSeed } from "@mixtura/core/internal";
import { invertLower } from "@mixtura/backend/internal/factors";
import type { Ellipse } from "./ellipse.ts";

/** Draws n independent rows: location + L z with z standard normal and L = W⁻¹. */
export function drawRows(
  { features: d, location, whitening }: Ellipse,
  n: number,
  {
    options,
    featureNames,
    caller,
  }: { options: { readonly randomState?: number } | undefined; featureNames: readonly string[] | undefined; caller: string },
): Matrix {
  const random = createRandom(sampleSeed(n, d, options, caller));
  const factor = invertLower(whitening, d);
  const data = new Float64Array(n * d);
  const z = new Float64Array(d);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j < d; j++) z[j] = random.normal();
    for (let j = 0; j < d; j++, at++) {
      let value = location[j]!;
      for (let t = 0; t <= j; t++) value += factor[j * d + t]! * z[t]!;
      data[at] = value;
    }
  }
  return matrix(data, n, d, featureNames);
}
