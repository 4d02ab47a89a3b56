import type { Mixture } from "@mixtura/core";
import { pluginFlags } from "../flags/plugin-option.ts";
import { inWords } from "../flags/in-flags.ts";
import type { Terminal } from "../terminal.ts";
import { aroundTable, droppedSentence } from "../files/note-reading.ts";
import { skippedByChoice } from "../files/left-out.ts";
import { columnSentences, otherDiagnostics } from "./column-sentences.ts";
import { commandName } from "./command-name.ts";
import { componentsTable } from "./components-table.ts";
import { criterionTable } from "./criterion-table.ts";
import type { FitFacts } from "./fit-facts.ts";
import { featureNames } from "./fit-facts.ts";
import { choiceSentences, isHeadline } from "@mixtura/report/internal";
import { criterionNames } from "@mixtura/model-selection/internal";
import { counted, duration, fileSize, listed, plural, wrap } from "@mixtura/wording/internal";
import { shellPath } from "./shell-path.ts";
import { unusualRows } from "./unusual-rows.ts";

/** The result of `fit` for people. */
export function fitSummary(facts: FitFacts, { width, bold }: Pick<Terminal, "width" | "bold">): string {
  const { outcome, survey } = facts;
  const { model, candidates, criterion } = outcome;
  const names = featureNames(facts);
  const sentences = (lines: readonly string[]): string[] => lines.flatMap((line) => wrap(line, width, { rest: "  " }));
  const sections: string[][] = [
    sentences(dataSentences(facts)),
    ...(candidates.length === 0
      ? []
      : [[bold(`${criterionNames[criterion]} by number of components K (lower is better)`), ...criterionTable(outcome, width)]]),
    sentences(choiceSentences(outcome).map((line) => inWords(line, model))),
    [
      bold(haveMoments(model) ? "Components (mean ± standard deviation per feature)" : "Components"),
      ...componentsTable(model, survey, names, width),
    ],
    [bold("Most unusual rows"), ...unusualRows(model, survey, names, facts, width)],
    sentences(agreementSentences(facts)),
    sentences(diagnosticSentences(facts)),
    [...sentences(closing(facts)), ...nextCommand(facts)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** Whether components are described by means and standard deviations. */
function haveMoments({ components }: Mixture): boolean {
  return components.every(({ mean, covariance }) => mean !== undefined && covariance !== undefined);
}

function dataSentences({ source, table, choice, ...rest }: FitFacts): string[] {
  const { X, dropped, sampleWeight } = table;
  const skipped = skippedByChoice(table);
  const lines = [
    `${source}: ${counted(X.rows, "row")} × ${counted(X.columns, "feature")} (${listed(featureNames({ table, ...rest }))})${aroundTable(table)}`,
  ];
  if (skipped.length > 0) lines.push(`Left out: ${plural(skipped.length, "column")} ${listed(skipped)}.`);
  if (dropped.count > 0) lines.push(`${droppedSentence(table)} Row numbers below are those of the file.`);
  if (sampleWeight !== undefined)
    lines.push(`Rows are weighted; their weights sum to ${Number(sampleWeight.reduce((sum, weight) => sum + weight, 0).toPrecision(10))}.`);
  return [...lines, ...columnSentences(rest.outcome.model, table, choice)];
}

/** How the labels agree with groups that were known. */
function agreementSentences({ agreement }: FitFacts): string[] {
  if (agreement === undefined) return [];
  const { column, groups, adjustedRand } = agreement;
  return [
    `Agreement with column ${column} (${counted(groups, "group")}): adjusted Rand index ${adjustedRand.toFixed(3)} (1: the same groups; 0: as by chance).`,
  ];
}

/** What the fit met, and what to do about it. */
function diagnosticSentences({ outcome }: FitFacts): string[] {
  return otherDiagnostics(outcome.model)
    .filter((finding) => !isHeadline(finding))
    .map(({ severity, message }) => `${severity === "warning" ? "Warning" : "Note"}: ${inWords(message, outcome.model)}`);
}

function closing({ outcome, output, savedBytes, report, reportBytes }: FitFacts): string[] {
  const { seed, elapsedMilliseconds = 0, candidates } = outcome;
  const fits = candidates.length === 0 ? "Fitted" : `Fitted ${counted(candidates.length, "candidate")}`;
  const lines = [`${fits} in ${duration(elapsedMilliseconds)}; --seed ${seed} gives the same result again.`];
  if (report !== undefined) lines.push(`Report written to ${report} (${fileSize(reportBytes!)}); open it in a browser.`);
  if (output === undefined) return [...lines, "The model was not saved; --output model.json keeps it."];
  return [...lines, `Model saved to ${output} (${fileSize(savedBytes!)}). To label rows with it:`];
}

/** One line, however long, so that it can be copied. */
function nextCommand({ output, path, modules }: FitFacts): string[] {
  if (output === undefined) return [];
  const data = path === undefined || path === "-" ? "data.csv" : shellPath(path);
  return [
    `  ${[
      commandName(process.argv[1] ?? "", process.cwd()),
      "predict",
      shellPath(output),
      data,
      ...pluginFlags(modules),
      "--with labels,log-density --output labels.csv",
    ].join(" ")}`,
  ];
}
