import type { AnyEstimatorPlugin } from "@mixtura/core";
import { plugins } from "mixtura";
import type { Subject } from "./subject.ts";
import { fileOf, needsRows, optionsOf } from "./subject.ts";

/** What `mixtura fit` fits without a word. */
const first = plugins.find(({ capabilities }) => capabilities.includes("mixture"));

/** The fit as a command. Mixtures are fitted and detectors detect; models of other estimators are read. */
export function commandLine(subject: Subject): string {
  const { type } = subject.state.model;
  const plugin = plugins.find((candidate) => candidate.type === type);
  const file = quoted(needsRows(subject) ? "rows.csv" : fileOf(subject));
  const columns =
    subject.names.length === 0 || subject.names.some((name) => name.includes(",")) ? "" : ` --columns ${quoted(subject.names.join(","))}`;
  const estimator = plugin === first ? [] : [`--estimator ${type}`];
  const lines =
    plugin?.capabilities.includes("mixture") === true
      ? [
          command(
            `mixtura fit ${file}${columns}`,
            [...estimator, ...flagsOf({ ...single(plugin), ...optionsOf(subject, true) }, type)],
            "--output model.json --report report.html",
          ),
          `mixtura predict model.json ${file} --with labels,log-density --output labelled.csv`,
        ]
      : plugin?.capabilities.includes("outlier") === true
        ? [
            command(
              `mixtura detect ${file}${columns}`,
              [...estimator, ...flagsOf(optionsOf(subject, "randomState" in plugin.options), type)],
              "--save detector.json --report anomalies.html",
            ),
          ]
        : [
            `# The command line fits mixtures and detectors; it reads a ${type} that was saved from here (“Model (JSON)”).`,
            `mixtura predict model.json ${file} --output labelled.csv`,
          ];
  return [...(needsRows(subject) ? ["# The rows as shown: “Rows (CSV)” on the same page."] : []), ...lines, ""].join("\n");
}

/** One number of components and one form, so that nothing is chosen. */
function single({ options }: AnyEstimatorPlugin): object {
  return { nComponents: 1, ...(options["covarianceType"] === undefined ? {} : { covarianceType: "full" }) };
}

function command(start: string, flags: readonly string[], end: string): string {
  return [start, ...(flags.length === 0 ? [] : [flags.join(" ")]), end].join(" \\\n  ");
}

/** Options as flags; a threshold is one of several flags. */
function flagsOf(options: Readonly<Record<string, unknown>>, type: string): string[] {
  const declared = plugins.find((candidate) => candidate.type === type)?.options ?? {};
  return Object.entries(options)
    .filter(([name]) => declared[name]?.flag !== false)
    .flatMap(([name, value]) =>
      (name === "threshold" || name === "rule") && typeof value === "object" && value !== null
        ? Object.entries(value).map(([kind, limit]) => `--${dashed(kind)} ${quoted(flagValue(limit))}`)
        : [`--${dashed(name)} ${quoted(flagValue(value))}`],
    );
}

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function flagValue(value: unknown): string {
  if (Array.isArray(value)) return value.join(",");
  return typeof value === "object" && value !== null
    ? Object.entries(value)
        .map(([name, part]) => `${name}:${String(part)}`)
        .join(",")
    : String(value);
}

function quoted(text: string): string {
  return /^[\w.,:/=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
