import type { Explanation } from "@mixtura/outliers";
import { reason } from "@mixtura/outliers";
import { significant } from "@mixtura/wording/internal";

/** Features that a reason names at most. */
const MOST_NAMED = 3;

/** A reason names features until they make up this part of what makes the row unusual. */
const TELLING = 0.8;

/**
 * Why one row is unusual: the few features that make up most of it, each with what was expected and what was seen. Where the detector expects nothing
 * of single features, each with its value and its part of the whole.
 *
 * @param row of the explanation
 * @param values of the row, by feature
 */
export function reasonText(explanation: Explanation, row: number, names: readonly string[], values: (feature: number) => number): string {
  const features = featuresToName(explanation, row);
  if (explanation.expected !== undefined) return reason(explanation, row, { featureNames: names, features, contributions: false });
  const { data, columns } = explanation.contributions;
  const part = (feature: number): number => data[row * columns + feature]!;
  return Array.from({ length: columns }, (_, feature) => feature)
    .toSorted((a, b) => part(b) - part(a) || a - b)
    .slice(0, features)
    .map(
      (feature) =>
        `${names[feature]!} ${significant(values(feature), 5)} adds ${significant(part(feature), 3)} of ${significant(explanation.value[row]!, 3)}`,
    )
    .join("; ");
}

/** How many features make up most of what is unusual about a row. */
function featuresToName({ contributions: { data, columns } }: Explanation, row: number): number {
  const positive = data.slice(row * columns, (row + 1) * columns).filter((part) => part > 0);
  const total = positive.reduce((sum, part) => sum + part, 0);
  const sorted = positive.toSorted().reverse();
  let sum = 0;
  let count = 0;
  while (count < Math.min(MOST_NAMED, sorted.length) && sum < TELLING * total) sum += sorted[count++]!;
  return Math.max(1, count);
}
