import { leastOf } from "@mixtura/core/internal";
import type { Stability, StabilityRow } from "@mixtura/model-selection";
import { percent } from "@mixtura/wording/internal";

/** Mean adjusted Rand indices from which groups are called stable, and fairly stable. */
const STABLE = 0.9;
const FAIR = 0.75;

/** Groups whose best match covers less than this of them dissolve (Hennig 2007). */
const DISSOLVED = 0.6;

/** How far a mean index tells of groups that come again. */
function stabilityWord(mean: number): string {
  return mean >= STABLE ? "stable" : mean >= FAIR ? "fairly stable" : "not stable";
}

/** The steadiest number of groups among those of more than one that are sound. */
function steadiest(rows: readonly StabilityRow[]): StabilityRow | undefined {
  return rows
    .filter(({ nComponents, degenerate, scores }) => nComponents > 1 && !degenerate && scores.length > 0)
    .reduce<StabilityRow | undefined>((best, row) => (best === undefined || row.mean > best.mean ? row : best), undefined);
}

/** Whether the chosen number of groups would come again, in sentences. */
export function stabilitySentences({ rows }: Stability, chosen: number): string[] {
  const own = rows.find(({ nComponents }) => nComponents === chosen);
  const best = steadiest(rows);
  const sentences: string[] = [];
  if (chosen === 1) sentences.push("One group is always the same group, so there is nothing to compare it by.");
  else if (own !== undefined && own.scores.length > 0) {
    sentences.push(
      `${chosen} groups are ${stabilityWord(own.mean)}: over ${own.scores.length} samples of the rows the mean adjusted Rand index with the groups of all rows is ${own.mean.toFixed(3)} (1: the same groups; 0: as by chance).`,
    );
    const dissolved = own.components.filter((stability) => stability < DISSOLVED).length;
    if (dissolved > 0)
      sentences.push(
        dissolved === 1
          ? "One of the groups dissolves in the samples: less than 60% of it comes again."
          : `${dissolved} of the groups dissolve in the samples: less than 60% of each comes again.`,
      );
  }
  if (best !== undefined && best.nComponents !== chosen && best.mean > (own?.mean ?? 0))
    sentences.push(
      `${best.nComponents} groups come again more surely (${best.mean.toFixed(3)}). Stable groups need not be the right ones: two may be stable where there are four in two pairs.`,
    );
  return sentences;
}

/** How much of the group that is covered worst comes again, on average: its mean Jaccard index. */
export function leastRecovered({ components, scores, nComponents }: StabilityRow): string {
  return scores.length === 0 || nComponents === 1 ? "" : percent(leastOf(components));
}
