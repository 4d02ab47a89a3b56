import type { Mixture } from "@mixtura/core";
import type { Candidate } from "@mixtura/model-selection";

/** Candidates that failed for one reason. */
export interface Failure {
  /** Why, as the first of them puts it. */
  readonly message: string;
  /** Their numbers of components. */
  readonly counts: readonly number[];
}

/** Why candidates failed, each kind of reason once. */
export function failuresOf(candidates: readonly Candidate<Mixture>[]): readonly Failure[] {
  const found = new Map<string, { readonly message: string; readonly counts: Set<number> }>();
  for (const { nComponents, error } of candidates) {
    if (error === undefined) continue;
    const known = found.get(error.code) ?? { message: error.message.replace(/^\w+\.fit: /, ""), counts: new Set() };
    known.counts.add(nComponents);
    found.set(error.code, known);
  }
  return [...found.values()].map(({ message, counts }) => ({ message, counts: [...counts] }));
}
