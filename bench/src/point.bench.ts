import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Benchmark, BenchmarkRequest } from "./benchmark.ts";
import { compare, seriesReport } from "./compare.ts";
import { REG_COVAR } from "./em/contenders.ts";
import { prepareTask, SEED } from "./em/rows.ts";
import { parseShape } from "./em/shape.ts";
import { goalColumn } from "./goal.ts";
import type { Contender } from "./harness.ts";
import { alternate } from "./harness.ts";
import { thisMachine } from "./machine.ts";
import { findSklearn, SKLEARN } from "./peers/sklearn.ts";
import { sortPeers } from "./peers/peer.ts";
import { median } from "./ratio.ts";
import type { CaseReport } from "./report.ts";

/** Where this project set itself a time, in seconds. */
const GOAL_SHAPE = "2000,8,5";
const GOAL = 1e-6;
const SHAPES = ["2000,2,5", GOAL_SHAPE, "2000,16,16"];
const QUICK = [GOAL_SHAPE];
const CALLS = 1_000_000;
const OURS = "point.logDensity";

/** Bytes per call that the runtime itself may leave behind. The smallest object takes 8, so below this no call allocates. */
const HEAP_NOISE = 2;

interface PointOutcome {
  readonly score: number;
  readonly bytesPerCall?: number;
}

const run = promisify(execFile);

/** Seconds in which a model answers for a single point, as on a request path. */
export const benchmark: Benchmark = {
  name: "point",
  title: "One point at a time",
  async run({ rounds, shapes, peers, quick, log }: BenchmarkRequest) {
    const folder = mkdtempSync(join(tmpdir(), "mixtura-bench-"));
    const found = sortPeers(peers.includes("sklearn") ? [await findSklearn(1)] : []);
    try {
      const cases: CaseReport[] = [];
      const disagreements: string[] = [];
      for (const text of shapes.length > 0 ? shapes : quick ? QUICK : SHAPES) {
        const shape = parseShape(text);
        const { task, path } = prepareTask({ shape, separation: "over" }, folder);
        for (const peer of found.peers) {
          await peer.load(path, shape.rows, shape.features);
          await peer.fit({ ...task.start, covarianceType: shape.covarianceType, regCovar: REG_COVAR, iterations: 5 });
        }
        const contenders: Contender<PointOutcome>[] = [
          { name: OURS, measure: () => ours(path, [shape.rows, shape.features, shape.components, CALLS]) },
          ...found.peers.map((peer) => ({
            name: peer.name,
            async measure() {
              const { seconds, score } = await peer.point(500);
              return { seconds, outcome: { score } };
            },
          })),
        ];
        const series = await alternate(contenders, { rounds });
        const bytes = series[0]!.outcome.bytesPerCall!;
        const labels = { d: String(shape.features), k: String(shape.components), covariance: shape.covarianceType };
        cases.push({
          labels,
          series: series.map(seriesReport),
          ratios: compare(series, [{ slower: SKLEARN, variants: found.peers.map(({ name }) => name), ours: [OURS] }]),
          remarks: {
            ...(text === GOAL_SHAPE ? goalColumn(`${GOAL * 1e9} ns`, median(series[0]!.seconds) < GOAL) : {}),
            "bytes per call": bytes.toFixed(3),
          },
        });
        if (!(bytes < HEAP_NOISE)) disagreements.push(`A call leaves ${bytes} bytes on the heap at ${Object.values(labels).join(", ")}.`);
        log(Object.values(labels).join(", "));
      }
      return {
        benchmark: benchmark.name,
        unit: "call",
        timeUnit: "nanoseconds",
        rounds,
        seed: SEED,
        machine: thisMachine(),
        about: [
          `\`point.logDensity\` of one point, over ${CALLS} calls in a process of its own, the fastest of three; scikit-learn's \`score_samples\` of one row, over 500 calls, the fastest of three.`,
          `Bytes per call: the growth of the heap over the ${CALLS} calls, without collection in between, the least of three.`,
          ...found.peers.map(({ description }) => `${description}.`),
        ],
        absent: found.absent,
        cases,
        disagreements,
      };
    } finally {
      for (const peer of found.peers) peer.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function ours(path: string, sizes: readonly number[]) {
  const child = join(import.meta.dirname, "point", "child.ts");
  // New objects stay where they are until 64 MiB of them have gathered: what a million calls allocate would show.
  const flags = ["--expose-gc", "--max-semi-space-size=64", "--min-semi-space-size=64"];
  const { stdout } = await run(process.execPath, [...flags, child, path, ...sizes.map(String)]);
  const { seconds, bytesPerCall, score } = JSON.parse(stdout) as { seconds: number; bytesPerCall: number; score: number };
  return { seconds, outcome: { bytesPerCall, score } };
}
