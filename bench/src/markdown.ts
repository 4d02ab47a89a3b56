import { machineLine } from "./machine.ts";
import { median } from "./ratio.ts";
import type { CaseReport, DatedReport, TimeUnit } from "./report.ts";
import { ratioTitle } from "./summary.ts";
import { digits, table, uniqueInOrder } from "./table.ts";

/** A report as Markdown. */
export function markdown(report: DatedReport): string {
  return `# ${report.benchmark}\n\n${bulletPoints(facts(report))}\n\n${tables(report, "##")}\n`;
}

/** Sentences as a list. */
export function bulletPoints(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${sentence}`).join("\n");
}

/** Machine, method, data and peers, a sentence each. */
export function facts({ date, seed, rounds, machine, about, absent, disagreements }: DatedReport): string[] {
  const turns = rounds === 1 ? "One round" : `Medians of ${rounds} rounds`;
  const method =
    `${turns} in which the contenders take turns, after one that does not count. ` +
    `Ratios: median of the rounds' own ratios, and from the least to the largest; above 1 the second one is faster.`;
  return [
    [machineLine(machine), date, seed === undefined ? undefined : `seed ${seed}`].filter((part) => part !== undefined).join(", "),
    method,
    ...about,
    ...absent.map(({ name, reason }) => `Absent: ${name} (${reason}).`),
    ...disagreements.map((sentence) => `**Disagreement**: ${sentence}`),
  ];
}

/** Ratios, their geometric means, times, memory and remarks: the tables that have something in them. */
export function tables(report: DatedReport, heading: string): string {
  const { cases, unit, timeUnit = "milliseconds", geometricMeans = [] } = report;
  const ratios = columns(
    cases,
    (one) => one.ratios.map(ratioTitle),
    (one, title) => {
      const ratio = one.ratios.find((candidate) => ratioTitle(candidate) === title);
      return ratio && `**${digits(ratio.median)}** (${digits(ratio.least)}–${digits(ratio.most)})`;
    },
  );
  const names = (one: CaseReport) => one.series.map(({ contender }) => contender);
  const seriesOf = (one: CaseReport, name: string) => one.series.find(({ contender }) => contender === name);
  const times = columns(cases, names, (one, name) => {
    const series = seriesOf(one, name);
    return series && digits(median(series.seconds) * PER_SECOND[timeUnit]);
  });
  const memory = columns(
    cases,
    (one) => one.series.flatMap(({ contender, growthBytes }) => (growthBytes === undefined ? [] : [contender])),
    (one, name) => {
      const bytes = seriesOf(one, name)?.growthBytes;
      return bytes === undefined ? undefined : digits(bytes / 2 ** 20);
    },
  );
  const remarks = columns(
    cases,
    (one) => Object.keys(one.remarks),
    (one, name) => one.remarks[name],
  );
  const means = geometricMeans.filter(({ cases: count }) => count > 1);
  return [
    { title: "Ratios", text: ratios },
    { title: "Geometric means of the ratios", text: means.length === 0 ? undefined : meansTable(means) },
    { title: `${capital(timeUnit)} per ${unit}`, text: times },
    { title: "Peak memory above the loaded data, MiB", text: memory },
    { title: "Next to the times", text: remarks },
  ]
    .flatMap(({ title, text }) => (text === undefined ? [] : [`${heading} ${title}\n\n${text}`]))
    .join("\n\n");
}

const PER_SECOND: Readonly<Record<TimeUnit, number>> = { milliseconds: 1e3, microseconds: 1e6, nanoseconds: 1e9 };

/** A line per case with its labels and the cells of every column that some case has; undefined where there are no columns. */
function columns(
  cases: readonly CaseReport[],
  titles: (one: CaseReport) => readonly string[],
  cell: (one: CaseReport, title: string) => string | undefined,
): string | undefined {
  const labels = uniqueInOrder(cases.flatMap(({ labels: own }) => Object.keys(own)));
  const heads = uniqueInOrder(cases.flatMap(titles));
  if (heads.length === 0) return undefined;
  const body = cases.map((one) => [...labels.map((label) => one.labels[label]), ...heads.map((head) => cell(one, head))]);
  return table([...labels, ...heads], labels.length, body);
}

function meansTable(means: NonNullable<DatedReport["geometricMeans"]>): string {
  const heads = uniqueInOrder(means.map(({ ratio }) => ratio));
  const body = uniqueInOrder(means.map(({ group }) => group)).map((group) => [
    group,
    ...heads.map((ratio) => {
      const mean = means.find((one) => one.group === group && one.ratio === ratio);
      return mean && `**${digits(mean.value)}** (${mean.cases})`;
    }),
  ]);
  return table(["cases", ...heads], 1, body);
}

function capital(word: string): string {
  return `${word[0]!.toUpperCase()}${word.slice(1)}`;
}
