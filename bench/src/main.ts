// Runs the benchmarks of this folder: `npm run bench -- em-iteration --shape 1e5,2,10 --rounds 3`; `npm run bench -- --help` tells the rest.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withBackendTable } from "./backends-guide.ts";
import type { Benchmark } from "./benchmark.ts";
import type { CommandRequest } from "./command-line.ts";
import { HELP, readRequest } from "./command-line.ts";
import { markdown } from "./markdown.ts";
import { benchmarkPage } from "./page.ts";
import type { DatedReport } from "./report.ts";
import { geometricMeans } from "./summary.ts";

const RESULTS = join(import.meta.dirname, "..", "results");
const GUIDE = join(import.meta.dirname, "..", "..", "docs", "guides", "choosing-a-backend.md");
const PAGE = join(import.meta.dirname, "..", "..", "docs", "benchmarks.md");

async function benchmarks(): Promise<Benchmark[]> {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".bench.ts"));
  const modules = await Promise.all(files.map((file) => import(`./${file}`) as Promise<{ benchmark: Benchmark }>));
  return modules.map((module) => module.benchmark);
}

function chosen(all: readonly Benchmark[], { filters, only }: CommandRequest): Benchmark[] {
  const everything = filters.length === 0 && only.length === 0;
  const some = all.filter(({ name }) => everything || only.includes(name) || filters.some((filter) => name.includes(filter)));
  if (some.length > 0) return some;
  throw new RangeError(
    `No benchmark is named like ${[...filters, ...only].join(", ")}. There are: ${all.map(({ name }) => name).join(", ")}.`,
  );
}

async function run(request: CommandRequest): Promise<void> {
  for (const benchmark of chosen(await benchmarks(), request)) {
    const found = await benchmark.run({ ...request, log: (line) => console.error(line) });
    const report: DatedReport = {
      ...found,
      date: new Date().toISOString().slice(0, 10),
      about: [...found.about, ...request.notes],
      geometricMeans: geometricMeans(found.cases, benchmark.groupBy),
    };
    console.log(markdown(report));
    if (request.writes) keep(report);
    if (report.disagreements.length > 0) process.exitCode = 1;
  }
}

function keep(report: DatedReport): void {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${report.benchmark}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(join(RESULTS, `${report.benchmark}.md`), markdown(report));
}

async function page(): Promise<void> {
  const titles = new Map((await benchmarks()).map(({ name, title }) => [name, title]));
  const files = readdirSync(RESULTS).filter((file) => file.endsWith(".json"));
  const reports = files.map((file) => JSON.parse(readFileSync(join(RESULTS, file), "utf8")) as DatedReport);
  writeFileSync(PAGE, benchmarkPage(reports, titles));
  const backends = reports.find(({ benchmark }) => benchmark === "backends");
  if (backends !== undefined) writeFileSync(GUIDE, withBackendTable(readFileSync(GUIDE, "utf8"), backends));
  console.error("docs/benchmarks.md and the table of docs/guides/choosing-a-backend.md are written.");
}

const request = readRequest(process.argv.slice(2));
if (request.task === "help") console.log(HELP);
else if (request.task === "page") await page();
else await run(request);
