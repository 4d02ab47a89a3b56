import { MixturaError, show } from "./errors.ts";

/**
 * Throws when two features carry the same name: columns are matched by name, so neither could be meant.
 *
 * @throws MixturaError `invalid-shape`
 */
export function checkFeatureNames(names: readonly string[] | undefined, caller: string): void {
  if (names === undefined) return;
  if (!Array.isArray(names) || !names.every((name: unknown) => typeof name === "string")) {
    const found = show(names);
    throw new MixturaError("invalid-shape", `${caller}: feature names must be texts, found ${found}.`, { expected: "texts", found });
  }
  if (new Set(names).size === names.length) return;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  throw new MixturaError(
    "invalid-shape",
    `${caller}: two features are named ${show(twice)}. Give every feature its own name, or give no names.`,
    {
      expected: "different feature names",
      found: `${show(twice)} twice`,
    },
  );
}
