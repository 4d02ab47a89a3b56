import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Benchmark, BenchmarkRequest } from "./benchmark.ts";
import { compare, seriesReport } from "./compare.ts";
import { prepareTask, SEED } from "./em/rows.ts";
import { parseShape } from "./em/shape.ts";
import { goalColumn } from "./goal.ts";
import type { Contender } from "./harness.ts";
import { alternate } from "./harness.ts";
import { thisMachine } from "./machine.ts";
import { findWasm } from "./ours.ts";
import type { AbsentPeer } from "./peers/peer.ts";
import { findSklearn, python, pythonEnvironment, SKLEARN } from "./peers/sklearn.ts";
import { median } from "./ratio.ts";
import type { CaseReport } from "./report.ts";

const SHAPES = ["300,4,3"];
/** What this project set itself, in seconds, with the backend that a fit chooses. */
const GOAL = 0.06;
/** Single starts of a process scatter: at least this many rounds, unless the run is a smoke test. */
const ROUNDS = 15;
const CHILD = join(import.meta.dirname, "cold-start", "child.ts");
const SCRIPT = join(import.meta.dirname, "cold-start", "cold_start.py");
const CHOSEN = "backend chosen by the fit";
const WASM = "wasm 1T";

interface ColdOutcome {
  readonly score: number;
  /** With the start and the end of the process. */
  readonly processSeconds: number;
}

const run = promisify(execFile);

/** Seconds from the import to the first result in a fresh process. */
export const benchmark: Benchmark = {
  name: "cold-start",
  title: "Cold start",
  async run({ rounds: asked, shapes, peers, quick, log }: BenchmarkRequest) {
    const rounds = quick ? 3 : Math.max(ROUNDS, asked);
    const folder = mkdtempSync(join(tmpdir(), "mixtura-bench-"));
    const { wasm, sklearn, absent } = await whoIsThere(peers.includes("sklearn"));
    try {
      const cases: CaseReport[] = [];
      for (const text of shapes.length > 0 ? shapes : SHAPES) {
        const shape = parseShape(text);
        const { path } = prepareTask({ shape, separation: "well" }, folder);
        const words = [path, shape.rows, shape.features, shape.components].map(String);
        const contenders = [
          fresh(CHOSEN, process.execPath, [CHILD, ...words], process.env),
          ...(wasm ? [fresh(WASM, process.execPath, [CHILD, ...words, "wasm"], process.env)] : []),
          ...(sklearn === undefined ? [] : [fresh(SKLEARN, python, [SCRIPT, ...words], pythonEnvironment(1))]),
        ];
        const series = await alternate(contenders, { rounds, rest: 0 });
        cases.push({
          labels: { n: String(shape.rows), d: String(shape.features), k: String(shape.components) },
          series: series.map(seriesReport),
          ratios: compare(series, [{ slower: SKLEARN, variants: [SKLEARN], ours: [CHOSEN, WASM] }]),
          remarks: {
            ...goalColumn(`${GOAL * 1e3} ms`, median(series[0]!.seconds) < GOAL),
            ...Object.fromEntries(
              series.map(({ contender, outcome }) => [`whole process, ${contender}`, `${(outcome.processSeconds * 1e3).toFixed(0)} ms`]),
            ),
          },
        });
        log(text);
      }
      return {
        benchmark: benchmark.name,
        unit: "first result",
        rounds,
        seed: SEED,
        machine: thisMachine(),
        about: [
          "In a fresh process, from before the import to the mean log-likelihood of a fitted mixture's rows; each program with its own defaults, " +
            "on well separated data, scikit-learn with one thread. Files are in the system's cache.",
          "The last columns: the same with the start and the end of the process, in the last round.",
          ...(sklearn === undefined ? [] : [`${sklearn}.`]),
        ],
        absent,
        cases,
        disagreements: [],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function whoIsThere(sklearnWanted: boolean): Promise<{ wasm: boolean; sklearn: string | undefined; absent: AbsentPeer[] }> {
  const wasm = await findWasm(1);
  if (wasm.present) await wasm.peer.close();
  const found = sklearnWanted ? await findSklearn(1) : undefined;
  if (found?.present) found.peer.close();
  return {
    wasm: wasm.present,
    sklearn: found?.present ? found.peer.description : undefined,
    absent: [...(wasm.present ? [] : [wasm.absent]), ...(found === undefined || found.present ? [] : [found.absent])],
  };
}

function fresh(name: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv): Contender<ColdOutcome> {
  return {
    name,
    async measure() {
      const begin = performance.now();
      const { stdout } = await run(command, [...args], { env });
      const processSeconds = (performance.now() - begin) / 1e3;
      const { seconds, score } = JSON.parse(stdout) as { seconds: number; score: number };
      return { seconds, outcome: { score, processSeconds } };
    },
  };
}
