import { readFileSync } from "node:fs";
import { Command } from "commander";
import type { Terminal } from "./terminal.ts";
import { bounded, visible } from "./visible.ts";

/** Makes a command; some look at the arguments for the flags that they have. */
type Load = (terminal: Terminal, args: readonly string[]) => Promise<Command>;

/** The commands. Only the one that is asked for is loaded, so that the program starts fast. */
const COMMANDS: Readonly<Record<string, { readonly summary: string; readonly load: Load }>> = {
  fit: {
    summary: "choose and fit a mixture, describe it, save it",
    load: async (terminal, args) => (await import("./commands/fit.ts")).fitCommand(terminal, args),
  },
  select: {
    summary: "compare numbers of components and covariances by every criterion",
    load: async (terminal, args) => (await import("./commands/select.ts")).selectCommand(terminal, args),
  },
  detect: {
    summary: "find anomalies in a table, with reasons",
    load: async (terminal, args) => (await import("./commands/detect.ts")).detectCommand(terminal, args),
  },
  predict: {
    summary: "label and score the rows of a table with a saved model",
    load: async (terminal) => (await import("./commands/predict.ts")).predictCommand(terminal),
  },
  report: {
    summary: "write an HTML report about a table and its mixture",
    load: async (terminal, args) => (await import("./commands/report.ts")).reportCommand(terminal, args),
  },
  score: {
    summary: "score the rows of a table under a saved model",
    load: async (terminal) => (await import("./commands/score.ts")).scoreCommand(terminal),
  },
  sample: {
    summary: "draw rows from a saved model",
    load: async (terminal) => (await import("./commands/sample.ts")).sampleCommand(terminal),
  },
  probability: {
    summary: "compute the probability of a box",
    load: async (terminal) => (await import("./commands/probability.ts")).probabilityCommand(terminal),
  },
  condition: {
    summary: "condition a mixture on known features",
    load: async (terminal) => (await import("./commands/condition.ts")).conditionCommand(terminal),
  },
  backends: {
    summary: "list the backends of this machine",
    load: async (terminal) => (await import("./commands/backends.ts")).backendsCommand(terminal),
  },
  describe: {
    summary: "show what is in a model file",
    load: async (terminal) => (await import("./commands/describe.ts")).describeCommand(terminal),
  },
};

const EPILOGUE = `
Start with: mixtura fit data.csv, or mixtura detect data.csv
Exit codes: 0 done, 1 error, 2 invalid command line, 3 anomalies were found (detect),
            4 some rows could not be judged (detect, predict, score), 5 both, 130 interrupted, 129 and 143 ended by SIGHUP and SIGTERM`;

/** The command tree. Its errors are thrown, its texts go to the terminal. */
export async function createProgram(args: readonly string[], terminal: Terminal): Promise<Command> {
  const { stdout, stderr } = terminal.host;
  const program = new Command("mixtura")
    .description("Gaussian mixtures for tables: density, soft clustering, the number of clusters, and anomalies.")
    .helpCommand("help [command]", "show the help of a command")
    .version(version(), "-V, --version", "show the version")
    .helpOption("-h, --help", "show this help")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(visible(text)),
      writeErr: (text) => void stderr.write(visible(bounded(text))),
      outputError: (text, write) => write(`${complaint(text)}\n`),
      getOutHelpWidth: () => terminal.width,
      getErrHelpWidth: () => terminal.width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText("after", EPILOGUE);
  const [first, second] = args.filter((arg) => !arg.startsWith("-"));
  const asked = first === "help" ? second : first;
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const command = name === asked ? await load(terminal, args) : new Command(name).argument("[options...]");
    program.addCommand(command.summary(summary).copyInheritedSettings(program).helpOption("-h, --help", "show this help"));
  }
  // Without a command the help is what was wanted; it is no error to ask.
  if (args.length === 0) program.action(() => program.outputHelp());
  return program;
}

/** Commander's complaint, with its suggestion, in the form of our own errors. */
function complaint(text: string): string {
  const flat = text
    .trim()
    .replaceAll(/\s*\n\s*/g, " ")
    .replace(/^error: /, "");
  return `error[usage]: ${flat}${/[.?)]$/.test(flat) ? "" : "."} See --help.`;
}

function version(): string {
  const { version: found } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
  return found;
}
