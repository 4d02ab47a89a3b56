import { leastOf } from "@mixtura/core/internal";
import type { Mixture } from "@mixtura/core";
import type { RowSurvey } from "@mixtura/report";
import { linesWidth, tableLines } from "./layout.ts";
import { occupiedComponents } from "@mixtura/report/internal";
import { decimalsFor, fixed, grouped, percent, shortened } from "@mixtura/wording/internal";

/** Features listed at most; with more, those that tell the components apart best. */
const MOST_FEATURES = 24;
const LONGEST_NAME = 28;

/** One column of numbers: a feature, its means and standard deviations per component. */
interface FeatureColumn {
  readonly name: string;
  readonly cells: readonly string[];
  /** Variance between the components over variance within them. */
  readonly separation: number;
}

/** Weight, rows held, and mean ± standard deviation per feature; components down where that fits, else across. */
export function componentsTable(model: Mixture, { sizes }: RowSurvey, names: readonly string[], width: number): string[] {
  const components = occupiedComponents(model, sizes);
  const weights = Array.from(model.weights, (weight) => percent(weight));
  const rows = [...sizes].map((size) => grouped(Number(size.toFixed(1))));
  // What the prior of a posterior expected of the weights.
  const expected = model.priorWeights === undefined ? undefined : Array.from(model.priorWeights, (weight) => percent(weight));
  const all = featureColumns(model, names);

  const down = tableLines(
    [
      ["label", "weight", ...(expected === undefined ? [] : ["expected"]), "rows", ...all.map(({ name }) => name)],
      ...components.map((k) => [
        String(k),
        weights[k]!,
        ...(expected === undefined ? [] : [expected[k]!]),
        rows[k]!,
        ...all.map(({ cells }) => cells[k]!),
      ]),
    ],
    ["right", "right", "right", ...(expected === undefined ? [] : ["right" as const]), ...all.map(() => "right" as const)],
  );
  if (linesWidth(down) <= width) return down;

  const shown = distinctive(all);
  const across = (group: readonly number[]): string[] =>
    tableLines(
      [
        ["label", ...group.map(String)],
        ["weight", ...group.map((k) => weights[k]!)],
        ...(expected === undefined ? [] : [["expected", ...group.map((k) => expected[k]!)]]),
        ["rows", ...group.map((k) => rows[k]!)],
        ...shown.map(({ name, cells }) => [shortened(name, LONGEST_NAME), ...group.map((k) => cells[k]!)]),
      ],
      ["left", ...group.map(() => "right" as const)],
    );
  const lines = groupsThatFit(components, (group) => linesWidth(across(group)) <= width).flatMap((group, index) => [
    ...(index === 0 ? [] : [""]),
    ...across(group),
  ]);
  return shown.length === all.length
    ? lines
    : [...lines, `  (the ${shown.length} of ${all.length} features in which the components differ most)`];
}

function featureColumns(model: Mixture, names: readonly string[]): FeatureColumn[] {
  const { weights, components, featureCount: d } = model;
  const moments = components.flatMap(({ mean, covariance }) =>
    mean === undefined || covariance === undefined ? [] : [{ mean, covariance: covariance.data }],
  );
  // Components without moments describe themselves.
  if (moments.length < components.length)
    return [{ name: "component", cells: components.map(({ family, words = family }) => words), separation: 0 }];
  return names.map((name, j) => {
    const centres = moments.map(({ mean }) => mean[j]!);
    const deviations = moments.map(({ covariance }) => Math.sqrt(covariance[j * d + j]!));
    const decimals = decimalsFor(leastOf(deviations));
    const centre = centres.reduce((sum, value, k) => sum + weights[k]! * value, 0);
    const between = centres.reduce((sum, value, k) => sum + weights[k]! * (value - centre) ** 2, 0);
    const within = deviations.reduce((sum, value, k) => sum + weights[k]! * value ** 2, 0);
    return {
      name,
      cells: centres.map((value, k) => `${fixed(value, decimals)} ± ${fixed(deviations[k]!, decimals)}`),
      separation: between / within,
    };
  });
}

/** The features that tell the components apart best, in the order of the data. */
function distinctive(columns: readonly FeatureColumn[]): readonly FeatureColumn[] {
  if (columns.length <= MOST_FEATURES) return columns;
  const best = new Set(columns.toSorted((a, b) => b.separation - a.separation).slice(0, MOST_FEATURES));
  return columns.filter((column) => best.has(column));
}

/** Cuts a list into runs that each fit, at least one item long. */
function groupsThatFit(items: readonly number[], fits: (group: readonly number[]) => boolean): number[][] {
  const groups: number[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last !== undefined && fits([...last, item])) last.push(item);
    else groups.push([item]);
  }
  return groups;
}
