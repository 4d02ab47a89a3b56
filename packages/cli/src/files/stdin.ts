import type { Terminal } from "../terminal.ts";
import { CommandError } from "../command-error.ts";

/** Standard input that can be looked into before it is read. */
export interface StandardInput {
  /** Opens it from its start. What was read before {@link StandardInput.commit} is kept and given again. */
  open(): AsyncGenerator<Uint8Array, void>;
  /** From now on nothing is kept: the next opening is the last. */
  commit(): void;
}

/** @throws CommandError `usage` where standard input is a keyboard */
export function standardInput(terminal: Terminal): StandardInput {
  const stdin = terminal.input();
  if (stdin.isTTY) throw new CommandError("usage", "no data: name a CSV file, or pipe one in (mixtura … < data.csv). See --help.");
  const kept: Uint8Array[] = [];
  const pieces = stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let keeping = true;
  return {
    async *open() {
      yield* kept.slice();
      for (;;) {
        const next = await pieces.next();
        if (next.done === true) return;
        if (keeping) kept.push(next.value);
        yield next.value;
      }
    },
    commit() {
      keeping = false;
    },
  };
}
