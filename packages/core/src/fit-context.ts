import { checkContext, refused } from "./context.ts";
import type { FitContext } from "./estimator.ts";
import { unknownOption } from "./options/check.ts";
import type { GivenProvenance } from "./provenance.ts";
import { isPlainObject } from "./snapshot.ts";

/**
 * The context of a fit, checked before any work: an object (none is an empty one), callbacks that can be called, a provenance that can be written
 * down. Weights that would be ignored in silence are rejected: under a name that is not quite `sampleWeight`, or without an object around them. All
 * other names pass, since a context is passed on from one fit to the next and may carry more.
 *
 * @throws MixturaError `unknown-option`, `invalid-option`
 * @example
 * ```ts run
 * checkFitContext({ sampleWeight: [1, 2] }, "example")
 * // => { sampleWeight: [1, 2] }
 * checkFitContext({ sample_weight: [1, 2] }, "example")
 * // throws unknown-option
 * checkFitContext([1, 2], "example") // throws unknown-option
 * checkFitContext({ onProgress: 1 }, "example") // throws invalid-option
 * ```
 */
export function checkFitContext<Context extends object>(context: Context | null | undefined, caller: string): Partial<Context> {
  const checked = checkContext(context, caller);
  // A list has its indices for names.
  for (const name of Object.keys(checked))
    if (/weight|^\d/i.test(name) && name !== "sampleWeight") throw unknownOption(caller, name, ["sampleWeight"]);
  const { provenance } = checked as FitContext;
  if (provenance !== undefined && provenance !== null && !isProvenance(provenance))
    throw refused(
      caller,
      "provenance",
      "{ source?: a text, leftOut?: [{ rows, reason }], leftOutColumns?: [{ column, reason }], created?: a text }",
      provenance,
    );
  return checked;
}

/** Whether a model's JSON can hold it, so that the model is read back. */
function isProvenance(value: unknown): value is GivenProvenance {
  if (!isPlainObject(value)) return false;
  const { source = "", leftOut = [], leftOutColumns = [], created = "" } = value;
  return (
    typeof source === "string" && typeof created === "string" && isListOf(leftOut, isLeftOut) && isListOf(leftOutColumns, isLeftOutColumn)
  );
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && Array.from(value).every(isItem);
}

function isLeftOutColumn(value: unknown): boolean {
  return isPlainObject(value) && typeof value["column"] === "string" && typeof value["reason"] === "string";
}

function isLeftOut(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  const { rows, reason } = value;
  return Number.isInteger(rows) && (rows as number) >= 0 && (rows as number) <= 0x7fffffff && typeof reason === "string";
}
