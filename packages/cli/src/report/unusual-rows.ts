import type { FittedGaussianMixture } from "@mixtura/mixture";
import type { RowSurvey, UnusualRow } from "../fit/survey.ts";
import { tableLines, wrap } from "./layout.ts";
import { counted, grouped, significant } from "./numbers.ts";

/** The rows of the lowest log-density, one per line, with what that means. */
export function unusualRows(model: FittedGaussianMixture, survey: RowSurvey, names: readonly string[], rows: number, width: number): string[] {
  const heads = survey.unusual.map((row) => [`row ${row.index + 1}`, `log-density ${row.logDensity.toFixed(2)}`, rarity(row.share, survey.draws)]);
  const lines = tableLines(heads, ["left", "right", "left"]);
  const room = width - Math.max(...lines.map((line) => line.length)) - 3;
  const withValues = survey.unusual.map((row) => valuesText(row, model, names, room));
  const explanation =
    `Rows are counted from 1, the first row of data. "1 in N" is the share of rows drawn from the model that are as unlikely; ` +
    `among ${counted(rows, "row")} about 1 in ${grouped(rows)} is no surprise, while a much rarer one deserves a look.`;
  const aligned = tableLines(heads.map((head, index) => [...head, withValues[index]!]), ["left", "right", "left", "left"]);
  return [...aligned, ...wrap(`  ${explanation}`, width, "  ")];
}

function rarity(share: number, draws: number): string {
  return share === 0 ? `< 1 in ${grouped(draws)}` : `1 in ${grouped(Math.round(1 / share))}`;
}

/** As many of the row's values as fit: where not all do, those farthest from their component's mean first. */
function valuesText({ values, label }: UnusualRow, model: FittedGaussianMixture, names: readonly string[], room: number): string {
  const text = (columns: readonly number[]): string => columns.map((j) => `${names[j]!} ${significant(values[j]!, 5)}`).join(", ");
  const all = Array.from(values.keys());
  if (text(all).length <= room) return text(all);
  const d = model.featureCount;
  const covariance = model.covariance(label).data;
  const { data: means } = model.means;
  const distance = (j: number): number => Math.abs(values[j]! - means[label * d + j]!) / Math.sqrt(covariance[j * d + j]!);
  const ranked = all.toSorted((a, b) => distance(b) - distance(a));
  for (let count = ranked.length - 1; count > 1; count--) {
    const shown = `${text(ranked.slice(0, count))}, …`;
    if (shown.length <= room) return shown;
  }
  return `${text(ranked.slice(0, 1))}, …`;
}
