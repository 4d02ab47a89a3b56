import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
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
  /**
   * When it comes: milliseconds after the start, or, from 0 to 1, how far into the time that a command needs to be at its work. That follows the
   * machine: it is a multiple of what the process took until it listened to signals.
   */
  readonly at: { readonly milliseconds: number } | { readonly depth: number };
}

/** How it ended. */
export interface End {
  /** As a shell says it: 128 and the signal's number where it was one. */
  readonly code: number;
  /** Milliseconds from the signal; nothing where the process was done before. */
  readonly milliseconds: number | undefined;
  /** Of these, milliseconds on a processor, in steps of the system's; nothing where it does not tell. */
  readonly busy: number | undefined;
  readonly stderr: string;
}

/** Milliseconds after which a process hangs, however busy the machine is. */
const HANGS = 120_000;

/** Milliseconds between two looks at a process. */
const LOOK = 5;

/** Whether a process handles signals already: of SIGHUP, as Node itself catches the others. Where the system does not tell, it does after a while. */
function isListening(pid: number): boolean {
  try {
    const [, caught = "0"] = /^SigCgt:\s*(\w+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return (BigInt(`0x${caught}`) & (1n << BigInt(constants.signals.SIGHUP - 1))) !== 0n;
  } catch {
    return process.platform !== "linux";
  }
}

/** Milliseconds in which the system counts processor time. */
const TICK = 10;

/** Milliseconds that a process has spent on processors, and that those of its children have that are done; nothing where the system does not tell. */
function processorTime(pid: number | "self"): { readonly own: number; readonly ofChildren: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    const ticks = (...places: readonly number[]): number => places.reduce((sum, place) => sum + TICK * Number(fields[place]), 0);
    return { own: ticks(11, 12), ofChildren: ticks(13, 14) };
  } catch {
    return undefined;
  }
}

/**
 * Runs a program, sends it a signal, and waits for its end.
 *
 * @throws Error where it does not end
 */
export function signalled(program: string, { args, cwd, input, read, signal, at }: Signalled): Promise<End> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd });
    const before = processorTime("self");
    let sent: number | undefined;
    let used: ReturnType<typeof processorTime>;
    let stderr = "";
    child.stderr.on("data", (text) => (stderr += text));
    if (read) child.stdout.resume();
    child.stdin.on("error", () => undefined); // it may end without reading
    if (input === undefined) child.stdin.end();
    else child.stdin.write(input);
    const started = performance.now();
    const send = (): void => {
      used = processorTime(child.pid!);
      sent = performance.now();
      child.kill(signal);
    };
    let sending = setTimeout(look, "depth" in at ? 0 : at.milliseconds);
    function look(): void {
      if (!("depth" in at)) return send();
      if (isListening(child.pid!)) sending = setTimeout(send, (performance.now() - started) * (1 + 7 * at.depth));
      else sending = setTimeout(look, LOOK);
    }
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
      const whole = processorTime("self");
      const busy = whole === undefined || used === undefined ? undefined : whole.ofChildren - before!.ofChildren - used.own;
      resolve({ code: code ?? 128 + constants.signals[by!], milliseconds, busy, stderr });
    });
  });
}
