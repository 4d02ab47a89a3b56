import { randomUUID } from "node:crypto";
import { CommandError } from "./command-error.ts";
import { bounded, visible, visibleLine } from "./visible.ts";

/** The part of `process` that the command line lives in. */
export type Host = Pick<NodeJS.Process, "stdin" | "stdout" | "stderr" | "env" | "cwd" | "on" | "off" | "kill" | "pid">;

/**
 * Where a command reads from and writes to. All that is shown passes here, and what would steer a terminal is written out instead
 * (`\\u001b`): names, labels and texts come from data and models of anybody.
 */
export interface Terminal {
  readonly host: Host;
  /** Aborted by Ctrl-C, by a request to end, or when nobody reads the output any more. */
  readonly signal: AbortSignal;
  /** Columns that the summary may fill. */
  readonly width: number;
  /** Writes a text for people, or JSON, to standard output, no faster than it is read. */
  print(text: string): Promise<void>;
  /** Writes rows to standard output, no faster than they are read: as they are, unless it is a terminal. */
  write(rows: string): Promise<void>;
  /** Writes a line to standard error, over the progress line if there is one. */
  note(line: string): void;
  /** Shows how far the work is; nothing where standard error is no terminal. */
  progress(line: string): void;
  /** Standard input; nobody but the command that calls this touches it. */
  input(): NodeJS.ReadStream;
  /** What has to be closed so that the process can end. */
  onClose(work: () => void): void;
  /** Lets the process end: takes the progress line away and closes standard input if it was used, though more may come, and what else is open. */
  close(): void;
  /** Says that the command looked for something and found it: the exit code is 3 unless something goes wrong. */
  found(): void;
  /** Says that some rows could not be judged: the exit code is 4, or 5 if something was found as well. */
  leftRows(): void;
  /** Whether each of these was said. */
  readonly outcome: { readonly found: boolean; readonly leftRows: boolean };
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
  const closing: (() => void)[] = [];
  const emphasis = randomUUID(); // marks that no data can hold stand for emphasis until the text is shown
  const shownText = (text: string): string =>
    visible(text).replaceAll(`${emphasis}[`, "\u001B[1m").replaceAll(`${emphasis}]`, "\u001B[22m");
  const outcome = { found: false, leftRows: false };
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
      await written(stdout, shownText(text), signal);
    },
    async write(rows) {
      clearProgress();
      await written(stdout, stdout.isTTY ? visible(rows) : rows, signal);
    },
    note(line) {
      clearProgress();
      stderr.write(`${visibleLine(bounded(line))}\n`);
    },
    progress(line) {
      const now = performance.now();
      if (!stderr.isTTY || now - lastShown < MILLISECONDS_BETWEEN_LINES) return;
      lastShown = now;
      shown = true;
      stderr.write(`\r\u001B[K${visibleLine(bounded(line)).slice(0, Math.max(20, (stderr.columns || 80) - 1))}`);
    },
    input() {
      closing.push(() => host.stdin.destroy());
      return host.stdin;
    },
    onClose(work) {
      closing.push(work);
    },
    close() {
      clearProgress();
      for (const work of closing.splice(0)) work();
    },
    found() {
      outcome.found = true;
    },
    leftRows() {
      outcome.leftRows = true;
    },
    outcome,
    bold: (text) => (styled ? `${emphasis}[${text}${emphasis}]` : text),
  };
}

/** Waits until a text is handed on, or the work is aborted while nobody takes it. */
function written(stream: NodeJS.WriteStream, text: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new DOMException("The call was aborted.", "AbortError"));
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    stream.write(text, (error) => {
      signal.removeEventListener("abort", onAbort);
      if (error == null) resolve();
      else reject(new CommandError("write-error", `standard output cannot be written (${error.message}).`, { cause: error }));
    });
  });
}
