import type { Mixture } from "@mixtura/core";
import { greatestOf, leastOf } from "@mixtura/core/internal";
import { counted, inSentence } from "@mixtura/wording/internal";
import type { Outcome } from "./outcome.ts";

/** More numbers than this are given as a range. */
const MOST_LISTED = 3;

/** How many groups there are, as far as the selection knows: "3 groups", "3 or 4 groups", "at least 9 groups". */
export function groupCount({ model, candidates, openComponents = [model.nComponents] }: Outcome): string {
  const groups = openComponents.length < 2 ? counted(model.nComponents, "group") : `${numbers(openComponents)} groups`;
  return openComponents.includes(edgeOf(model, candidates)?.most ?? -1) ? `${groups}, or more` : groups;
}

/** The numbers of components that were tried, where the choice is the largest of several: the range ended before the criterion did. */
export function edgeOf(model: Mixture, candidates: Outcome["candidates"]): { readonly least: number; readonly most: number } | undefined {
  if (model.isPosterior) return undefined; // whose number of components is the most that may be used
  const counts = candidates.filter(({ error }) => error === undefined).map(({ nComponents }) => nComponents);
  const [least, most] = [leastOf(counts), greatestOf(counts)];
  return least < most && model.nComponents === most ? { least, most } : undefined;
}

/** What is left open; nothing where one number of groups is clear. */
export function openSentences({ model, openComponents = [] }: Outcome): string[] {
  if (openComponents.length < 2) return [];
  return [`The rows leave open whether there are ${numbers(openComponents)} groups; what follows describes ${model.nComponents}.`];
}

function numbers(open: readonly number[]): string {
  return open.length > MOST_LISTED ? `${open[0]!} to ${open.at(-1)!}` : inSentence(open.map(String), "or");
}
