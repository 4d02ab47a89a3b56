import { readFileSync } from "node:fs";
import type { AccuracyResults, Comparison } from "../accuracy/results.ts";
import type { Page } from "./page.ts";

/** The page about accuracy and parity, from the results that are kept. */
export function accuracyPage(file: string): Page {
  const { date, node, comparisons } = JSON.parse(readFileSync(file, "utf8")) as AccuracyResults;
  return {
    path: "accuracy",
    markdown: [
      "# Accuracy and parity",
      "Numbers are held against programs that were written by others. Their values lie in `test/reference`, with the scripts that made them, versions and origin; the tests of every change hold each figure to a tolerance with a reason. This page shows what was found rather than what is allowed.",
      `Measured on ${date} with Node ${node}; \`npm run accuracy\` measures again and writes \`apps/docs/accuracy.json\`, from which this page is made.`,
      ...comparisons.map(section),
      "## Properties",
      "Other programs are one yardstick, mathematical properties are the other: adding 1e8 to the data, scaling it by 1e±9, repeating rows against weights and permuting rows change nothing but what they must; responsibilities sum to 1, densities integrate to 1, a model read back from JSON gives the same bits, and EM's bound never falls. `@mixtura/testing` holds every estimator and every backend to them; [how to run it](/packages/testing).",
      "",
    ].join("\n\n"),
  };
}

function section({ title, against, measure, rows }: Comparison): string {
  const remarks = rows.some(({ remark }) => remark !== undefined);
  const lines = rows.map(
    ({ what, cases, worst, remark }) => `| ${what} | ${cases} | ${shown(worst)} |${remarks ? ` ${remark ?? ""} |` : ""}`,
  );
  return [
    `## ${title}`,
    `Against ${against}. ${measure.charAt(0).toUpperCase()}${measure.slice(1)}.`,
    [`| what | cases | difference |${remarks ? " remark |" : ""}`, `| --- | ---: | ---: |${remarks ? " --- |" : ""}`, ...lines].join("\n"),
  ].join("\n\n");
}

function shown(value: number): string {
  if (value === 0) return "0";
  return Math.abs(value) < 1e-3 ? value.toExponential(1).replace("e", "e") : value.toFixed(2);
}
