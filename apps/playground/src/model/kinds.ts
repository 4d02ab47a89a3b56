import type { DeclaredEstimator } from "./catalogue.ts";

/** Estimators of a kind, for a list. */
export interface EstimatorKind {
  readonly title: string;
  readonly types: readonly string[];
}

/** Sorts estimators by what they are for; each stands once, under the first that fits. */
export function kindsOf(plugins: readonly DeclaredEstimator[]): EstimatorKind[] {
  const titles = ["Clusters and densities", "Clusters", "Densities", "Outliers", "Others"];
  const titleOf = ({ capabilities }: DeclaredEstimator): string => {
    const can = new Set(capabilities);
    if (can.has("outlier")) return "Outliers";
    if (can.has("density") && can.has("clustering")) return "Clusters and densities";
    if (can.has("clustering")) return "Clusters";
    return can.has("density") ? "Densities" : "Others";
  };
  return titles
    .map((title) => ({ title, types: plugins.filter((plugin) => titleOf(plugin) === title).map(({ type }) => type) }))
    .filter(({ types }) => types.length > 0);
}
