import type { Diagnostic } from "@mixtura/core";
import type { WeightConcentrationPriorType } from "./choices.ts";
import { isBySticks } from "./weights.ts";

/** A concentration of a process this many times the components leaves nine tenths of what the prior expects to the last of them. */
const FAR_ABOVE = 10;

/** The diagnostic of a concentration under which the prior of the weights, rather than the rows, says what they are. */
export function concentrated(
  type: WeightConcentrationPriorType,
  concentration: number | "learn",
  nComponents: number,
  weight: number,
): Diagnostic[] {
  if (concentration === "learn" || nComponents === 1) return [];
  const why = isBySticks(type)
    ? concentration > FAR_ABOVE * nComponents &&
      `is far above nComponents (${nComponents}): a Dirichlet process of that concentration has more components than can be held here, and the last one ` +
        "is expected to take what is left by the others, which is nearly all"
    : concentration * nComponents > weight &&
      `counts as that many rows for each of ${nComponents} components, and there are ${weight} rows in all: the weights stay near 1/${nComponents}`;
  if (why === false) return [];
  return [
    {
      code: "concentrated-prior",
      severity: "warning",
      message: `The weightConcentrationPrior (${concentration}) ${why}. Use a smaller one, or "learn".`,
      detail: { concentration, nComponents, rows: weight },
    },
  ];
}
