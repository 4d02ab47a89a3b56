import { unknownOption } from "./options/check.ts";

/**
 * Rejects weights that would be ignored in silence: under a name that is not quite `sampleWeight`, or without an object around them. All other
 * names pass, since a context is passed on from one fit to the next and may carry more.
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
    if (/weight|^\d/i.test(name) && name !== "sampleWeight") throw unknownOption(caller, name, ["sampleWeight"]);
}
