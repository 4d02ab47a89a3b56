import type { Matrix } from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import { createRandom, drawSeed } from "@mixtura/core/authoring";
import { SEED_LIMIT } from "@mixtura/core/internal";
import { invertLower } from "@mixtura/backend/internal/factors";
import type { Ellipse } from "./ellipse.ts";

/** Draws n independent rows: location + L z with z standard normal and L = W⁻¹. */
export function drawRows(
  { features: d, location, whitening }: Ellipse,
  n: number,
  { randomState, featureNames, caller }: { randomState: number | undefined; featureNames: readonly string[] | undefined; caller: string },
): Matrix {
  if (!Number.isInteger(n) || n < 1)
    throw new MixturaError("invalid-option", `${caller}: n must be an integer ≥ 1, found ${n}.`, { option: "n", found: n });
  if (randomState !== undefined && !(Number.isInteger(randomState) && randomState >= 0 && randomState < SEED_LIMIT)) {
    throw new MixturaError("invalid-option", `${caller}: "randomState" must be an integer ≥ 0 and < ${SEED_LIMIT}, found ${randomState}.`, {
      option: "randomState",
      found: randomState,
    });
  }
  const random = createRandom(randomState ?? drawSeed());
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
