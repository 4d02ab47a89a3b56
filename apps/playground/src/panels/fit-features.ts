import type { HistoryFeature } from "../features/history.ts";

/**
 * Chooses the features that are fitted. Fewer than one changes nothing.
 *
 * @param usual those that are fitted where none are chosen
 */
export function fitFeatures({ change }: HistoryFeature, features: readonly string[], usual: readonly string[]): void {
  if (features.length === 0) return;
  const isUsual = features.length === usual.length && features.every((name, j) => name === usual[j]);
  change({
    features: isUsual ? undefined : features,
    view: { kind: features.length > 2 ? "principal" : "plane", across: 0, up: 1 } as never,
  });
}
