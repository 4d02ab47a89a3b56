import type { OptionDeclarations } from "@mixtura/core";
import { expectedText } from "@mixtura/core/internal";
import { cell, defaultText } from "./declarations.ts";

/** A row of a table that typedoc wrote about the properties of options. */
export interface OptionRow {
  readonly name: string;
  /** Its type, with links. */
  readonly type: string;
  readonly description: string;
}

/** Rows of the table of properties in what typedoc wrote about an interface. */
export function optionRows(markdown: string): OptionRow[] {
  return [...markdown.matchAll(/^\| (?:<a id="[^"]+"><\/a> )?`([A-Za-z]\w*)\??` \| (.+) \|$/gm)].map(([, name = "", rest = ""]) => {
    // A bar within a cell has a backslash before it.
    const [type = "", description = ""] = rest.split(/(?<!\\) \| /);
    return { name, type, description: description === "-" ? "" : description };
  });
}

/** The table of options on the page of what takes them: what is declared about each, or what its type and comment say. */
export function optionTable(rows: readonly OptionRow[], declared: OptionDeclarations): string {
  const lines = rows.map(({ name, type, description }) => {
    const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const { about, said } = withoutDefault(description);
    const standard = declaration?.default === undefined ? said : defaultText(declaration);
    const facts = [
      declaration === undefined
        ? type
        : cell(`${expectedText(declaration.range)}${declaration.unit === undefined ? "" : ` (${declaration.unit})`}`),
      ...(standard === undefined ? [] : [`default&nbsp;${standard}`]),
      ...(declaration?.flag === false ? ["from code only"] : []),
    ];
    const id = `option-${name.toLowerCase()}`;
    return `| <a id="${id}"></a> \`${name}\` | <span class="facts">${facts.join(" · ")}</span> ${about || cell(declaration?.description ?? "")} |`;
  });
  return ["| option | what it does |", "| --- | --- |", ...lines].join("\n");
}

/** "Steps at most. Default 100." as the text and its default; a default with conditions stays where it is, too. */
function withoutDefault(description: string): { readonly about: string; readonly said: string | undefined } {
  const [whole = "", said = ""] = /\s*\bDefault:? (.+?)\.(?= |$)/.exec(description) ?? [];
  if (whole === "") return { about: description, said: undefined };
  const value = said.split(";")[0]!;
  const shown = /^(?:"[^"]*"|true|false|\d[\d,.e-]*)$/.test(value) ? `\`${value}\`` : value;
  return { about: said.includes(";") ? description : description.replace(whole, "").trim(), said: shown };
}
