// Prints, for every estimator and backend, how many laws were checked and the worst figure of each beside its tolerance, as Markdown:
//   node packages/mixture/bench/laws-table.ts [part of a subject's name]
import type { LawResult } from "@mixtura/testing";
import { runEstimatorLaws } from "@mixtura/testing";
import { ESTIMATOR_LAWS } from "@mixtura/testing/internal";
import { backendSubjects, wholeSubjects } from "../test/subjects.ts";

const wanted = process.argv[2] ?? "";
for (const subject of [...wholeSubjects(), ...backendSubjects()].filter(({ name }) => name.includes(wanted))) {
  const started = performance.now();
  const results = await runEstimatorLaws(subject);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const broken = results.filter(({ passed }) => !passed).length;
  console.log(`\n### ${subject.name}\n`);
  console.log(`${results.length} of ${ESTIMATOR_LAWS.length} laws apply, ${broken} broken; ${seconds} s.\n`);
  console.log("| law | worst | tolerance | counted in | |\n| --- | ---: | ---: | --- | --- |");
  for (const result of results) console.log(row(result));
}

function row({ id, passed, figure, problem }: LawResult): string {
  const verdict = passed ? "holds" : `**broken**: ${(problem ?? "").replaceAll(/[|\n]/g, " ").slice(0, 900)}`;
  if (figure === undefined) return `| ${id} | | | | ${verdict} |`;
  return `| ${id} | ${figure.worst.toPrecision(2)} | ${figure.tolerance} | ${figure.unit} | ${verdict} |`;
}
