import type { BackendTrial } from "@mixtura/backend/trial";
import { tryBackend } from "@mixtura/backend/trial";
import { wrap } from "@mixtura/wording/internal";
import { Command, Option } from "commander";
import { CANDIDATES } from "../backends.ts";
import { tableLines } from "../report/layout.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  mixtura backends
  mixtura backends --json
  mixtura fit data.csv --backend tfjs-node`;

interface BackendsFlags {
  readonly json?: boolean;
}

/** `mixtura backends`: what there is to compute on, whether it is right, and how fast. */
export function backendsCommand(terminal: Terminal): Command {
  return new Command("backends")
    .description(
      "Show the backends of --backend: which are there, whether a pass on each agrees with the reference, and how long a pass takes. For those that are missing, what they need.",
    )
    .allowExcessArguments(false)
    .addOption(new Option("--json", "Print the trials as JSON.").helpGroup("Output:"))
    .addHelpText("after", EXAMPLES)
    .action((flags: BackendsFlags) => backends(flags, terminal));
}

async function backends({ json }: BackendsFlags, terminal: Terminal): Promise<void> {
  const trials: BackendTrial[] = [];
  for (const candidate of CANDIDATES) {
    terminal.progress(`trying ${candidate.name}`);
    trials.push(await tryBackend(candidate, { signal: terminal.signal, timed: true }));
  }
  if (json === true) {
    const facts = trials.map(({ backend: _, ...trial }) => trial);
    return terminal.print(`${JSON.stringify({ pass: PASS, backends: facts }, undefined, 2)}\n`);
  }
  await terminal.print(summary(trials, terminal));
}

/** What is timed. */
const PASS = "a pass of EM over 20000 rows of 8 features with 5 full components";

function summary(trials: readonly BackendTrial[], { bold, width }: Terminal): string {
  const reference = trials.find(({ name }) => name === "reference")?.millisecondsPerPass;
  const there = trials.filter(({ state }) => state !== "absent");
  const absent = trials.filter(({ state }) => state === "absent");
  const rows = there.map(({ name, precision, state, error, tolerance, millisecondsPerPass: time }) => [
    name,
    precision,
    state === "sound" ? "agrees" : "WRONG",
    error === undefined ? "" : `${error === 0 ? "0" : error.toExponential(0)} (at most ${tolerance.toExponential(0)})`,
    time === undefined ? "" : `${time.toPrecision(3)} ms`,
    time === undefined || reference === undefined ? "" : `${(reference / time).toPrecision(2)}×`,
  ]);
  const table = tableLines(
    [["backend", "precision", "reference", "difference", "a pass", "speed"], ...rows],
    ["left", "left", "left", "right", "right", "right"],
  );
  const [head, ...lines] = table;
  const about = wrap(
    `A pass is one of EM over 20,000 rows of 8 features with 5 full components; speed is relative to the reference. Fits on a float32 backend ` +
      `estimate their error and report it; nothing chooses one but --backend.`,
    width - 2,
    { first: "  ", rest: "  " },
  );
  const missing = absent.flatMap(({ name, reason }) => wrap(`${name}: ${reason!}`, width - 2, { first: "  ", rest: "    " }));
  const notThere = missing.length === 0 ? [] : ["", bold("Not there"), "", ...missing];
  return `${[bold("Backends"), "", head!, ...lines, "", ...about, ...notThere].join("\n")}\n`;
}
