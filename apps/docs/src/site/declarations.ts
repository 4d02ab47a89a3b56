import type { AnyOptionDeclaration, OptionDeclarations } from "@mixtura/core";
import { expectedText } from "@mixtura/core/internal";
import { plugins } from "mixtura";
import type { Packages } from "../run-example.ts";
import type { Page } from "./page.ts";

/** The options of something, as they are declared. */
export interface Declared {
  /** The estimator or function: "GaussianMixture", "selectMixture". */
  readonly subject: string;
  readonly summary: string;
  readonly options: OptionDeclarations;
  readonly estimator: boolean;
}

/** All declared options: those of every listed estimator, and those that packages export besides. */
export function declaredOptions(packages: Packages): Declared[] {
  const estimators = plugins.map(({ type, summary, options }) => ({ subject: type, summary, options, estimator: true }));
  const seen = new Set<unknown>(plugins.map(({ options }) => options));
  const functions = Object.entries(packages).flatMap(([name, exports]) =>
    Object.entries(exports).flatMap(([exported, value]) => {
      if (!isDeclarations(value) || seen.has(value)) return [];
      seen.add(value);
      // Users give the options, and have no use for their declarations.
      const subject = exported.replace(/Option(?:s|Declarations)$/, "");
      return [{ subject, summary: `In \`${name.split("/internal")[0]!}\`.`, options: value, estimator: false }];
    }),
  );
  return [...estimators, ...functions];
}

/** Tables of all options, made from their declarations. */
export function optionsPage(declared: readonly Declared[], place: (name: string) => string | undefined): Page {
  const sections = (estimator: boolean): string[] =>
    declared
      .filter((each) => each.estimator === estimator)
      .map(({ subject, summary, options }) => section(estimator ? linked(subject, place) : `\`${subject}\``, summary, options));
  return {
    path: "reference/options",
    markdown: [
      "---\npageClass: wide-page options-page\naside: false\n---\n\n# Options",
      "Every option is declared once, as data: the check, the text of an error, the flags of the command line, the forms of the playground and these tables are made from it. Names are scikit-learn's in camelCase.",
      "## Estimators",
      ...sections(true),
      "## Functions",
      ...sections(false),
      "",
    ].join("\n\n"),
  };
}

function section(title: string, text: string, options: OptionDeclarations): string {
  const rows = Object.entries(options).map(
    ([name, declaration]) => `| \`${name}\` | ${cell(about(declaration))} | ${cell(allowed(declaration))} | ${defaultText(declaration)} |`,
  );
  return [`### ${title}`, text, ["| option | what it does | allowed | default |", "| --- | --- | --- | --- |", ...rows].join("\n")].join(
    "\n\n",
  );
}

function allowed({ range }: AnyOptionDeclaration): string {
  return expectedText(range);
}

function about({ description, unit, flag }: AnyOptionDeclaration): string {
  return `${description}${unit === undefined ? "" : ` Unit: ${unit}.`}${flag === false ? " From code only." : ""}`;
}

/** A default as it stands in a cell. */
export function defaultText({ default: value }: AnyOptionDeclaration): string {
  if (value === undefined) return "–";
  // As it is written in code, and small numbers by their powers of ten.
  const text = JSON.stringify(value)
    .replaceAll(/"(\w+)":/g, "$1: ")
    .replaceAll(/,(?=\w+: )/g, ", ")
    .replaceAll(/\{(.+?)\}/g, "{ $1 }")
    .replaceAll(/\b0\.000\d+/g, (number) => Number(number).toExponential());
  // A long list is given by its ends.
  const shown =
    Array.isArray(value) && text.length > 16 && value.length > 3
      ? `[${JSON.stringify(value[0])}, …, ${JSON.stringify(value.at(-1))}]`
      : text;
  return `\`${shown.replaceAll("|", "\\|")}\``;
}

/** Text as it stands in a cell of a table. */
export function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("{", "&#123;").replaceAll("\n", " ");
}

function linked(name: string, place: (name: string) => string | undefined): string {
  const found = place(name);
  return found === undefined ? name : `[${name}](${found})`;
}

function isDeclarations(value: unknown): value is OptionDeclarations {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const fields = Object.values(value) as unknown[];
  return (
    fields.length > 0 && fields.every((field) => typeof field === "object" && field !== null && "range" in field && "description" in field)
  );
}

/** What a capability means, for the head of the table. One that is not described here has its own name. */
const CAPABILITIES: Readonly<Record<string, string>> = {
  density: "`scoreSamples` is a natural-log density that integrates to 1",
  clustering: "`predict` gives a label per row",
  "soft-clustering": "`predictProba` gives responsibilities per row",
  outlier: "`predict` gives +1 and −1",
  sampling: "`sample` draws rows",
  weights: "`fit` takes `sampleWeight`",
  blocks: "`fit` takes blocks of a file or stream larger than memory",
  steps: "`steps` walks through every state of the fit",
};

/** What each listed estimator can do, as its plugin declares it; the conformance tests that check it run with every change. */
export function capabilitiesPage(place: (name: string) => string | undefined): Page {
  const found = [...new Set([...Object.keys(CAPABILITIES), ...plugins.flatMap(({ capabilities }) => capabilities)])];
  const used = found.filter((capability) => plugins.some(({ capabilities }) => (capabilities as readonly string[]).includes(capability)));
  const rows = plugins.map(
    ({ type, capabilities }) =>
      `| ${linked(type, place)} | ${used.map((capability) => ((capabilities as readonly string[]).includes(capability) ? "●" : "")).join(" | ")} |`,
  );
  return {
    path: "reference/capabilities",
    markdown: [
      "---\npageClass: wide-page\naside: false\n---\n\n# What estimators can do",
      "Every estimator says what it can, and the conformance suite of `@mixtura/testing` holds it to that: a test applies where its capabilities are declared.",
      [`| estimator | ${used.join(" | ")} |`, `| --- | ${used.map(() => ":---:").join(" | ")} |`, ...rows].join("\n"),
      "## The estimators",
      ...plugins.map(({ type, summary }) => `- **${linked(type, place)}**: ${summary}`),
      "## The capabilities",
      ...used.map((capability) => `- **${capability}**: ${CAPABILITIES[capability] ?? "described by its plugin"}.`),
      "",
    ].join("\n\n"),
  };
}
