import type { LeftOut } from "../worker/table.ts";

/** The features that are fitted where none are chosen. */
export function fittedNames(names: readonly string[], leftOut: readonly LeftOut[] = []): readonly string[] {
  return names.filter((name) => !leftOut.some((left) => left.name === name));
}
