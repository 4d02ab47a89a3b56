import type { Mixture } from "@mixtura/core";

/**
 * How surely the training rows belong to their components: the geometric mean of each row's largest responsibility, from 1 / k to 1. It is
 * what ICL adds to BIC, per row. Absent for a model made by hand, and for a posterior.
 */
export function certaintyOf({ criteria }: Mixture, totalWeight: number): number | undefined {
  if (criteria === undefined || !(totalWeight > 0)) return undefined;
  return Math.min(1, Math.exp((criteria.bic - criteria.icl) / (2 * totalWeight)));
}

/** A certainty in words. */
export function certaintyWords(certainty: number): string {
  if (certainty >= 0.97) return "the groups are well apart";
  if (certainty >= 0.85) return "the groups overlap a little";
  return "the groups overlap a lot, so single rows can be hard to tell";
}
