import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface Wishes {
  /** Parts of names; a benchmark runs if its name contains one of them, all run if there is none. */
  readonly filters: readonly string[];
  readonly rounds: number;
  readonly shapes: readonly string[];
  /** Sentences to be printed above the table, such as what else the machine was doing. */
  readonly notes: readonly string[];
  /** Whether results are written: those of benchmarks run in full, unless `--dry` forbids it. */
  readonly writes: boolean;
}

/** Reads `[filter …] [--shape n,d,k[,type]] … [--rounds N] [--note text] … [--dry]`. */
export function readWishes(args: readonly string[]): Wishes {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      shape: { type: "string", multiple: true, default: [] },
      rounds: { type: "string", default: "5" },
      note: { type: "string", multiple: true, default: [] },
      dry: { type: "boolean", default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError(`--rounds is a whole number ≥ 1, found "${values.rounds}".`);
  return { filters: positionals, rounds, shapes: values.shape, notes: values.note, writes: !values.dry && values.shape.length === 0 };
}
