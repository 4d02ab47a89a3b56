import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { PosteriorDensity } from "./choices.ts";
import { posteriorDensities } from "./choices.ts";

/** What a fitted model says to an argument that it cannot take. */
export function refusal(option: string, expected: string, found: unknown): MixturaError {
  return new MixturaError("invalid-option", `BayesianGaussianMixture: "${option}" must be ${expected}, found ${show(found)}.`, {
    option,
    found,
  });
}

/** @throws MixturaError `invalid-option` */
export function checkDensity(density: PosteriorDensity): PosteriorDensity {
  if (posteriorDensities.includes(density)) return density;
  throw refusal("density", `one of ${posteriorDensities.join(", ")}`, density);
}
