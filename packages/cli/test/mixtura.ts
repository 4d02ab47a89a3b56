import { spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Readable, Writable } from "node:stream";
import { run } from "../src/run.ts";
import type { Host } from "../src/terminal.ts";

export const root = resolve(import.meta.dirname, "../../..");
const main = join(root, "packages", "cli", "dist", "main.js");

/** How a run of the command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Record<string, string>;
}

/** Runs of this process, one after the other: they share its working directory. */
let last: Promise<unknown> = Promise.resolve();

/** Runs `mixtura` in this process, from the sources. */
export function mixtura(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const ended = last.then(() => runHere(args, options));
  last = ended.catch(() => undefined);
  return ended;
}

async function runHere(args: readonly string[], { input = "", cwd = root, env = {} }: RunOptions): Promise<Ended> {
  const [stdout, stderr] = [new Gathered(), new Gathered()];
  const host = Object.assign(new EventEmitter(), {
    stdin: Readable.from(pieces(Buffer.from(input as Uint8Array)), { objectMode: false }),
    stdout,
    stderr,
    env: { ...process.env, COLUMNS: "100", ...env },
    cwd: () => cwd,
    pid: process.pid,
    kill: (_: number, signal: string) => {
      throw new Error(`kill(${signal})`);
    },
  });
  const before = { cwd: process.cwd(), program: process.argv[1] };
  process.chdir(cwd);
  process.argv[1] = main; // what is printed for copying begins with it
  try {
    const code = await run(args, host as unknown as Host);
    return { code, stdout: stdout.text, stderr: stderr.text };
  } finally {
    process.chdir(before.cwd);
    process.argv[1] = before.program!;
  }
}

/** What a pipe hands on at a time. */
function* pieces(input: Buffer): Generator<Buffer> {
  for (let at = 0; at < input.length; at += 65_536) yield input.subarray(at, at + 65_536);
}

/** A stream that keeps what is written, and is no terminal. */
class Gathered extends Writable {
  readonly #pieces: Buffer[] = [];

  override _write(piece: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#pieces.push(piece);
    done();
  }

  get text(): string {
    return Buffer.concat(this.#pieces).toString("utf8");
  }
}

interface ProcessOptions extends RunOptions {
  /** Whether more input may come; the default is that it ends. */
  readonly keepOpen?: boolean;
  /** Sees the output as it comes. */
  readonly onOutput?: (text: string) => void;
  /** Presses Ctrl-C as soon as this holds. */
  readonly interruptWhen?: () => boolean;
}

/** Runs `mixtura` as a user does: a process of its own, of the program as it was built. */
export function mixturaProcess(
  args: readonly string[],
  { input = "", keepOpen = false, cwd = root, env = {}, onOutput, interruptWhen }: ProcessOptions = {},
): Promise<Ended> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...process.env, COLUMNS: "100", ...env } });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (text) => {
      stdout += text;
      onOutput?.(String(text));
    });
    child.stderr.on("data", (text) => (stderr += text));
    child.stdin.on("error", () => undefined); // a command that fails early does not read its input
    child.stdin.write(input);
    if (!keepOpen) child.stdin.end();
    const watch = setInterval(() => {
      if (interruptWhen?.() !== true) return;
      clearInterval(watch);
      child.kill("SIGINT");
    }, 20);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearInterval(watch);
      settle({ code: signal === null ? code : 128 + constants.signals[signal], stdout, stderr }); // as a shell says it
    });
  });
}

/** A folder that is gone after the tests. */
export function temporaryFolder(): { path: (name: string) => string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "mixtura-cli-"));
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
