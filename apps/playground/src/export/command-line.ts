import type { AnyOptionDeclaration } from "@mixtura/core";
import type { DeclaredEstimator } from "../model/catalogue.ts";
import { catalogue } from "../model/catalogue.ts";
import { isShellText, shellWord } from "./quoting.ts";
import type { DeclaredFit, Subject } from "./subject.ts";
import { declaredFit, fileOf, remarksOf } from "./subject.ts";

/** What `mixtura fit` fits without a word. */
const first = catalogue.estimators.find(({ capabilities }) => capabilities.includes("mixture"))!;

/** The fit as a command. Mixtures are fitted and detectors detect; models of other estimators are read. */
export function commandLine(subject: Subject): string {
  const fit = declaredFit(subject);
  const { type, capabilities } = fit.plugin;
  const file = shellWord(pathOf(fileOf(subject)));
  const writable = subject.names.every(isShellText);
  const columns = subject.names.length === 0 || !writable ? [] : [flag("columns", subject.names.map(listItem).join(","))];
  const remarks = [
    ...remarksOf(subject, fit, "#"),
    ...(writable ? [] : ["# The columns are not chosen here: the name of one holds what no command line can."]),
  ];
  if (capabilities.includes("mixture")) {
    const { nInit, ...options } = { ...single(fit.plugin), ...fit.options } as Readonly<Record<string, unknown>>;
    // A budget of starts is what the command takes by itself.
    const starts = nInit === undefined || nInit === "auto" ? {} : { nInit };
    return text([
      ...remarks,
      ...flagless(fit),
      command(
        "fit",
        [
          [...columns, ...estimatorFlag(fit.plugin)],
          [...flagsOf(fit.plugin, { ...options, ...starts }), "--split-start false"],
          ["--output model.json --report report.html"],
        ],
        file,
      ),
      `mixtura predict --with labels,log-density --output labelled.csv -- model.json ${file}`,
    ]);
  }
  if (capabilities.includes("outlier")) {
    // Rows that are said to be clean are not judged, so there is nothing to report.
    const outputs = [`--save detector.json${fit.options["novelty"] === true ? "" : " --report anomalies.html"}`];
    return text([...remarks, ...flagless(fit), command("detect", [columns, detectorFlags(fit), outputs], file)]);
  }
  return text([
    ...remarks,
    `# The command line fits mixtures and detectors; it reads a ${type} that was saved from here (“Model (JSON)”).`,
    `mixtura predict --output labelled.csv -- model.json ${file}`,
  ]);
}

const text = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

/** A name as a path that is neither a flag nor, as a dash alone would be, standard input. */
function pathOf(name: string): string {
  return name.startsWith("-") ? `./${name}` : name;
}

/** Flags first: what follows `--` is the name of a file, even one that looks like a flag. */
function command(name: string, flags: readonly (readonly string[])[], file: string): string {
  const lines = flags.filter((line) => line.length > 0).map((line) => line.join(" "));
  return [`mixtura ${name}`, ...lines, `-- ${file}`].join(" \\\n  ");
}

/** One number of components and one form, so that nothing is chosen, and the starts that the page took. */
function single({ options }: DeclaredEstimator): Readonly<Record<string, unknown>> {
  return {
    nComponents: 1,
    ...(options["covarianceType"] === undefined ? {} : { covarianceType: "full" }),
    ...(options["nInit"] === undefined ? {} : { nInit: options["nInit"].default }),
  };
}

function estimatorFlag(plugin: DeclaredEstimator): string[] {
  return plugin === first ? [] : [flag("estimator", plugin.type)];
}

/** A detector's flags: a threshold is one of several, clean rows are a flag of their own, and a cleaning is one of another estimator. */
function detectorFlags({ plugin, options }: DeclaredFit): string[] {
  const { threshold, novelty, rule, ...others } = options;
  const cleans = plugin.options["rule"] !== undefined && plugin.options["estimator"] !== undefined;
  return [
    flag("estimator", cleans ? first.type : plugin.type),
    ...(cleans ? ["--clean"] : []),
    ...(novelty === true ? ["--novelty"] : []),
    ...Object.entries({ ...(threshold as object | undefined), ...(rule as object | undefined) }).map(([kind, limit]) =>
      flag(kind, String(limit)),
    ),
    ...flagsOf(plugin, others),
  ];
}

/** Options as flags, those that have one. */
function flagsOf({ options: declared }: DeclaredEstimator, options: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(options)
    .filter(([name]) => hasFlag(declared[name]!))
    .map(([name, value]) => flag(name, flagValue(value)));
}

/** Whether there is something to choose, and a command line can. */
function hasFlag({ flag: given, range }: AnyOptionDeclaration): boolean {
  return given !== false && range.choices?.length !== 1;
}

/** What was given and has no flag. */
function flagless({ plugin, options }: DeclaredFit): string[] {
  return Object.keys(options)
    .filter((name) => plugin.options[name]!.flag === false)
    .map((name) => `# ${name}: left out, since only code can give it.`);
}

/** A value that looks like a flag stays with its own. */
function flag(name: string, value: string): string {
  const spelled = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return `${spelled}${value.startsWith("-") ? "=" : " "}${shellWord(value)}`;
}

function flagValue(value: unknown): string {
  if (Array.isArray(value)) return value.join(",");
  return typeof value === "object" && value !== null
    ? Object.entries(value)
        .map(([name, part]) => `${name}:${String(part)}`)
        .join(",")
    : String(value);
}

/** A name in a list, which commas part and double quotes hold together. */
function listItem(name: string): string {
  return /[",]|^\s|\s$|^$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
