import type { FittedDetector } from "@mixtura/outliers";
import { reason } from "@mixtura/outliers";
import type { ErrorBody } from "./refusal.ts";
import { errorBody, Refusal, statusOf } from "./refusal.ts";

/**
 * An event: a number for each feature of the detector. Other fields are
 * passed over.
 */
type Event = Readonly<Record<string, number>>;

/** What is said of an event. */
export interface Verdict {
  readonly score: number;
  readonly outlier: boolean;
  /**
   * How likely a clean event would score as low; only where the
   * detector is calibrated.
   */
  readonly pValue?: number;
  /** Why, in words; only for outliers. */
  readonly reason?: string;
  /** What each feature adds; only for outliers. */
  readonly contributions?: Readonly<Record<string, number>>;
}

/** What stands in the place of an event that cannot be judged. */
export interface Refused {
  readonly error: ErrorBody;
}

/**
 * Judges events, all at once; where one of them lacks a feature or has
 * one that is no finite number, one by one, so that it takes no other
 * with it.
 *
 * @throws MixturaError or Refusal where not one of them can be judged
 */
export async function judge(
  detector: FittedDetector,
  events: readonly unknown[],
): Promise<(Verdict | Refused)[]> {
  try {
    return await verdicts(detector, events.map(eventOf));
  } catch (error) {
    if (statusOf(error) === 500 || events.length === 1) throw error;
  }
  const failures: unknown[] = [];
  const answers: (Verdict | Refused)[] = [];
  for (const event of events) {
    try {
      answers.push(...(await verdicts(detector, [eventOf(event)])));
    } catch (error) {
      if (statusOf(error) === 500) throw error;
      failures.push(error);
      answers.push({ error: errorBody(error) });
    }
  }
  if (failures.length === events.length) throw failures[0];
  return answers;
}

/** Reasons cost more than scores, so only outliers get any. */
async function verdicts(
  detector: FittedDetector,
  events: readonly Event[],
): Promise<Verdict[]> {
  const { scores, labels, pValues } = await detector.judge(events);
  const odd = events.filter((_, index) => labels[index] === -1);
  const explained =
    odd.length === 0 ? undefined : await detector.explain(odd);
  let row = 0;
  return events.map((_, index): Verdict => {
    const outlier = labels[index] === -1;
    const verdict = {
      score: scores[index]!,
      outlier,
      ...(pValues === undefined ? {} : { pValue: pValues[index]! }),
    };
    if (!outlier || explained === undefined) return verdict;
    const {
      data,
      columns,
      featureNames = [],
    } = explained.contributions;
    const contributions = Object.fromEntries(
      featureNames.map((name, j) => [name, data[row * columns + j]!]),
    );
    return {
      ...verdict,
      reason: reason(explained, row++),
      contributions,
    };
  });
}

function eventOf(event: unknown): Event {
  if (
    typeof event === "object" &&
    event !== null &&
    !Array.isArray(event)
  )
    return event as Event;
  throw new Refusal(
    400,
    "invalid-shape",
    "This event is no object with a number for each feature.",
  );
}
