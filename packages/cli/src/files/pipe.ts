import { closeSync, constants, createReadStream, fstatSync, openSync } from "node:fs";
import { stat } from "node:fs/promises";
import { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { MixturaError } from "@mixtura/core";
import type { Terminal } from "../terminal.ts";
import { cannotRead } from "./cannot-read.ts";

// A named pipe that is opened as a file waits for its other end in a thread that nothing wakes: the process could not end before. So each path
// is looked at first, and a pipe is opened without waiting and handed to the event loop.

/** Milliseconds between two looks for a reader. */
const LOOKS = 20;

/** Whether a path leads to a pipe; not, where it leads to nothing. */
export async function isPipe(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFIFO() === true;
}

/** The bytes of a file that is no pipe, as they come. */
export async function* fileBytes(path: string, { signal }: Terminal): AsyncGenerator<Uint8Array, void> {
  try {
    yield* createReadStream(path, { signal }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw signal.aborted ? error : cannotRead(path, "table", error);
  }
}

/**
 * The bytes of a pipe, once somebody writes to it. They end when the terminal is closed.
 *
 * @throws MixturaError `not-supported` for a pipe that was read already, `read-error`
 */
export function pipeBytes(path: string, terminal: Terminal): AsyncIterable<Uint8Array> {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw cannotRead(path, "table", error);
  }
  try {
    const { dev, ino } = fstatSync(fd, { bigint: true });
    readOnce(`${path}: this is a pipe, which`, `${dev}:${ino}`, terminal);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  const socket = new Socket({ fd, readable: true, writable: false });
  terminal.onClose(() => socket.destroy());
  return socket;
}

/** What a command has read that comes once: standard input, and pipes by device and number. */
const read = new WeakMap<Terminal, Set<string>>();

/**
 * Takes note that something is read that comes once.
 *
 * @throws MixturaError `not-supported` where it was read before
 */
export function readOnce(source: string, key: string, terminal: Terminal): void {
  const before = read.get(terminal) ?? new Set<string>();
  read.set(terminal, before);
  if (!before.has(key)) return void before.add(key);
  throw new MixturaError(
    "not-supported",
    `${source} can be read only once, and here it is needed twice. Save what comes out of it to a file, and pass that.`,
    { feature: "input that is read twice" },
  );
}

/** A pipe to write to, once it has a reader. */
export async function openWriter(path: string, signal: AbortSignal): Promise<Socket> {
  for (;;) {
    try {
      const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
      return writerOf(fd);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENXIO") throw error; // nobody reads yet
    }
    await pause(LOOKS, undefined, { signal });
  }
}

function writerOf(fd: number): Socket {
  try {
    return new Socket({ fd, readable: false, writable: true });
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}
