import { AGREEMENT } from "./agreement.ts";

interface Scored {
  readonly contender: string;
  readonly outcome: { readonly score: number };
}

/** The first contender's score, and the largest relative difference of the others from it. */
export function scoreRemarks(series: readonly Scored[]): Record<string, string> {
  const differences = series.slice(1).map((one) => differenceOf(one, series[0]!));
  return {
    score: series[0]?.outcome.score.toFixed(10) ?? "–",
    difference: differences.length === 0 ? "–" : Math.max(...differences).toExponential(0),
  };
}

/** A sentence for every contender that reached another score than the first. */
export function disagreementsOf(series: readonly Scored[], labels: Readonly<Record<string, string>>): string[] {
  return series
    .slice(1)
    .filter((one) => !(differenceOf(one, series[0]!) < AGREEMENT))
    .map(
      (one) => `${one.contender} is ${differenceOf(one, series[0]!)} from ${series[0]!.contender} at ${Object.values(labels).join(", ")}.`,
    );
}

function differenceOf(one: Scored, yardstick: Scored): number {
  return Math.abs(one.outcome.score - yardstick.outcome.score) / Math.abs(yardstick.outcome.score);
}
