import type { Series } from "./harness.ts";
import { median, ratioOf } from "./ratio.ts";
import type { RatioReport, SeriesReport } from "./report.ts";

/** Contenders of one program, of which the fastest counts, and those of ours that are compared with it. */
export interface Comparison {
  /** What the ratio is named by. */
  readonly slower: string;
  /** Names of contenders: one program with different numbers of threads. */
  readonly variants: readonly string[];
  /** Names of contenders of ours. */
  readonly ours: readonly string[];
}

/** The ratios asked for, of those that took part; over the rounds in which both did. */
export function compare(series: readonly Pick<SeriesReport, "contender" | "seconds">[], comparisons: readonly Comparison[]): RatioReport[] {
  const called = (names: readonly string[]) => series.filter(({ contender }) => names.includes(contender));
  return comparisons.flatMap(({ slower, variants, ours }) => {
    const fastest = called(variants).toSorted((a, b) => median(a.seconds) - median(b.seconds))[0];
    if (fastest === undefined) return [];
    return called(ours).map(({ contender, seconds }): RatioReport => {
      const rounds = Math.min(seconds.length, fastest.seconds.length);
      return { slower, faster: contender, ...ratioOf(fastest.seconds.slice(0, rounds), seconds.slice(0, rounds)) };
    });
  });
}

/** A series as reports have it: of the outcome, what is a number. */
export function seriesReport<Outcome extends object>({ contender, seconds, outcome }: Series<Outcome>): SeriesReport {
  const numbers = Object.entries(outcome).filter((entry): entry is [string, number] => typeof entry[1] === "number");
  return { contender, seconds, outcome: Object.fromEntries(numbers) };
}
