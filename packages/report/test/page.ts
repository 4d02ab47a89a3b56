import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import type { SelectMixtureOptions } from "@mixtura/model-selection";
import { selectMixture } from "@mixtura/model-selection";
import type { ReportFacts } from "../src/index.ts";
import { renderReport, surveyRows } from "../src/index.ts";
import { parse, serialize } from "parse5";

/** Rows of `groups` clusters, `apart` standard deviations from each other. */
export function clusters({
  rows,
  features,
  groups,
  apart = 8,
  names,
}: {
  rows: number;
  features: number;
  groups: number;
  apart?: number;
  names?: readonly string[];
}): Matrix {
  const random = createRandom(7);
  const data = Float64Array.from({ length: rows * features }, (_, at) => random.normal() + (Math.floor(at / features) % groups) * apart);
  return matrix(data, rows, features, names);
}

/** The page of a selection. */
export async function pageOf(X: Matrix, options: SelectMixtureOptions, more: Partial<ReportFacts> = {}): Promise<string> {
  const { best, ...selection } = await selectMixture(X, { randomState: 1, ...options });
  return pageOfOutcome(X, { ...selection, model: best }, more);
}

export async function pageOfOutcome(X: Matrix, outcome: ReportFacts["outcome"], more: Partial<ReportFacts> = {}): Promise<string> {
  const survey = await surveyRows(outcome.model, X, { randomState: 1, unusualRows: 10 });
  const steady = { ...outcome, elapsedMilliseconds: 12 };
  return renderReport({ source: "rows.csv", X, outcome: steady, survey, ...more });
}

/** What is wrong with a page: markup that HTML does not allow, numbers that are none, anything that is loaded or run. */
export function faultsOf(page: string): string[] {
  const faults: string[] = [];
  const document = parse(page, { onParseError: ({ code, startLine, startCol }) => faults.push(`${code} at ${startLine}:${startCol}`) });
  const text = serialize(document);
  const wrong = /\b(NaN|undefined|\[object [^\]]*\])|-?\bInfinity\b/.exec(text);
  if (wrong !== null) faults.push(`${wrong[0]}: …${text.slice(Math.max(0, wrong.index - 60), wrong.index + 40)}…`);
  const active = /<script|<iframe|<link|<img|<object|javascript:|\son[a-z]+="|@import|url\((?!["']?#)|<use\b[^>]*href="[^#]/i.exec(text);
  if (active !== null) faults.push(active[0]);
  const ids = [...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) faults.push(`id "${twice}" twice`);
  return faults;
}

/** The words of a page, without its markup. */
export function wordsOf(page: string): string {
  return page
    .replaceAll(/<style>.*?<\/style>/gs, " ")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");
}
