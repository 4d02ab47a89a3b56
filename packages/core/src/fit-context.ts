import { nearest, unknownOption } from "./options/check.ts";

const KNOWN: readonly string[] = ["sampleWeight", "signal", "onProgress"];

/**
 * Turns down what comes after the rows of a fit where it would be passed over in silence: weights that do not stand in an object, and names that are
 * nearly those of `FitContext`. Other names pass, since a context is handed on from one fit to the next and may carry more.
 *
 * @throws MixturaError `unknown-option`
 * @example
 * ```ts run
 * checkFitContext({ sampleWeight: [1, 2] }, "example")
 * checkFitContext({ sample_weight: [1, 2] }, "example") // throws unknown-option
 * checkFitContext([1, 2], "example") // throws unknown-option
 * ```
 */
export function checkFitContext(context: object | null | undefined, caller: string): void {
  // A list has its indices for names.
  for (const name of Object.keys(context ?? {}))
    if (!KNOWN.includes(name) && (/weight|^\d/i.test(name) || nearest(name, KNOWN) !== undefined)) throw unknownOption(caller, name, KNOWN);
}
