import type { FittedGaussianMixture } from "@mixtura/mixture";
import type { RowSurvey, UnusualRow } from "../fit/survey.ts";
import { linesWidth, tableLines, wrap } from "./layout.ts";
import { counted, grouped, significant } from "./numbers.ts";

/** The rows of the lowest log-density, one per line, with what that means. */
export function unusualRows(model: FittedGaussianMixture, survey: RowSurvey, names: readonly string[], rows: number, width: number): string[] {
  const heads = [
    ["row", "log-density", "rarity", "label"],
    ...survey.unusual.map(({ index, logDensity, share, label }) => [String(index + 1), logDensity.toFixed(2), rarity(share, survey.draws), String(label)]),
  ];
  const explanation =
    `Rows are counted from 1, the first row of data. Rarity: of rows drawn from the model, 1 in N is as unlikely as this one. ` +
    `Among ${counted(rows, "row")} a rarity of 1 in ${grouped(rows)} is no surprise; a much rarer row deserves a look.`;
  return [...valuesBeside(heads, model, survey, names, width), ...wrap(explanation, width, "  ", "  ")];
}

/** The values in columns of their own where these fit, else as many of them as fit, by name. */
function valuesBeside(heads: readonly string[][], model: FittedGaussianMixture, { unusual }: RowSurvey, names: readonly string[], width: number): string[] {
  const columns = [names, ...unusual.map(({ values }) => Array.from(values, (value) => significant(value, 5)))];
  const full = tableLines(
    heads.map((head, index) => [...head, ...columns[index]!]),
    [...HEAD_ALIGNMENTS, ...names.map(() => "right" as const)],
  );
  if (linesWidth(full) <= width) return full;
  const room = width - linesWidth(tableLines(heads, HEAD_ALIGNMENTS)) - 2;
  const texts = ["values, the strangest first", ...unusual.map((row) => valuesText(row, model, names, room))];
  return tableLines(
    heads.map((head, index) => [...head, texts[index]!]),
    [...HEAD_ALIGNMENTS, "left"],
  );
}

const HEAD_ALIGNMENTS = ["right", "right", "left", "right"] as const;

function rarity(share: number, draws: number): string {
  return share === 0 ? `< 1 in ${grouped(draws)}` : `1 in ${grouped(Math.round(1 / share))}`;
}

/** As many of the row's values as fit, those farthest from their component's mean first. */
function valuesText({ values, label }: UnusualRow, model: FittedGaussianMixture, names: readonly string[], room: number): string {
  const text = (columns: readonly number[]): string => columns.map((j) => `${names[j]!} ${significant(values[j]!, 5)}`).join(", ");
  const d = model.featureCount;
  const covariance = model.covariance(label).data;
  const { data: means } = model.means;
  const distance = (j: number): number => Math.abs(values[j]! - means[label * d + j]!) / Math.sqrt(covariance[j * d + j]!);
  const ranked = Array.from(values.keys()).toSorted((a, b) => distance(b) - distance(a));
  for (let count = ranked.length; count > 1; count--) {
    const shown = text(ranked.slice(0, count)) + (count < ranked.length ? ", …" : "");
    if (shown.length <= room) return shown;
  }
  return `${text(ranked.slice(0, 1))}, …`;
}
