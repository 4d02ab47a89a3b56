import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Benchmark, BenchmarkRequest } from "../benchmark.ts";
import { compare, seriesReport } from "../compare.ts";
import type { Contender, Series } from "../harness.ts";
import { alternate } from "../harness.ts";
import { thisMachine } from "../machine.ts";
import { SKLEARN } from "../peers/sklearn.ts";
import type { CaseReport, Report } from "../report.ts";
import { disagreementsOf, scoreRemarks } from "./agreed-scores.ts";
import type { EmTask } from "./contenders.ts";
import type { Contestants } from "./line-up.ts";
import { lineUp } from "./line-up.ts";
import { prepareTask, SEED } from "./rows.ts";
import type { Shape } from "./shape.ts";
import { parseShape } from "./shape.ts";

/** What a benchmark against scikit-learn has at hand while it runs. */
export interface Stage {
  readonly contestants: Contestants;
  /** A folder that goes with the run. */
  readonly folder: string;
  readonly rounds: number;
}

/** What one shape led to. */
export interface Findings {
  readonly cases: readonly CaseReport[];
  readonly disagreements: readonly string[];
}

/** A benchmark against scikit-learn, as far as it is its own. */
export interface StagedBenchmark extends Pick<Benchmark, "name" | "title"> {
  readonly unit: string;
  readonly shapes: readonly string[];
  /** For a smoke test. */
  readonly quick: readonly string[];
  readonly about: readonly string[];
  readonly runShape: (shape: string, stage: Stage) => Promise<Findings>;
}

/** The benchmark that runs shape by shape, with everyone there who is to take part; they leave with it. */
export function staged({ name, title, unit, shapes, quick, about, runShape }: StagedBenchmark): Benchmark {
  return {
    name,
    title,
    async run(request: BenchmarkRequest): Promise<Report> {
      const { rounds, log } = request;
      const folder = mkdtempSync(join(tmpdir(), "mixtura-bench-"));
      const wanted = request.peers.filter((kind) => kind === "sklearn");
      const { contestants, close } = await lineUp(wanted, folder);
      try {
        const cases: CaseReport[] = [];
        const disagreements: string[] = [];
        for (const shape of request.shapes.length > 0 ? request.shapes : request.quick ? quick : shapes) {
          const found = await runShape(shape, { contestants, folder, rounds });
          cases.push(...found.cases);
          disagreements.push(...found.disagreements);
          for (const { labels } of found.cases) log(Object.values(labels).join(", "));
        }
        return {
          benchmark: name,
          unit,
          rounds,
          seed: SEED,
          machine: thisMachine(),
          about: [...about, ...contestants.descriptions.map((words) => `${words}.`)],
          absent: contestants.absent,
          cases,
          disagreements,
        };
      } finally {
        await close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** The rows of a shape, which scikit-learn's processes have loaded, too. */
export async function openShape(text: string, { contestants, folder }: Stage): Promise<{ readonly shape: Shape; readonly task: EmTask }> {
  const shape = parseShape(text);
  const { task, path } = prepareTask({ shape, separation: "over" }, folder);
  for (const peer of contestants.sklearn) await peer.load(path, shape.rows, shape.features);
  return { shape, task };
}

/** Lets contenders take turns, and holds our backends' times against scikit-learn's. */
export async function contest<T extends Readonly<Record<keyof T, number>>>(
  contenders: readonly Contender<T>[],
  { contestants: { ours, sklearn }, rounds }: Stage,
): Promise<{ readonly series: Series<T>[] } & Pick<CaseReport, "ratios"> & { readonly reports: CaseReport["series"] }> {
  const series = await alternate(contenders, { rounds });
  const names = { ours: ours.map(({ name }) => name), variants: sklearn.map(({ name }) => name) };
  return { series, reports: series.map(seriesReport), ratios: compare(series, [{ slower: SKLEARN, ...names }]) };
}

/** Fits of as many iterations each, with what they came to, next to the times. */
export async function contestOfFits(
  contenders: readonly Contender<{ readonly iterations: number; readonly score: number }>[],
  labels: Readonly<Record<string, string>>,
  stage: Stage,
): Promise<Findings> {
  const { series, reports, ratios } = await contest(contenders, stage);
  const iterations = new Set(series.map(({ outcome }) => outcome.iterations));
  const uneven = iterations.size > 1 ? [`Not all did as many iterations at ${Object.values(labels).join(", ")}.`] : [];
  return {
    cases: [{ labels, series: reports, ratios, remarks: { iterations: [...iterations].join(" or "), ...scoreRemarks(series) } }],
    disagreements: [...disagreementsOf(series, labels), ...uneven],
  };
}

/** The columns that name a shape. */
export function labelsOf({ rows, features, components }: Shape): { readonly n: string; readonly d: string; readonly k: string } {
  return { n: String(rows), d: String(features), k: String(components) };
}
