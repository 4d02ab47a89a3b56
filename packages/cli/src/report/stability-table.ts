import type { Stability, StabilityRow } from "@mixtura/model-selection";
import { leastRecovered } from "@mixtura/report/internal";
import { tableLines } from "./layout.ts";

/** The stability of every number of components, the chosen one marked. */
export function stabilityTable({ rows }: Stability, chosen: number): string[] {
  return tableLines(
    [
      ["", "K", "mean", "std. dev.", "samples", "least stable group again"],
      ...rows.map((row) => {
        const { nComponents, mean, standardDeviation, scores, degenerate, failed } = row;
        const none = scores.length === 0;
        return [
          (nComponents === chosen ? "*" : "") + (degenerate ? "!" : ""),
          String(nComponents),
          none ? "failed" : mean.toFixed(3),
          none ? "" : standardDeviation.toFixed(3),
          `${scores.length}${failed > 0 ? ` of ${scores.length + failed}` : ""}`,
          leastRecovered(row),
        ];
      }),
    ],
    ["right", "right", "right", "right", "right", "right"],
  );
}

/** A number of components as plain data. */
export function stabilityRecord({
  nComponents,
  covarianceType,
  mean,
  standardDeviation,
  scores,
  components,
  failed,
  degenerate,
}: StabilityRow): object {
  return { nComponents, covarianceType, mean, standardDeviation, scores: [...scores], components: [...components], failed, degenerate };
}
