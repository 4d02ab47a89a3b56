import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { CSVTable } from "@mixtura/io";
import { readCSVFile } from "@mixtura/io/node";

const MAIN = resolve(import.meta.dirname, "../../packages/cli/dist/main.js");

/** Commands that are tried for a table: the first, and those that its errors advise. */
const MOST_COMMANDS = 4;

/** Seconds that a selection may take. */
const PATIENCE = 60;

/** What came of a table. */
export interface Outcome {
  /** Commands until one was answered; nothing where none was. */
  readonly commands: number | undefined;
  /** The answer to the first command, where that was a refusal. */
  readonly refusal?: string;
  /** Whether a column that counts the rows is a feature. */
  readonly countsRows?: boolean;
  /** Whether the table has a column of two values and the winner one component. */
  readonly flagAndOneGroup?: boolean;
  /** Whether the winner has more parameters than rows, and nothing that was printed speaks of it. */
  readonly tooMany?: boolean;
  readonly timedOut?: boolean;
}

/** Reads a table as the commands that fit do. */
export async function readOnly(path: string): Promise<Outcome> {
  try {
    const table = await readCSVFile(path, { missing: "drop" });
    return { commands: 1, countsRows: Array.from({ length: table.X.columns }, (_, j) => counts(table, j)).some(Boolean) };
  } catch (error) {
    return { commands: undefined, refusal: (error as Error).message };
  }
}

/** Runs `mixtura select FILE`, and what its errors advise. */
export async function select(path: string, folder: string): Promise<Outcome> {
  const model = join(folder, "winner.json");
  let flags: string[] = [];
  let refusal: string | undefined;
  for (let commands = 1; commands <= MOST_COMMANDS; commands++) {
    rmSync(model, { force: true });
    const { status, stdout, stderr, error } = spawnSync(
      process.execPath,
      [MAIN, "select", path, "--seed", "1", "--output", model, ...flags],
      {
        encoding: "utf8",
        timeout: PATIENCE * 1000,
      },
    );
    if (error !== undefined) return { commands, timedOut: true };
    // A table that took flags is counted as refused, and not looked at again without them.
    if (status === 0)
      return {
        ...(flags.length === 0 ? await judged(path, model, stdout + stderr) : {}),
        commands,
        ...(refusal === undefined ? {} : { refusal }),
      };
    refusal ??= stderr.trim().split("\n").at(-1)!;
    const advised = /pass (--[\w-]+) ("[^"]*"|'[^']*'|\S+?)\.(?: |$)/i.exec(stderr);
    if (advised === null) break;
    flags = [...flags, advised[1]!, advised[2]!.replace(/^(["'])(.*)\1$/, "$2")];
  }
  return { commands: undefined, refusal: refusal! };
}

interface SavedModel {
  readonly features: { readonly count: number; readonly names?: readonly string[] };
  readonly weights: readonly number[];
}

async function judged(path: string, model: string, words: string): Promise<Omit<Outcome, "commands">> {
  const { features, weights } = JSON.parse(readFileSync(model, "utf8")) as SavedModel;
  const { names } = features;
  const table = await readCSVFile(path, { missing: "drop", ...(names === undefined ? {} : { columns: names }) });
  const used = Array.from({ length: table.X.columns }, (_, j) => j);
  const winner = /^ {2}\* +\d+ +\S+ +(\d+)/m.exec(words);
  const free = Number(winner?.[1] ?? 0);
  return {
    countsRows: used.some((j) => counts(table, j)),
    flagAndOneGroup: weights.length === 1 && used.some((j) => distinct(table, j, 3) === 2),
    tooMany: free >= table.X.rows && !/rows to\s+a\s+parameter/.test(words),
  };
}

/** Whether a column is one more in each row than in the row before. */
function counts({ X }: CSVTable, j: number): boolean {
  if (X.rows < 3) return false;
  for (let row = 1; row < X.rows; row++) if (X.data[row * X.columns + j]! - X.data[(row - 1) * X.columns + j]! !== 1) return false;
  return true;
}

function distinct({ X }: CSVTable, j: number, most: number): number {
  const values = new Set<number>();
  for (let row = 0; row < X.rows && values.size < most; row++) values.add(X.data[row * X.columns + j]!);
  return values.size;
}
