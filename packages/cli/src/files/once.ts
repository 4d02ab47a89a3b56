import { abortable } from "@mixtura/core/internal";
import { CommandError } from "../command-error.ts";
import type { Terminal } from "../terminal.ts";
import { isPipe, pipeBytes, readOnce } from "./pipe.ts";

/** Bytes that come once, from standard input or a pipe, and can be looked into before they are read. */
export interface OnceInput {
  /** Opens it from its start; it ends with an AbortError as soon as the work is aborted. What was read before {@link OnceInput.commit} is kept and given again. */
  open(): AsyncGenerator<Uint8Array, void>;
  /** From now on nothing is kept: the next opening is the last. */
  commit(): void;
}

/** Whether a path stands for standard input. */
export function isStdin(path: string | undefined): path is undefined | "-" {
  return path === undefined || path === "-";
}

/**
 * What a path leads to, where that comes once: standard input, a named pipe, `<(zcat data.gz)`. Nothing for a file, which can be read again.
 *
 * @throws CommandError `usage` where standard input is a keyboard, MixturaError `not-supported` for what was read before
 */
export async function onceInput(path: string | undefined, terminal: Terminal): Promise<OnceInput | undefined> {
  if (isStdin(path)) return onceInputOf(standardInput(terminal), terminal.signal);
  return (await isPipe(path)) ? onceInputOf(pipeBytes(path, terminal), terminal.signal) : undefined;
}

function standardInput(terminal: Terminal): AsyncIterable<Uint8Array> {
  readOnce("standard input", "-", terminal);
  const stdin = terminal.input();
  if (stdin.isTTY) throw new CommandError("usage", "no data: name a CSV file, or pipe one in (mixtura … < data.csv). See --help.");
  return stdin as AsyncIterable<Uint8Array>;
}

function onceInputOf(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): OnceInput {
  const kept: Uint8Array[] = [];
  const pieces = bytes[Symbol.asyncIterator]();
  let keeping = true;
  return {
    async *open() {
      yield* kept.slice();
      for (;;) {
        const next = await abortable(pieces.next(), signal);
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
