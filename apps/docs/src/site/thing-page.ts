import type { OptionDeclarations } from "@mixtura/core";
import { plugins } from "mixtura";
import { slugOf } from "./anchors.ts";
import { cell } from "./declarations.ts";
import type { ErrorCode } from "./errors.ts";
import type { Exported } from "./exported.ts";
import { optionRows, optionTable } from "./option-table.ts";
import type { Page } from "./page.ts";
import type { Place } from "./places.ts";
import { demoted, headOf, inTwoColumns, sectionsOf } from "./typedoc-text.ts";

/** What pages of the reference are made from. */
export interface Sources {
  readonly exported: ReadonlyMap<number, Exported>;
  readonly places: ReadonlyMap<number, Place>;
  /** What typedoc wrote about an export, with links to pages of this site. */
  readonly body: (id: number) => string;
  /** Declarations by the type of the options, in small letters: "gaussianmixtureoptions". */
  readonly declared: ReadonlyMap<string, OptionDeclarations>;
  readonly codes: readonly ErrorCode[];
}

/** The page of a class, a function or a contract. */
export function thingPage(id: number, sources: Sources): Page {
  const { exported, places, body, codes } = sources;
  const thing = exported.get(id)!;
  const text = body(id);
  const { head, rest } = thing.kind === "function" ? headOf(text) : { head: "", rest: text };
  const { lead, sections } = sectionsOf(rest);
  const take = (title: string, shown = title): string[] => {
    const found = sections.get(title);
    sections.delete(title);
    return found === undefined ? [] : [`## ${shown}\n\n${found}`];
  };
  const parents = take("Implements").map(
    (part) => `Implements ${[...part.matchAll(/^- (.+)$/gm)].map(([, parent]) => parent).join(", ")}.`,
  );
  const thrown = take("Throws").map((part) => part.replace("## Throws\n\n", ""));
  const hosted = [...places].filter(([other, { host }]) => host === id && !thing.options.includes(other)).map(([other]) => other);
  return apiPage(places.get(id)!.page, [
    `# ${thing.name}`,
    lead,
    ...parents,
    `\`\`\`ts\n${importOf(thing)}\n\`\`\``,
    ...facts(thing, sources),
    ...(head === "" ? [] : [head]),
    ...take("Example"),
    ...take("Examples"),
    ...take("Type Parameters", "Type parameters"),
    ...take("Parameters"),
    ...optionsSection(thing, sources),
    ...take("Returns"),
    ...take("Constructors", "Constructor"),
    ...take("Methods"),
    ...take("Properties"),
    ...errorsSection(thrown, text, codes),
    ...[...sections.keys()].flatMap((title) => take(title)),
    ...(hosted.length === 0 ? [] : ["## Types", ...hosted.map((other) => typeSection(other, sources, 3))]),
  ]);
}

/** A page of the reference. An anchor that a heading has is not set a second time. */
export function apiPage(path: string, parts: readonly string[], pageClass = "api-page"): Page {
  const text = inTwoColumns(parts.join("\n\n"));
  const headings = new Set([...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => slugOf(heading.replaceAll("\\", ""))));
  const markdown = text.replaceAll(/<a id="([^"]+)"><\/a> /g, (anchor, id: string) => (headings.has(id) ? "" : anchor));
  return { path, markdown: `---\noutline: [2, 3]\npageClass: ${pageClass}\n---\n\n${markdown}\n` };
}

/** A small type, as a part of a page. */
export function typeSection(id: number, { exported, places, body }: Sources, level: 2 | 3): string {
  const { name } = exported.get(id)!;
  const slug = places.get(id)!.slug!;
  const text = demoted(body(id), level)
    .replaceAll(/^#+ (?:Properties|Type declaration|Type Declaration)\n\n/gm, "")
    .replaceAll(/<a id="([^"]+)"><\/a> /g, `<a id="${slug}-$1"></a> `);
  return `${"#".repeat(level)} ${name} {#${slug}}\n\n${text}`;
}

function importOf({ kind, name, specifier }: Exported): string {
  if (name === "default") return `import kernels from "${specifier}";`;
  return kind === "contract" || kind === "type"
    ? `import type { ${name} } from "${specifier}";`
    : `import { ${name} } from "${specifier}";`;
}

/** What an estimator can do, and what its fit gives. */
function facts({ name, kind, fits }: Exported, { exported, places }: Sources): string[] {
  if (kind !== "estimator") return [];
  const plugin = plugins.find(({ type }) => type === name);
  const lines = [
    ...(fits === undefined ? [] : [`- Fits a [\`${exported.get(fits)!.name}\`](/${places.get(fits)!.page}).`]),
    ...(plugin === undefined ? [] : [`- [Capabilities](/reference/capabilities): ${plugin.capabilities.join(", ")}.`]),
  ];
  return lines.length === 0 ? [] : [lines.join("\n")];
}

/** One table of all options that it takes, of all types that they are declared in. */
function optionsSection({ name, kind, options }: Exported, { exported, body, declared }: Sources): string[] {
  const named = (type: string): OptionDeclarations => declared.get(type.toLowerCase()) ?? {};
  const declarations = Object.assign(
    {},
    ...options.flatMap((id) => [
      ...exported.get(id)!.parents.map((parent) => named(exported.get(parent)!.name)),
      named(exported.get(id)!.name),
    ]),
    kind === "estimator" ? named(`${name}Options`) : {},
  ) as OptionDeclarations;
  const said = new Map(options.flatMap((id) => optionRows(body(id)).map((row) => [row.name, row])));
  // In the order in which they are declared: what matters most comes first.
  const names = new Set([...Object.keys(declarations), ...said.keys()]);
  const rows = [...names].map((option) => said.get(option) ?? { name: option, type: "", description: "" });
  return rows.length === 0 ? [] : ["## Options", optionTable(rows, declarations)];
}

/** Codes that the text names, with what each means. */
function errorsSection(thrown: readonly string[], text: string, codes: readonly ErrorCode[]): string[] {
  const named = codes.filter(({ code }) => text.includes(`\`${code}\``));
  if (named.length === 0) return thrown.length === 0 ? [] : ["## Errors", ...thrown];
  const rows = named.map(({ code, meaning }) => `| [\`${code}\`](/reference/errors#${code}) | ${cell(meaning)} |`);
  return ["## Errors", ...thrown, ["| code | when |", "| --- | --- |", ...rows].join("\n")];
}
