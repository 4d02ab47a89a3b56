import type { DeclarationsOf } from "@mixtura/core";

/** The options of {@link FarthestFirst}. */
export interface FarthestFirstOptions {
  /** Number of clusters. Default 2. */
  nClusters?: number;
}

/** The options of FarthestFirst, declared once: checks, error texts, help texts, tables and generated tests come from here. */
export const farthestFirstOptions = {
  nClusters: { range: { kind: "integer", minimum: 1 }, default: 2, description: "Number of clusters." },
} satisfies DeclarationsOf<FarthestFirstOptions>;
