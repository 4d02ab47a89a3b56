import { plugins } from "mixtura";
import type { Subject } from "./subject.ts";
import { fileOf, needsRows, optionsOf } from "./subject.ts";

/** The fit as a command. Mixtures are fitted there; models of other estimators are read. */
export function commandLine(subject: Subject): string {
  const { state } = subject;
  const { type } = state.model;
  const file = quoted(needsRows(subject) ? "rows.csv" : fileOf(subject));
  const note = needsRows(subject) ? ["# The rows as shown: “Rows (CSV)” on the same page."] : [];
  const columns =
    subject.names.length === 0 || subject.names.some((name) => name.includes(",")) ? "" : ` --columns ${quoted(subject.names.join(","))}`;
  if (type !== "GaussianMixture") {
    return [
      ...note,
      `# The command line fits mixtures; it reads a ${type} that was saved from here (“Model (JSON)”).`,
      `mixtura predict model.json ${file} --output labelled.csv`,
      "",
    ].join("\n");
  }
  const plugin = plugins.find((candidate) => candidate.type === type)!;
  const options = { nComponents: 1, covarianceType: "full", ...optionsOf(subject, true) };
  const flags = Object.entries(options)
    .filter(([name]) => plugin.options[name]?.flag !== false)
    .map(([name, value]) => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${quoted(flagValue(value))}`);
  return [
    ...note,
    `mixtura fit ${file}${columns} \\\n  ${flags.join(" ")} \\\n  --output model.json --report report.html`,
    `mixtura predict model.json ${file} --with labels,log-density --output labelled.csv`,
    "",
  ].join("\n");
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
