import type { FittedDetector } from "@mixtura/outliers";
import { reason } from "@mixtura/outliers";

/** An event: a number for each feature of the detector. Other fields are passed over. */
export type Event = Readonly<Record<string, number>>;

/** What is said of an event. */
export interface Verdict {
  readonly score: number;
  readonly outlier: boolean;
  /** How likely a clean event would score as low; only where the detector is calibrated. */
  readonly pValue?: number;
  /** Why, in words; only for outliers. */
  readonly reason?: string;
  /** What each feature adds; only for outliers. */
  readonly contributions?: Readonly<Record<string, number>>;
}

/**
 * Judges events, all at once. Reasons cost more than scores, so only outliers get any.
 *
 * @throws MixturaError where an event lacks a feature or has one that is no finite number
 */
export async function judge(detector: FittedDetector, events: readonly Event[]): Promise<Verdict[]> {
  const scores = await detector.scoreSamples(events);
  const pValues = detector.calibrationScores === undefined ? undefined : await detector.pValues(events);
  const odd = events.filter((_, index) => scores[index]! < detector.threshold);
  const explained = odd.length === 0 ? undefined : await detector.explain(odd);
  const rowOf = new Map(odd.map((event, row) => [event, row]));
  return events.map((event, index): Verdict => {
    const score = scores[index]!;
    const verdict = { score, outlier: score < detector.threshold, ...(pValues === undefined ? {} : { pValue: pValues[index]! }) };
    if (!verdict.outlier || explained === undefined) return verdict;
    const row = rowOf.get(event)!;
    const { data, columns, featureNames = [] } = explained.contributions;
    const contributions = Object.fromEntries(featureNames.map((name, j) => [name, data[row * columns + j]!]));
    return { ...verdict, reason: reason(explained, row), contributions };
  });
}
