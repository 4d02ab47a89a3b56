import { leastOf } from "@mixtura/core/internal";
import type { Mixture } from "@mixtura/core";
import { decimalsFor, fixed } from "@mixtura/wording/internal";

/** A feature of one component, compared with the same feature of the whole mixture. */
interface ComponentFeature {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
  /** Mean ± standard deviation, rounded alike in all components. */
  readonly text: string;
  /** How far the component's mean is from that of all rows, in standard deviations of all rows. */
  readonly shift: number;
}

/** A component as people see it. */
export interface ComponentDescription {
  readonly component: number;
  readonly weight: number;
  /** Empty where components have no moments. */
  readonly features: readonly ComponentFeature[];
  /** "low eruptions (2.04), low waiting (54.5)"; what sets the component apart from all rows, the most telling feature first. */
  readonly words: string;
  /** The two features that move together (or against each other) most, where they do: "eruptions rises with waiting (ρ = 0.61)". */
  readonly correlation?: string;
}

/** How many features a component's words name. */
const NAMED_FEATURES = 3;
/** Shifts, in standard deviations of all rows, that are worth a word, and a strong one. */
const NOTABLE = 0.5;
const STRONG = 1.5;
/** A correlation below this explains less than a quarter of the variance. */
const NOTABLE_CORRELATION = 0.5;
/** The most features among which correlations are looked for. */
const MOST_CORRELATED = 60;

/** Names of a model's features; "x1", "x2", … where it has none. */
export function featureNamesOf({ featureNames, featureCount }: Pick<Mixture, "featureNames" | "featureCount">): readonly string[] {
  return featureNames ?? Array.from({ length: featureCount }, (_, column) => `x${column + 1}`);
}

/** Every component in words and numbers; in its own words where it has no moments. O(k·d²). */
export function describeComponents(model: Mixture, names: readonly string[] = featureNamesOf(model)): ComponentDescription[] {
  const { weights, components, featureCount: d } = model;
  const moments = components.flatMap(({ mean, covariance }) =>
    mean === undefined || covariance === undefined ? [] : [{ mean, covariance: covariance.data }],
  );
  if (moments.length < components.length)
    return components.map(({ family, words = family }, component) => ({ component, weight: weights[component]!, features: [], words }));
  const whole = names.map((_, j) => {
    const mean = moments.reduce((sum, own, k) => sum + weights[k]! * own.mean[j]!, 0);
    const variance = moments.reduce((sum, own, k) => sum + weights[k]! * (own.covariance[j * d + j]! + (own.mean[j]! - mean) ** 2), 0);
    const decimals = decimalsFor(leastOf(moments.map(({ covariance }) => Math.sqrt(covariance[j * d + j]!))));
    return { mean, deviation: Math.sqrt(variance), decimals };
  });
  return moments.map(({ mean: means, covariance }, component) => {
    const features = names.map((name, j) => {
      const mean = means[j]!;
      const deviation = Math.sqrt(covariance[j * d + j]!);
      const { decimals, ...all } = whole[j]!;
      const shift = all.deviation > 0 ? (mean - all.mean) / all.deviation : 0;
      return { name, mean, deviation, shift, text: `${fixed(mean, decimals)} ± ${fixed(deviation, decimals)}` };
    });
    const correlation = correlationWords(covariance, d, names);
    return {
      component,
      weight: weights[component]!,
      features,
      words: components[component]!.words ?? wordsFor(features, components.length),
      ...(correlation === undefined ? {} : { correlation }),
    };
  });
}

function wordsFor(features: readonly ComponentFeature[], nComponents: number): string {
  const value = ({ text }: ComponentFeature): string => text.split(" ", 1)[0]!;
  if (features.length === 1) return `${features[0]!.name} around ${value(features[0]!)}`;
  const ranked = features.toSorted((a, b) => Math.abs(b.shift) - Math.abs(a.shift));
  const notable = ranked.filter(({ shift }) => Math.abs(shift) >= NOTABLE).slice(0, NAMED_FEATURES);
  if (nComponents === 1 || notable.length === 0) {
    const most = features.slice(0, NAMED_FEATURES).map((feature) => `${feature.name} ${value(feature)}`);
    return `${nComponents === 1 ? "all rows" : "close to the average row"}: ${most.join(", ")}${features.length > most.length ? ", …" : ""}`;
  }
  return notable.map((feature) => `${level(feature.shift)} ${feature.name} (${value(feature)})`).join(", ");
}

function level(shift: number): string {
  const side = shift > 0 ? "high" : "low";
  return Math.abs(shift) >= STRONG ? `very ${side}` : side;
}

function correlationWords(covariance: Float64Array, d: number, names: readonly string[]): string | undefined {
  let best = { size: NOTABLE_CORRELATION, text: undefined as string | undefined };
  for (let i = 0; i < Math.min(d, MOST_CORRELATED); i++) {
    for (let j = i + 1; j < Math.min(d, MOST_CORRELATED); j++) {
      const correlation = covariance[i * d + j]! / Math.sqrt(covariance[i * d + i]!) / Math.sqrt(covariance[j * d + j]!);
      if (!(Math.abs(correlation) > best.size)) continue;
      const verb = correlation > 0 ? "rises with" : "falls as";
      const text = `${names[i]!} ${verb} ${names[j]!}${correlation > 0 ? "" : " rises"} (ρ = ${correlation.toFixed(2)})`;
      best = { size: Math.abs(correlation), text };
    }
  }
  return best.text;
}
