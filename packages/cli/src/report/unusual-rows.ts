import type { Mixture } from "@mixtura/core";
import type { RowSurvey } from "@mixtura/report";
import type { UnusualRow } from "@mixtura/report/internal";
import { counted, grouped, logDensityText, significant, wrap } from "@mixtura/wording/internal";
import { rowCell } from "../files/row-ids.ts";
import type { FitFacts } from "./fit-facts.ts";
import { linesWidth, tableLines } from "./layout.ts";

/** The rows of the lowest log-density with what that means: as a table where it fits, else in words. */
export function unusualRows(
  model: Mixture,
  survey: RowSurvey,
  names: readonly string[],
  { table: { X, rowIndices }, ids }: Pick<FitFacts, "table" | "ids">,
  width: number,
): string[] {
  const explanation =
    `${ids === undefined ? "Rows are counted from 1, the first row of data." : `Rows are named by the column ${ids.column}.`} Rarity: of rows drawn from the model, 1 in N is as unlikely as this one. ` +
    `Among ${counted(X.rows, "row")} a rarity of 1 in ${grouped(X.rows)} is no surprise; a much rarer row deserves a look.`;
  const nameOf = (index: number): string => rowCell(ids, index, (rowIndices?.[index] ?? index) + 1);
  const head = ids?.column ?? "row";
  const table = tableLines(
    [
      [head, "log-density", "rarity", "label", ...names],
      ...survey.unusual.map(({ index, logDensity, fraction, label, values }) => [
        nameOf(index),
        logDensityText(logDensity),
        rarity(fraction, survey.draws),
        String(label),
        ...Array.from(values, (value) => significant(value, 5)),
      ]),
    ],
    [ids === undefined ? "right" : "left", "right", "left", "right", ...names.map(() => "right" as const)],
  );
  const lines =
    linesWidth(table) <= width
      ? table
      : survey.unusual.flatMap((row) => inWords(row, `${head} ${nameOf(row.index)}`, survey, model, names, width));
  return [...lines, ...wrap(explanation, width, { first: "  ", rest: "  " })];
}

function inWords(row: UnusualRow, name: string, survey: RowSurvey, model: Mixture, names: readonly string[], width: number): string[] {
  const { label, logDensity, fraction } = row;
  const head = `${name}: log-density ${logDensityText(logDensity)}, rarity ${rarity(fraction, survey.draws)}, label ${label}`;
  return [`  ${head}`, `      ${valuesText(row, model, names, width - 6)}`];
}

function rarity(fraction: number, draws: number): string {
  return fraction === 0 ? `< 1 in ${grouped(draws)}` : `1 in ${grouped(Math.round(1 / fraction))}`;
}

/** As many of the row's values as fit, those farthest from their component's mean first. */
function valuesText({ values, label }: UnusualRow, model: Mixture, names: readonly string[], room: number): string {
  const text = (columns: readonly number[]): string => columns.map((j) => `${names[j]!} ${significant(values[j]!, 5)}`).join(", ");
  const d = model.featureCount;
  const { mean, covariance } = model.components[label]!;
  const distance = (j: number): number =>
    mean === undefined || covariance === undefined ? 0 : Math.abs(values[j]! - mean[j]!) / Math.sqrt(covariance.data[j * d + j]!);
  const ranked = Array.from(values.keys()).toSorted((a, b) => distance(b) - distance(a));
  for (let count = ranked.length; count > 1; count--) {
    const shown = text(ranked.slice(0, count)) + (count < ranked.length ? ", …" : "");
    if (shown.length <= room) return shown;
  }
  return `${text(ranked.slice(0, 1))}, …`;
}
