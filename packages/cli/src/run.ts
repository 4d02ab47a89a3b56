import { CommanderError } from "commander";
import { createProgram } from "./program.ts";
import { EXIT } from "./exit.ts";
import type { Host } from "./terminal.ts";
import { createTerminal } from "./terminal.ts";

/**
 * Runs one command line to its end.
 *
 * @param args what follows the program's name
 * @returns the exit code: 0 done, 1 an error, 2 a command line that has to change, 3 something was found, 130 interrupted
 */
export async function run(args: readonly string[], host: Host): Promise<number> {
  const controller = new AbortController();
  const terminal = createTerminal(host, controller.signal);
  let ended: "SIGINT" | "SIGTERM" | "closed" | undefined;

  const onSignal = (signal: NodeJS.Signals): void => {
    const code = signal === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
    if (ended !== undefined) host.exit(code); // asked twice: do not wait for a clean end
    ended = signal === "SIGINT" ? "SIGINT" : "SIGTERM";
    controller.abort(new Error(signal));
  };
  const onOutputError = (error: NodeJS.ErrnoException): void => {
    if (error.code !== "EPIPE") return; // the write itself fails, and says so
    ended ??= "closed"; // `mixtura … | head`: the reader has seen enough
    controller.abort(error);
  };
  host.on("SIGINT", onSignal);
  host.on("SIGTERM", onSignal);
  host.stdout.on("error", onOutputError);
  try {
    const program = await createProgram(args, terminal);
    await program.parseAsync([...args], { from: "user" });
    return terminal.hasFound ? EXIT.found : EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (ended === "closed") return EXIT.ok;
    if (ended !== undefined && isAbort(error, controller.signal)) {
      terminal.note("interrupted");
      return ended === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
    }
    const { errorLine, exitCodeOf } = await import("./errors.ts"); // loads the library, which --version and --help do without
    terminal.note(errorLine(error));
    if (host.env["MIXTURA_DEBUG"]) terminal.note(error instanceof Error ? (error.stack ?? "") : "");
    return exitCodeOf(error);
  } finally {
    terminal.close();
    host.off("SIGINT", onSignal);
    host.off("SIGTERM", onSignal);
  }
}

/** What ends aborted work: an error of our calls, or the reason itself. */
function isAbort(error: unknown, { reason }: AbortSignal): boolean {
  return error === reason || (error instanceof Error && error.name === "AbortError");
}
