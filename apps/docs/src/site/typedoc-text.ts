/** Parts of a text in Markdown that has headings of the second level. */
export interface Sections {
  /** What stands before the first heading. */
  readonly lead: string;
  readonly sections: Map<string, string>;
}

/** A text that typedoc wrote, with links to the pages of this site and without rules between members. */
export function bodyOf(markdown: string, link: (target: string, anchor: string) => string | undefined): string {
  return (
    markdown
      .replaceAll(/\]\(([^()\s#]+\.md)(#[^()\s]*)?\)/g, (whole, target: string, anchor = "") => {
        const place = link(target, anchor as string);
        return place === undefined ? whole : `](${place})`;
      })
      // A union is written with a bar before its first part, too.
      .replaceAll(/\| \\\| (?=[[`\\])/g, "| ")
      .replaceAll(/^\*\*\*\n\n/gm, "")
      .trim()
  );
}

/** Tables of names, types and descriptions in two columns, each type above its description: both have room, on a phone as well. */
export function inTwoColumns(markdown: string): string {
  return markdown.replaceAll(
    /^\| (Property|Parameter|Name) \| Type \| Description \|\n\|.*\n((?:\|.*(?:\n|$))+)/gm,
    (_, head: string, rows: string) => {
      const lines = rows.trimEnd().split("\n");
      const joined = lines.map((line) => {
        // A bar within a cell has a backslash before it.
        const [name = "", type = "", description = ""] = line.slice(2, -2).split(/(?<!\\) \| /);
        return `| ${name} | <span class="facts">${type}</span>${description === "-" ? "" : ` ${description}`} |`;
      });
      return [`| ${head.toLowerCase()} | type, and what it is |`, "| --- | --- |", ...joined, ""].join("\n");
    },
  );
}

/** Takes a text apart at its headings of the second level; those in code are none. */
export function sectionsOf(markdown: string): Sections {
  const [lead = "", ...rest] = outsideFences(markdown).split(/^## /m);
  const sections = new Map(
    rest.map((part) => {
      const end = part.indexOf("\n");
      return [part.slice(0, end === -1 ? undefined : end).trim(), end === -1 ? "" : inside(part.slice(end).trim())] as const;
    }),
  );
  return { lead: inside(lead.trim()), sections };
}

/** The first block of code of a text: how something is called. */
export function headOf(markdown: string): { readonly head: string; readonly rest: string } {
  const head = /^```ts\n[\s\S]*?\n```\n*/.exec(markdown)?.[0] ?? "";
  return { head: head.trim(), rest: markdown.slice(head.length) };
}

/** Headings moved down, for a text that becomes a part of another. */
export function demoted(markdown: string, levels: number): string {
  return inside(outsideFences(markdown).replaceAll(/^#+(?= )/gm, (marks) => "#".repeat(Math.min(6, marks.length + levels))));
}

const SHIELD = "\u0000";

/** Signs that would be headings are shielded within code. */
function outsideFences(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```$/gm, (fence) => fence.replaceAll(/^#/gm, `${SHIELD}#`));
}

function inside(markdown: string): string {
  return markdown.replaceAll(SHIELD, "");
}
