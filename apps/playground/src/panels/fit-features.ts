import type { HistoryFeature } from "../features/history.ts";
import type { View } from "../state/state.ts";

/**
 * Chooses the features that are fitted. Fewer than one changes nothing.
 *
 * @param shown those that are fitted now
 * @param usual those that are fitted where none are chosen
 */
export function fitFeatures(
  { change, state }: HistoryFeature,
  features: readonly string[],
  shown: readonly string[],
  usual: readonly string[],
): void {
  if (features.length === 0) return;
  const isUsual = features.length === usual.length && features.every((name, j) => name === usual[j]);
  const { view, density } = state.value;
  const kept = keptView(view, features, shown);
  const sameNames = kept.kind === view.kind && namesOf(kept, features) === namesOf(view, shown);
  change({ features: isUsual ? undefined : features, view: kept, density: sameNames ? density : { ...density, box: undefined } });
}

/** The view as it is, as far as its features are still there. */
function keptView(view: View, features: readonly string[], shown: readonly string[]): View {
  if (features.length < 3 && view.kind === "principal") return { kind: "plane", across: 0, up: 1 };
  if (view.kind !== "plane") return view;
  const across = features.indexOf(shown[view.across] ?? "");
  const up = features.indexOf(shown[view.up] ?? "");
  return across === -1 || up === -1 ? { kind: "plane", across: 0, up: 1 } : { kind: "plane", across, up };
}

function namesOf(view: View, names: readonly string[]): string | undefined {
  return view.kind === "plane" ? JSON.stringify([names[view.across], names[view.up]]) : undefined;
}
