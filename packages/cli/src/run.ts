import { CommanderError } from "commander";
import { createProgram } from "./program.ts";
import type { EndSignal } from "./exit.ts";
import { EXIT, SIGNALS } from "./exit.ts";
import { removeParts } from "./files/parts.ts";
import type { Host } from "./terminal.ts";
import { createTerminal } from "./terminal.ts";

/** Milliseconds that a command has to end cleanly once it is asked to. */
const GRACE = 500;

/**
 * Runs one command line to its end. A signal ends the work cleanly; where that takes long, or a second one comes, the process ends by the signal at
 * once. In both cases no file stays half-written.
 *
 * @param args what follows the program's name
 * @returns the exit code: 0 done, 1 an error, 2 a command line that has to change, 3 something was found, 4 some rows could not be judged, 5 both, 129, 130 or 143 ended by a signal
 */
export async function run(args: readonly string[], host: Host): Promise<number> {
  const controller = new AbortController();
  const terminal = createTerminal(host, controller.signal);
  let ended: EndSignal | "closed" | undefined;
  let grace: NodeJS.Timeout | undefined;

  const endAtOnce = (signal: EndSignal): void => {
    terminal.note("interrupted");
    removeParts();
    stopListening();
    host.kill(host.pid, signal); // nobody listens any more; unlike an exit, this waits for no thread
  };
  const onSignal = (signal: EndSignal): void => {
    if (ended !== undefined && ended !== "closed") return endAtOnce(signal);
    ended = signal;
    grace = setTimeout(endAtOnce, GRACE, signal);
    controller.abort(new Error(signal));
  };
  const onOutputError = (error: NodeJS.ErrnoException): void => {
    if (error.code !== "EPIPE") return; // the write itself fails, and says so
    ended ??= "closed"; // `mixtura … | head`: the reader has seen enough
    controller.abort(error);
  };
  const onMessageError = (): void => undefined; // nobody reads messages any more, which is no reason to fail
  const stopListening = (): void => {
    for (const signal of Object.keys(SIGNALS)) host.off(signal, onSignal);
  };
  for (const signal of Object.keys(SIGNALS)) host.on(signal, onSignal);
  host.stdout.on("error", onOutputError);
  host.stderr.on("error", onMessageError);
  try {
    const program = await createProgram(args, terminal);
    await program.parseAsync([...args], { from: "user" });
    const { found, leftRows } = terminal.outcome;
    return found ? (leftRows ? EXIT.foundAndNotJudged : EXIT.found) : leftRows ? EXIT.notJudged : EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (ended === "closed") return EXIT.ok;
    if (ended !== undefined) {
      terminal.note("interrupted"); // what fails after a signal fails because of it
      return SIGNALS[ended];
    }
    const { errorLine, exitCodeOf } = await import("./errors.ts"); // loads the library, which --version and --help do without
    terminal.note(errorLine(error));
    if (host.env["MIXTURA_DEBUG"]) for (const line of stackOf(error)) terminal.note(line);
    return exitCodeOf(error);
  } finally {
    clearTimeout(grace);
    terminal.close();
    stopListening();
  }
}

function stackOf(error: unknown): string[] {
  return error instanceof Error ? (error.stack ?? "").split("\n") : [];
}
