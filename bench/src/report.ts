import type { Machine } from "./machine.ts";
import { machineLine } from "./machine.ts";
import type { AbsentPeer } from "./peers/peer.ts";
import type { Ratio } from "./ratio.ts";
import { median } from "./ratio.ts";

/** One contender in one case. */
export interface SeriesReport {
  readonly contender: string;
  /** Per unit of work, round by round. */
  readonly seconds: readonly number[];
  /** What the work led to, and how much of it was done. */
  readonly outcome: Readonly<Record<string, number>>;
}

/** How many times longer `slower` took than `faster`. */
export interface RatioReport extends Ratio {
  readonly slower: string;
  readonly faster: string;
}

/** One line of the table. */
export interface CaseReport {
  /** The first columns: what was measured. */
  readonly labels: Readonly<Record<string, string>>;
  readonly series: readonly SeriesReport[];
  readonly ratios: readonly RatioReport[];
  /** The last columns: what is to be seen beside the times. */
  readonly remarks: Readonly<Record<string, string>>;
}

/** A benchmark's result, as it is written to JSON. */
export interface Report {
  readonly benchmark: string;
  /** What one unit of work is: "EM iteration". */
  readonly unit: string;
  readonly rounds: number;
  readonly machine: Machine;
  /** Sentences above the table: data, seed, precision, method, peers and their versions. */
  readonly about: readonly string[];
  readonly absent: readonly AbsentPeer[];
  readonly cases: readonly CaseReport[];
  /** Where contenders did not reach the same result. The times beside them mean nothing. */
  readonly disagreements: readonly string[];
}

/** A report as Markdown. */
export function markdown(report: Report): string {
  const { benchmark, unit, rounds, machine, about, absent, disagreements } = report;
  const method =
    `Milliseconds per ${unit}: medians of ${rounds} rounds in which the contenders take turns, after one that does not count. ` +
    `Ratios: median of the rounds' own ratios, and from the least to the largest; above 1 the second one is faster.`;
  const points = [
    machineLine(machine),
    method,
    ...about,
    ...absent.map(({ name, reason }) => `Absent: ${name} (${reason}).`),
    ...disagreements.map((sentence) => `**Disagreement**: ${sentence}`),
  ];
  return `# ${benchmark}\n\n${points.map((point) => `- ${point}`).join("\n")}\n\n${table(report)}\n`;
}

function table({ cases }: Report): string {
  const labels = inOrder(cases.flatMap((row) => Object.keys(row.labels)));
  const contenders = inOrder(cases.flatMap((row) => row.series.map(({ contender }) => contender)));
  const ratios = inOrder(cases.flatMap((row) => row.ratios.map(ratioTitle)));
  const remarks = inOrder(cases.flatMap((row) => Object.keys(row.remarks)));

  const head = [...labels, ...contenders, ...ratios, ...remarks];
  const body = cases.map((row) => [
    ...labels.map((name) => row.labels[name] ?? ABSENT),
    ...contenders.map((name) => milliseconds(row.series.find(({ contender }) => contender === name))),
    ...ratios.map((name) => inWords(row.ratios.find((ratio) => ratioTitle(ratio) === name))),
    ...remarks.map((name) => row.remarks[name] ?? ABSENT),
  ]);
  return [head, head.map((_, index) => (index < labels.length ? "---" : "---:")), ...body]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

const ABSENT = "–";

function inOrder(names: readonly string[]): string[] {
  return [...new Set(names)];
}

function ratioTitle({ slower, faster }: RatioReport): string {
  return `${slower} ÷ ${faster}`;
}

function milliseconds(series: SeriesReport | undefined): string {
  return series === undefined ? ABSENT : digits(median(series.seconds) * 1e3);
}

function inWords(ratio: Ratio | undefined): string {
  return ratio === undefined ? ABSENT : `**${digits(ratio.median)}** (${digits(ratio.least)}–${digits(ratio.most)})`;
}

/** Three significant digits, without an exponent. */
function digits(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
