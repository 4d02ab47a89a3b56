import { parseArgs } from "node:util";
import type { CovarianceType } from "@mixtura/mixture";
import type { BenchmarkRequest } from "./benchmark.ts";
import { peerKinds } from "./benchmark.ts";
import type { Separation } from "./em/normal-mixture.ts";
import { separations } from "./em/normal-mixture.ts";
import { benchedTypes } from "./em/shape.ts";

/** What the command line asks for. */
export interface CommandRequest extends Omit<BenchmarkRequest, "log"> {
  readonly task: "run" | "page" | "help";
  /** Parts of names; a benchmark runs if its name contains one of them, all run if there is none. */
  readonly filters: readonly string[];
  /** Whole names; only these run. */
  readonly only: readonly string[];
  /** Sentences to be printed above the tables, such as what else the machine was doing. */
  readonly notes: readonly string[];
  /** Whether results are written: those of benchmarks run in full, unless `--dry` forbids it, and others where `--keep` asks for it. */
  readonly writes: boolean;
}

const list = { type: "string", multiple: true, default: [] as string[] } as const;
const flag = { type: "boolean", default: false } as const;

/** Reads the command line; `HELP` says what may stand there. */
export function readRequest(args: readonly string[]): CommandRequest {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      shape: list,
      data: list,
      covariance: list,
      peer: list,
      only: list,
      note: list,
      rounds: { type: "string" },
      quick: flag,
      dry: flag,
      keep: flag,
      page: flag,
      help: flag,
    },
  });
  const { shape: shapes, quick } = values;
  const wanted = {
    separations: known<Separation>("data", values.data, separations),
    covariances: known<CovarianceType>("covariance", values.covariance, benchedTypes),
  };
  const peers = known("peer", values.peer, [...peerKinds, "none" as const]);
  const inFull = [shapes, values.data, values.covariance, values.peer].every((part) => part.length === 0) && !quick;
  return {
    task: values.help ? "help" : values.page ? "page" : "run",
    filters: positionals,
    only: values.only,
    rounds: roundsOf(values.rounds ?? (quick ? "1" : "5")),
    shapes,
    ...wanted,
    peers: peers.length === 0 ? peerKinds : peerKinds.filter((kind) => peers.includes(kind)),
    quick,
    notes: values.note,
    writes: (inFull || values.keep === true) && !values.dry,
  };
}

function known<T extends string>(option: string, found: readonly string[], values: readonly T[]): T[] {
  return found
    .flatMap((text) => text.split(/[|,]/))
    .map((text) => {
      const value = values.find((candidate) => candidate === text);
      if (value === undefined) throw new RangeError(`--${option} is one of ${values.join(", ")}; found "${text}".`);
      return value;
    });
}

function roundsOf(text: string): number {
  const rounds = Number(text);
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError(`--rounds is a whole number ≥ 1, found "${text}".`);
  return rounds;
}

/** What may stand on the command line. */
export const HELP = `npm run bench -- [name …] [options]

Runs the benchmarks whose names contain one of the words, all without a word. Tables go to standard output,
progress to standard error. A run in full, without filters of cases or peers, is kept in bench/results.

  --only NAME          the benchmark of exactly this name
  --shape n,d,k[,type] this size instead of the benchmark's own: 1e5,16,16 (may be given several times, as may all that follow)
  --data over|well     overlapping components, or well separated ones
  --covariance TYPE    full, tied, diag or spherical
  --peer KIND          sklearn, pyod, armadillo, npm or ml-matrix takes part; none leaves all of them out. All take part that are there
  --rounds N           rounds that count, 5 unless said otherwise
  --quick              a smoke test: one round, small sizes, nothing kept
  --dry                keeps nothing
  --keep               keeps a run with filters, too; say with --note what it leaves out
  --note TEXT          a sentence above the tables
  --page               writes docs/benchmarks.md from bench/results and runs nothing
  --help               prints this

MIXTURA_PYTHON names the Python that has scikit-learn and PyOD (python3), CXX the C++ compiler for Armadillo (g++),
MIXTURA_NPM_PEERS a folder in which expectation-maximization and gaussian-mixture-model (with cholesky-tools) were installed.
`;
