import type { OptionRange } from "./range.ts";

/**
 * What a range allows, in words: "an integer ≥ 1", "one of "float64", "mixed"".
 *
 * @example
 * ```ts run
 * expectedText(gaussianMixtureOptions.nComponents.range)
 * // => "an integer ≥ 1"
 * expectedText(gaussianMixtureOptions.precision.range)
 * // => 'one of "float64", "mixed"'
 * ```
 */
export function expectedText(range: OptionRange): string {
  switch (range.kind) {
    case "integer":
      return `an integer${bounds(range)}`;
    case "number":
      return `a number${bounds(range)}`;
    case "boolean":
      return "true or false";
    case "text":
      return "a text";
    case "choice":
      return `${range.choices!.length === 1 ? "" : "one of "}${range.choices!.map((choice) => `"${choice}"`).join(", ")}`;
    case "list":
      return `a list of ${expectedText(range.items!).replace(/^an? /, "")}`;
    case "object":
      return `{ ${Object.entries(range.fields!)
        .map(([name, field]) => `${name}: ${expectedText(field)}`)
        .join(", ")} }`;
    case "either":
      return range.alternatives!.map(expectedText).join(", or ");
    case "other":
      return range.words ?? "a valid value";
  }
}

function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: OptionRange): string {
  const least = minimum === undefined ? [] : [`${exclusiveMinimum ? ">" : "≥"} ${minimum}`];
  const most = maximum === undefined ? [] : [`${exclusiveMaximum ? "<" : "≤"} ${maximum}`];
  return least.length + most.length === 0 ? "" : ` ${[...least, ...most].join(" and ")}`;
}
