// Signals at random moments in every command and every state of it: it ends, what was there before stays whole, and nothing half-written is left.
// `npm run fuzz -- --times 240 signals` sends about 50 in each state, and says how long the slowest end took, by the clock and on processors.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createRandom } from "@mixtura/core/authoring";
import { commandLine, isBuilt, whenBuilt } from "@mixtura/fixtures/built";
import { GaussianMixture } from "@mixtura/mixture";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases, seed } from "../src/effort.ts";
import { signalled } from "../src/signalled.ts";

const root = resolve(import.meta.dirname, "../../..");
const main = join(root, commandLine.file);

/** Standard input that begins a table and then waits. */
const BEGUN = `eruptions,waiting\n${Array.from({ length: 20_000 }, (_, row) => `${2 + (row % 7) / 3},${50 + (row % 31)}`).join("\n")}\n`;
/** Long fits: they last until the signal. */
const LONG = "--n-components 9 --covariance-type full --n-init 100000 --tol 1e-300 --max-iter 100000";

// In the words of a shell, in a folder with: data.csv, long.csv, model.json, wide.json (20 features), `old` files, `never` (a pipe that nobody opens at the
// other end). "<" before a command: standard input begins a table and stays open. "!" before it: nobody reads what it prints.
const STATES: Readonly<Record<string, readonly string[]>> = {
  "start-up, or any moment": [
    "fit data.csv --n-components 1,2 --output old.json --report old.html",
    "select data.csv --n-components 1,2 --output old.json --table old.csv --report old.html --state old-state.json",
    "detect data.csv --contamination 0.1 --output old.csv --save old.json --report old.html",
    "predict model.json data.csv --output old.csv",
    "report data.csv --n-components 1,2 --output old.html",
    "score model.json data.csv --each --output old.csv",
    "sample model.json -n 100000 --output old.csv",
    "probability wide.json --lower x1=0",
    "condition model.json --given eruptions=4 --output old.json",
    "backends",
    "describe model.json",
  ],
  reading: [
    "<fit --output old.json",
    "<select --output old.json",
    "<detect --output old.csv",
    "<predict model.json --output old.csv",
    "<report --output old.html",
    "<score model.json --each --output old.csv",
    "<detect --model model.json --log-density -5 --output old.csv",
  ],
  "fitting or computing": [
    `fit long.csv ${LONG} --output old.json`,
    `select long.csv ${LONG} --output old.json`,
    `report long.csv ${LONG} --output old.html`,
    `detect long.csv --estimator MixtureDetector --n-components 9 --n-init 10000 --output old.csv`,
    "probability wide.json --lower x1=0,x2=0,x3=0,x4=0,x5=0,x6=0,x7=0,x8=0,x9=0,x10=0 --tolerance 1e-14 --max-points 1000000000",
    "backends",
  ],
  writing: [
    "sample model.json -n 1000000000 --output old.csv",
    "sample model.json -n 1000000000 --output old.ndjson",
    "!sample model.json -n 1000000000",
    "<!predict model.json --keep all --with labels,responsibilities,log-density",
    "<predict model.json --keep all --with labels,responsibilities,log-density --output old.csv",
    "fit data.csv --n-components 1 --output never",
    "select data.csv --n-components 1 --table never",
    "detect data.csv --contamination 0.1 --output never",
    "predict model.json data.csv --output never",
    "report data.csv --n-components 1 --output never",
    "score model.json data.csv --each --output never",
    "condition model.json --given eruptions=4 --output never",
  ],
  waiting: [
    "fit never --output old.json",
    "select never --output old.json",
    "detect never --output old.csv",
    "detect --model never data.csv --output old.csv",
    "predict model.json never --output old.csv",
    "predict never data.csv --output old.csv",
    "report never --output old.html",
    "score model.json never --each --output old.csv",
    "sample never --output old.csv",
    "probability never --lower x1=0",
    "condition never --given eruptions=4 --output old.json",
    "describe never",
  ],
};

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const OLD = ["old.json", "old.html", "old.csv", "old.ndjson"];
/** Codes of a run that a signal ended, or that was done before it came. */
const ENDS = [0, 3, 129, 130, 143];

/** What a state's signals came to; the longest and the busiest end in milliseconds, of the clock and of processors. */
interface Slowest {
  readonly times: number;
  readonly ended: number;
  /** Ended by the handler of ours, not before it was there. */
  readonly handled: number;
  readonly longest: number;
  readonly busiest: number;
}

const scenarios = Object.entries(STATES).flatMap(([state, commands]) => commands.map((command) => ({ state, command })));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mixtura-signals-"));
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write("data.csv", readFileSync(join(root, "data", "faithful.csv"), "utf8"));
  write("long.csv", BEGUN);
  const twoFeatures = [0, 1].map((k) => ({ mean: [2 + 2 * k, 55 + 25 * k], covariance: [[0.2, 0.5], [0.5, 33]] })); // prettier-ignore
  const model = GaussianMixture.fromParameters({
    weights: [0.4, 0.6],
    means: twoFeatures.map(({ mean }) => mean),
    covariances: twoFeatures.map(({ covariance }) => covariance),
    featureNames: ["eruptions", "waiting"],
  });
  write("model.json", JSON.stringify(model));
  const wide = Array.from({ length: 20 }, (_, i) => Array.from({ length: 20 }, (_value, j) => 0.9 ** Math.abs(i - j)));
  write("wide.json", JSON.stringify(GaussianMixture.fromParameters({ weights: [1], means: [wide.map(() => 0)], covariances: [wide] })));
  if (process.platform !== "win32") execFileSync("mkfifo", [join(folder, "never")]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const skipped = process.platform === "win32" || !isBuilt(commandLine); // its signals end a process without asking it

describe.skipIf(skipped)(whenBuilt("a signal at any moment", commandLine), () => {
  it("ends every command, and leaves what was there as it was", async () => {
    const random = createRandom(seed);
    const slowest = new Map<string, Slowest>();
    const first = random.integer(scenarios.length);

    for (let round = 0; round < cases(10); round++) {
      const { state, command } = scenarios[(first + round * STEP) % scenarios.length]!;
      const signal = SIGNALS[random.integer(SIGNALS.length)]!;
      const early = state.startsWith("start-up");
      for (const name of OLD) writeFileSync(join(folder, name), "old");
      rmSync(join(folder, "old-state.json"), { force: true });

      const { code, milliseconds, busy, stderr } = await signalled(main, {
        args: command.replace(/^[<!]+/, "").split(" "),
        cwd: folder,
        input: command.startsWith("<") ? BEGUN : undefined,
        read: !/^<?!/.test(command),
        signal,
        at: early ? { milliseconds: random.uniform() * 500 } : { depth: random.uniform() },
      });

      const what = `${command} by ${signal} in round ${round} (${state}): ${stderr}`;
      expect(ENDS, what).toContain(code);
      if (!early) expect(code, what).toBeGreaterThan(128);
      // A run that got far enough has notes of its own, such as the seed it drew.
      expect(stderr, what).toMatch(/^(note: [^\n]*\n)*(interrupted\n)?$/);
      expect(readdirSync(folder).filter((name) => name.endsWith(".part")), what).toEqual([]); // prettier-ignore
      for (const name of OLD) {
        const text = readFileSync(join(folder, name), "utf8");
        if (text !== "old") expect(early && isWhole(name, text), what).toBe(true);
      }
      if (existsSync(join(folder, "old-state.json"))) JSON.parse(readFileSync(join(folder, "old-state.json"), "utf8"));

      const { times, ended, handled, longest, busiest } = slowest.get(state) ?? { times: 0, ended: 0, handled: 0, longest: 0, busiest: 0 };
      slowest.set(state, {
        times: times + 1,
        ended: ended + (code > 128 ? 1 : 0),
        handled: handled + (stderr.endsWith("interrupted\n") ? 1 : 0),
        longest: Math.round(Math.max(longest, milliseconds ?? 0)),
        busiest: Math.max(busiest, busy ?? 0),
      });
    }
    if (cases(10) > scenarios.length) console.table(Object.fromEntries(slowest));
  });
});

/** Prime, so that a few rounds see all states, and many all scenarios equally often. */
const STEP = 29;

/** Whether a file is all of what its command writes. */
function isWhole(name: string, text: string): boolean {
  if (name.endsWith(".json")) return typeof JSON.parse(text) === "object";
  return name.endsWith(".html") ? text.trimEnd().endsWith("</html>") : text.endsWith("\n");
}
