import { MixturaError, show } from "./errors.ts";

/** Members of contexts that are called while the work goes on. */
const CALLBACKS = ["onProgress", "onCandidate"];

/**
 * What a call is given besides its data, checked before any work: an object, whose callbacks can be called. None, or `null`, is an empty one. The
 * signal is looked at by whoever makes the pace.
 *
 * @param caller for error texts: "GaussianMixture.predict"
 * @throws MixturaError `invalid-option`
 * @example
 * ```ts run
 * checkContext(undefined, "example") // => {}
 * checkContext({ onProgress: "log" }, "example") // throws invalid-option
 * ```
 */
export function checkContext<Context extends object>(context: Context | null | undefined, caller: string): Partial<Context> {
  if (context === undefined || context === null) return {};
  if (typeof context !== "object") throw refused(caller, "context", "an object such as { signal }", context);
  for (const name of CALLBACKS) {
    const found = (context as Readonly<Record<string, unknown>>)[name];
    if (found !== undefined && typeof found !== "function") throw refused(caller, name, "a function", found);
  }
  const { numericStrings, badRows } = context as { readonly numericStrings?: unknown; readonly badRows?: unknown };
  if (numericStrings !== undefined && typeof numericStrings !== "boolean")
    throw refused(caller, "numericStrings", "true or false", numericStrings);
  if (badRows !== undefined && badRows !== "error" && badRows !== "report")
    throw refused(caller, "badRows", '"error" or "report"', badRows);
  return context;
}

/** The error of a member of a context that is not as it must be. */
export function refused(caller: string, option: string, expected: string, found: unknown): MixturaError<"invalid-option"> {
  return new MixturaError("invalid-option", `${caller}: "${option}" must be ${expected}, found ${show(found)}.`, { option, found });
}
