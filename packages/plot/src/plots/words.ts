import { counted } from "@mixtura/wording/internal";
import { beyond } from "../axis/cut.ts";
import type { Extent } from "../axis/span.ts";
import { AS_GIVEN, spanned } from "../axis/span.ts";
import { shortNumber } from "../axis/tick-text.ts";
import type { Components, Densities } from "../input/components.ts";

/** A component in words: "component 1: weight 0.36, mean waiting 54.5, eruptions 2.04". */
export function componentWords(
  components: Components | Densities,
  k: number,
  name: string,
  features: readonly { index: number; name: string }[],
): string {
  const { weights } = components;
  if (!("means" in components)) return `${name}: weight ${shortNumber(weights[k]!)}`;
  const { means, features: d } = components;
  const mean = features.map(({ index, name: feature }) => `${feature} ${shortNumber(means[k * d + index]!)}`).join(", ");
  return `${name}: weight ${shortNumber(weights[k]!)}, mean ${mean}`;
}

/** At most this many components are put in words. */
const MOST = 12;

/** All components in words, for a description. */
export function mixtureWords(
  components: Components | Densities | undefined,
  names: readonly string[],
  features: readonly { index: number; name: string }[],
): string {
  if (components === undefined) return "";
  const count = Math.min(MOST, components.count);
  const words = Array.from({ length: count }, (_, k) => componentWords(components, k, names[k]!, features));
  const more = components.count > count ? `; and ${components.count - count} more` : "";
  return ` The mixture has ${counted(components.count, "component")}: ${words.join("; ")}${more}.`;
}

/** "component 3 lies outside": components whose means no axis reaches; empty where there are none. */
export function outsideWords(
  components: Components | undefined,
  names: readonly string[],
  axes: readonly { readonly feature: number; readonly extent: Extent }[],
): string {
  if (components === undefined) return "";
  const { means, weights, features: d, count } = components;
  const ends = axes.map(({ feature, extent }) => ({ feature, ends: spanned(extent, 0.05, AS_GIVEN) }));
  const outside = Array.from({ length: count }, (_, k) => k).filter(
    (k) => weights[k]! > 0 && ends.some((axis) => beyond(axis.ends, means[k * d + axis.feature]!) !== undefined),
  );
  if (outside.length === 0) return "";
  return outside.length === 1 ? `${names[outside[0]!]!} lies outside` : `${counted(outside.length, "component")} lie outside`;
}

/** A sentence of a description, after a space; nothing of nothing. */
export function sentence(text: string): string {
  return text === "" ? "" : ` ${text[0]!.toUpperCase()}${text.slice(1)}.`;
}
