import { styleText } from "node:util";
import { CommandError } from "./command-error.ts";

/** The part of `process` that the command line lives in. */
export type Host = Pick<NodeJS.Process, "stdin" | "stdout" | "stderr" | "env" | "cwd" | "on" | "off" | "exit">;

/** Where a command reads from and writes to. */
export interface Terminal {
  readonly host: Host;
  /** Aborted by Ctrl-C, by a request to end, or when nobody reads the output any more. */
  readonly signal: AbortSignal;
  /** Columns that the summary may fill. */
  readonly width: number;
  /** Writes to standard output, no faster than it is read. */
  print(text: string): Promise<void>;
  /** Writes a line to standard error, over the progress line if there is one. */
  note(line: string): void;
  /** Shows how far the work is; nothing where standard error is no terminal. */
  progress(line: string): void;
  /** Standard input; nobody but the command that calls this touches it. */
  input(): NodeJS.ReadStream;
  /** Lets the process end: takes the progress line away and closes standard input if it was used, though more may come. */
  close(): void;
  /** Says that the command looked for something and found it: the exit code is 3 unless something goes wrong. */
  found(): void;
  /** Whether it did. */
  readonly hasFound: boolean;
  /** Emphasis, where standard output shows any. */
  readonly bold: (text: string) => string;
}

const NARROWEST = 60;
const WIDEST = 140;
const WITHOUT_TERMINAL = 100;
const MILLISECONDS_BETWEEN_LINES = 100;

/** @param signal ends what the command is doing */
export function createTerminal(host: Host, signal: AbortSignal): Terminal {
  const { stdout, stderr, env } = host;
  const asked = Number(env["COLUMNS"]);
  const columns = stdout.isTTY ? stdout.columns : asked > 0 ? asked : WITHOUT_TERMINAL;
  const styled = stdout.isTTY && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  let inputUsed = false;
  let hasFound = false;
  let shown = false;
  let lastShown = -Infinity;
  const clearProgress = (): void => {
    if (shown) stderr.write("\r\u001B[K");
    shown = false;
  };
  return {
    host,
    signal,
    width: Math.min(WIDEST, Math.max(NARROWEST, columns || WITHOUT_TERMINAL)),
    async print(text) {
      clearProgress();
      await written(stdout, text, signal);
    },
    note(line) {
      clearProgress();
      stderr.write(`${line}\n`);
    },
    progress(line) {
      const now = performance.now();
      if (!stderr.isTTY || now - lastShown < MILLISECONDS_BETWEEN_LINES) return;
      lastShown = now;
      shown = true;
      stderr.write(`\r\u001B[K${line.slice(0, Math.max(20, (stderr.columns || 80) - 1))}`);
    },
    input() {
      inputUsed = true;
      return host.stdin;
    },
    close() {
      clearProgress();
      if (inputUsed) host.stdin.destroy();
    },
    found() {
      hasFound = true;
    },
    get hasFound() {
      return hasFound;
    },
    bold: (text) => (styled ? styleText("bold", text) : text),
  };
}

/** Waits until a text is handed on, or the work is aborted while nobody takes it. */
function written(stream: NodeJS.WriteStream, text: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new DOMException("The call was aborted.", "AbortError"));
    signal.addEventListener("abort", onAbort, { once: true });
    stream.write(text, (error) => {
      signal.removeEventListener("abort", onAbort);
      if (error == null) resolve();
      else reject(new CommandError("write-error", `standard output cannot be written (${error.message}).`, { cause: error }));
    });
  });
}
