// Are planted groups found although a column is odd? Ours, scikit-learn and mclust on the same generated tables; a Markdown table on standard output.
//
//   node bench/src/kinds/main.ts --from 101 --to 200 --peer python --peer mclust
//   node bench/src/kinds/main.ts --from 1 --to 100 --steps 0.0833 --steps 0.17 --steps 0.25     compares constants of the floor
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { adjustedRandScore } from "@mixtura/metrics";
import { selectMixture } from "@mixtura/model-selection";
import type { Kind, KindTable } from "./tables.ts";
import { kinds, kindTable } from "./tables.ts";

const COUNTS = [1, 2, 3, 4, 5];
const STARTS = 5;

/** Labels of the rows of a table. */
type Chooser = (rows: KindTable["plain"]["rows"], seed: number) => Promise<readonly number[]>;

const { values } = parseArgs({
  options: {
    from: { type: "string", default: "101" },
    to: { type: "string", default: "200" },
    kind: { type: "string", multiple: true },
    steps: { type: "string", multiple: true },
    /** python: the interpreter that has scikit-learn; mclust: Rscript with mclust and jsonlite. */
    peer: { type: "string", multiple: true, default: [] },
    python: { type: "string", default: "python3" },
  },
});

function ours(steps?: number): Chooser {
  return async (rows, randomState) => {
    const regCovar = steps === undefined ? {} : { regCovar: { relative: 1e-6, steps } };
    const { best } = await selectMixture(rows, { nComponents: COUNTS, nInit: STARTS, randomState, ...regCovar });
    return Array.from(await best.predict(rows));
  };
}

/** A program that answers a line of JSON with a line of JSON. */
function program(command: string, args: readonly string[]): Chooser & { close(): void } {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, OMP_NUM_THREADS: "1" } });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask: Chooser = async (rows, seed) => {
    child.stdin.write(`${JSON.stringify({ rows, seed, counts: COUNTS, starts: STARTS })}\n`);
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${command} ended before it answered.`);
    return JSON.parse(value) as number[];
  };
  return Object.assign(ask, { close: () => void child.stdin.end() });
}

const here = import.meta.dirname;
const programs = {
  ...(values.peer.includes("python") ? { "scikit-learn": program(values.python, [join(here, "peer.py")]) } : {}),
  ...(values.peer.includes("mclust") ? { mclust: program("Rscript", [join(here, "peer.R")]) } : {}),
};
const choosers: Readonly<Record<string, Chooser>> = {
  ...(values.steps === undefined
    ? { Mixtura: ours() }
    : Object.fromEntries(values.steps.map((text) => [`steps ${text}`, ours(Number(text))]))),
  ...programs,
};

interface Tally {
  right: number;
  readonly scores: number[];
}

const seeds = Array.from({ length: Number(values.to) - Number(values.from) + 1 }, (_, index) => Number(values.from) + index);
console.log(
  `Tables of seeds ${values.from} to ${values.to}, K = 1 to ${COUNTS.at(-1)!}, four covariance types, ${STARTS} starts (mclust: its own).\n`,
);
console.log("| kind | program | K right, odd | K right, plain | ARI, odd | ARI, plain | ARI lost, with 95 % interval |");
console.log("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
for (const kind of kinds.filter((name) => values.kind?.includes(name) ?? true)) {
  for (const [name, choose] of Object.entries(choosers)) console.log(`| ${kind} | ${name} | ${await row(kind, choose)} |`);
}
for (const peer of Object.values(programs)) peer.close();

async function row(kind: Kind, choose: Chooser): Promise<string> {
  const [odd, plain]: [Tally, Tally] = [
    { right: 0, scores: [] },
    { right: 0, scores: [] },
  ];
  for (const seed of seeds) {
    const table = kindTable(kind, seed);
    for (const [tally, { rows, labels }] of [
      [odd, table.odd],
      [plain, table.plain],
    ] as const) {
      const found = await choose(rows, seed);
      tally.right += Number(new Set(found).size === table.groups);
      tally.scores.push(adjustedRandScore(labels, found));
    }
  }
  const lost = plain.scores.map((score, at) => score - odd.scores[at]!);
  const mean = meanOf(lost);
  const error = 1.96 * Math.sqrt(meanOf(lost.map((value) => (value - mean) ** 2)) / lost.length);
  return [
    fractionText(odd.right),
    fractionText(plain.right),
    meanOf(odd.scores).toFixed(3),
    meanOf(plain.scores).toFixed(3),
    `${mean.toFixed(3)} ± ${error.toFixed(3)}`,
  ].join(" | ");
}

/** A fraction of the seeds with Wilson's 95 % interval. */
function fractionText(count: number): string {
  const n = seeds.length;
  const [fraction, z] = [count / n, 1.96];
  const centre = (fraction + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z * Math.sqrt((fraction * (1 - fraction)) / n + z ** 2 / (4 * n ** 2))) / (1 + z ** 2 / n);
  return `${(100 * fraction).toFixed(0)} % (${(100 * Math.max(0, centre - half)).toFixed(0)}–${(100 * Math.min(1, centre + half)).toFixed(0)})`;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
