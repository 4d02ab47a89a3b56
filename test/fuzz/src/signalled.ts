import { spawn } from "node:child_process";
import { constants } from "node:os";

/** A run of the command line that a signal meets. */
export interface Signalled {
  readonly args: readonly string[];
  readonly cwd: string;
  /** What standard input gives; it stays open after that, unless there is nothing. */
  readonly input: string | undefined;
  /** Whether its output is read. */
  readonly read: boolean;
  readonly signal: NodeJS.Signals;
  /** Milliseconds from the start of the process to the signal. */
  readonly delay: number;
}

/** How it ended. */
export interface End {
  /** As a shell says it: 128 and the signal's number where it was one. */
  readonly code: number;
  /** Milliseconds from the signal; nothing where the process was done before. */
  readonly milliseconds: number | undefined;
  readonly stderr: string;
}

/** Milliseconds after which a process hangs, however busy the machine is. */
const HANGS = 120_000;

/**
 * Runs a program, sends it a signal, and waits for its end.
 *
 * @throws Error where it does not end
 */
export function signalled(program: string, { args, cwd, input, read, signal, delay }: Signalled): Promise<End> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd });
    let sent: number | undefined;
    let stderr = "";
    child.stderr.on("data", (text) => (stderr += text));
    if (read) child.stdout.resume();
    child.stdin.on("error", () => undefined); // it may end without reading
    if (input === undefined) child.stdin.end();
    else child.stdin.write(input);
    const sending = setTimeout(() => {
      sent = performance.now();
      child.kill(signal);
    }, delay);
    const giveUp = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`mixtura ${args.join(" ")} did not end by ${signal}`));
    }, HANGS);
    child.on("error", reject);
    child.on("exit", (code, by) => {
      clearTimeout(sending);
      clearTimeout(giveUp);
      child.stdout.destroy(); // what nobody read would keep it from being closed
      const milliseconds = sent === undefined ? undefined : performance.now() - sent;
      resolve({ code: code ?? 128 + constants.signals[by!], milliseconds, stderr });
    });
  });
}
