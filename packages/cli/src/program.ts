import { readFileSync } from "node:fs";
import { Command } from "commander";
import { fitCommand } from "./commands/fit.ts";
import { predictCommand } from "./commands/predict.ts";
import type { Terminal } from "./terminal.ts";

const EXIT_CODES = `Exit codes: 0 done, 1 error, 2 the command line cannot be understood, 130 interrupted.`;

/** The command tree. Its errors are thrown, its texts go to the terminal. */
export function createProgram(terminal: Terminal): Command {
  const { stdout, stderr } = terminal.host;
  const program = new Command("mixtura")
    .description("Fits Gaussian mixtures to tables: density, soft clustering, and the number of clusters.")
    .helpCommand("help [command]", "show the help of a command")
    .version(version(), "-V, --version", "show the version")
    .helpOption("-h, --help", "show this help")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      outputError: (text, write) => write(`${oneLine(text)}\n`),
      getOutHelpWidth: () => terminal.width,
      getErrHelpWidth: () => terminal.width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText("after", `\n${EXIT_CODES}`);
  for (const command of [fitCommand(terminal), predictCommand(terminal)]) program.addCommand(command.copyInheritedSettings(program).helpOption("-h, --help", "show this help"));
  // Without a command the help is what was wanted; it is not an error to ask.
  return program.action(() => void stdout.write(program.helpInformation()));
}

/** Commander's complaint, with its suggestion, in the form of our own errors. */
function oneLine(text: string): string {
  const flat = text.trim().replaceAll(/\s*\n\s*/g, " ").replace(/^error: /, "");
  return `error[usage]: ${flat}${/[.?)]$/.test(flat) ? "" : "."} See --help.`;
}

function version(): string {
  const { version: found } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
  return found;
}
