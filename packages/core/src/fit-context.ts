import { MixturaError, show } from "./errors.ts";
import { nearest } from "./options/check.ts";

const KNOWN: readonly string[] = ["sampleWeight", "signal", "onProgress"];

/**
 * Turns down what comes after the rows of a fit where it would be passed over in silence: weights that do not stand in an object, and names that are
 * nearly those of `FitContext`. Other names pass, since a context is handed on from one fit to the next and may carry more.
 *
 * @throws MixturaError `invalid-option`, `unknown-option`
 * @example
 * ```ts run
 * checkFitContext({ sampleWeight: [1, 2] }, "example")
 * checkFitContext({ sample_weight: [1, 2] }, "example") // throws unknown-option
 * checkFitContext([1, 2], "example") // throws invalid-option
 * ```
 */
export function checkFitContext(context: object | null | undefined, caller: string): void {
  if (context === undefined || context === null) return;
  if (typeof context !== "object" || Array.isArray(context) || ArrayBuffer.isView(context))
    throw new MixturaError(
      "invalid-option",
      `${caller}: what comes after the rows is an object, found ${show(context)}. Weights stand in it: { sampleWeight: … }.`,
      { option: "context", found: context },
    );
  for (const name of Object.keys(context)) {
    if (KNOWN.includes(name)) continue;
    const suggestion = /^weights?$/i.test(name) ? "sampleWeight" : nearest(name, KNOWN);
    if (suggestion === undefined) continue;
    throw new MixturaError(
      "unknown-option",
      `${caller}: nothing called "${name}" is taken beside the rows. Did you mean "${suggestion}"?`,
      {
        option: name,
        known: KNOWN,
        suggestion,
      },
    );
  }
}
