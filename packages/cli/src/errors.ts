import { isMixturaError } from "@mixtura/core";
import { CommandError } from "./command-error.ts";
import { EXIT } from "./exit.ts";
import { inFlags } from "./flags/in-flags.ts";

/** What a failure costs: 2 where the command line has to change, otherwise 1. */
export function exitCodeOf(error: unknown): number {
  const isUsage =
    (error instanceof CommandError && error.code === "usage") ||
    isMixturaError(error, "invalid-option") ||
    isMixturaError(error, "unknown-option");
  return isUsage ? EXIT.usage : EXIT.error;
}

/** The options that an error complains of. */
function optionsOf(error: unknown): readonly string[] {
  return isMixturaError(error, "invalid-option") || isMixturaError(error, "unknown-option") ? [error.detail.option] : [];
}

/** A failure in one line: its code, what was found, what to try. */
export function errorLine(error: unknown): string {
  const code = isMixturaError(error) || error instanceof CommandError ? error.code : "internal";
  const message = error instanceof Error ? error.message : String(error);
  const hint = code === "internal" ? " This is a bug of mixtura: please report it, with the output of MIXTURA_DEBUG=1." : "";
  return `error[${code}]: ${inFlags(message, { options: optionsOf(error) }).replaceAll(/\s*[\r\n]+\s*/g, " ")}${hint}`;
}
