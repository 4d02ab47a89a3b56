// Runs the benchmarks of this folder: `npm run bench -- em-iteration --shape 1e5,2,10 --rounds 3`.
// Tables go to standard output, progress to standard error; a full run is kept in bench/results.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Benchmark } from "./benchmark.ts";
import { readWishes } from "./command-line.ts";
import type { Report } from "./report.ts";
import { markdown } from "./report.ts";

const RESULTS = join(import.meta.dirname, "..", "results");

async function benchmarks(filters: readonly string[]): Promise<Benchmark[]> {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".bench.ts"));
  const modules = await Promise.all(files.map((file) => import(`./${file}`) as Promise<{ benchmark: Benchmark }>));
  const all = modules.map((module) => module.benchmark);
  const chosen = all.filter(({ name }) => filters.length === 0 || filters.some((filter) => name.includes(filter)));
  if (chosen.length === 0)
    throw new RangeError(`No benchmark is named like ${filters.join(", ")}. There are: ${all.map(({ name }) => name).join(", ")}.`);
  return chosen;
}

function keep(report: Report): void {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${report.benchmark}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(join(RESULTS, `${report.benchmark}.md`), markdown(report));
}

const { filters, rounds, shapes, notes, writes } = readWishes(process.argv.slice(2));
for (const benchmark of await benchmarks(filters)) {
  const found = await benchmark.run({ rounds, shapes, log: (line) => console.error(line) });
  const report = { ...found, about: [...found.about, ...notes] };
  console.log(markdown(report));
  if (writes) keep(report);
  if (report.disagreements.length > 0) process.exitCode = 1;
}
