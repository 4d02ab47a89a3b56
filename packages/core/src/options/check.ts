import { MixturaError, show } from "../errors.ts";
import type { CheckedOptions, DeclarationsOf, OptionDeclarations } from "./declare.ts";
import { inRange } from "./in-range.ts";
import { refusalText } from "./refusal.ts";
import { snapshot } from "../snapshot.ts";

/**
 * Checks options against their declarations and fills in defaults.
 *
 * @param owner whose options they are, for error texts: "GaussianMixture"
 * @returns a frozen object that shares no reference with `given`; options that are `undefined` count as absent
 * @throws MixturaError `unknown-option` (with the nearest name), `invalid-option` (with what is allowed)
 * @example
 * ```ts run
 * const declarations: OptionDeclarations = {
 *   nComponents: {
 *     range: { kind: "integer", minimum: 1 },
 *     default: 1,
 *     description: "Number of components.",
 *   },
 * };
 * checkOptions("Example", declarations, {}) // => { nComponents: 1 }
 * checkOptions("Example", declarations, { nComponents: 0 })
 * // throws invalid-option
 * checkOptions("Example", declarations, { n_components: 2 })
 * // throws unknown-option
 * ```
 */
export function checkOptions<Options extends object, Declared extends DeclarationsOf<Options>>(
  owner: string,
  declarations: Declared,
  given: Options | undefined,
): [keyof Options] extends [never] ? Readonly<Record<string, unknown>> : CheckedOptions<Options, Declared>;
/** The same for declarations that only the run time knows. */
export function checkOptions(owner: string, declarations: OptionDeclarations, given: object | undefined): Readonly<Record<string, unknown>>;
export function checkOptions(owner: string, declarations: OptionDeclarations, given: object | undefined): unknown {
  if (given !== undefined && (typeof given !== "object" || given === null || Array.isArray(given))) {
    throw new MixturaError("invalid-option", `${owner}: options must be an object, found ${show(given)}.`, { option: "", found: given });
  }
  const known = Object.keys(declarations);
  for (const name of Object.keys(given ?? {})) if (!known.includes(name)) throw unknownOption(owner, name, known);

  const checked: Record<string, unknown> = {};
  for (const name of known) {
    const declaration = declarations[name]!;
    const value = (given as Record<string, unknown> | undefined)?.[name];
    const endless = (): MixturaError =>
      new MixturaError("invalid-option", `${owner}: "${name}" holds itself, or has more levels than any option has.`, {
        option: name,
        found: value,
      });
    if (value === undefined) {
      if (declaration.default !== undefined) checked[name] = snapshot(declaration.default, endless);
      continue;
    }
    if (!inRange(declaration.range, value)) {
      throw new MixturaError("invalid-option", `${owner}: "${name}" ${refusalText(declaration.range, value)} ${declaration.description}`, {
        option: name,
        found: value,
      });
    }
    checked[name] = snapshot(value, endless);
  }
  return Object.freeze(checked);
}

/** The error of a name that nothing is called by. */
export function unknownOption(owner: string, name: string, known: readonly string[]): MixturaError {
  const suggestion = nearest(name, known);
  const hint = suggestion === undefined ? `Known options: ${known.join(", ")}.` : `Did you mean "${suggestion}"?`;
  return new MixturaError("unknown-option", `${owner}: there is no option "${name}". ${hint}`, {
    option: name,
    known,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

/**
 * The known name that is the fewest edits away, if it is close; snake_case counts as the same name.
 *
 * @example
 * ```ts run
 * nearest("n_components", ["nComponents", "nInit"]) // => "nComponents"
 * nearest("colour", ["nComponents", "nInit"]) // => undefined
 * ```
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string => text.replaceAll(/[_-]/g, "").toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(plain(name), plain(candidate)) }))
    .toSorted((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(1, Math.floor(name.length / 3)) ? best.candidate : undefined;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      current[j] = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
