import type { Estimator } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";

/** Estimators whose options can be changed, as ours can. */
interface Adjustable extends Estimator {
  with?(changes: object): Estimator;
}

/** An estimator with an option changed, where it has it. */
export function adjusted(estimator: Adjustable, change: object): Estimator {
  try {
    return estimator.with?.(change) ?? estimator;
  } catch (error) {
    if (isMixturaError(error, "unknown-option")) return estimator; // it draws nothing, or knows no backends
    throw error;
  }
}
