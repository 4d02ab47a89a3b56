/** HTML that may be put into a page as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template takes: markup as it is, lists of it one after the other, and text and numbers, which are escaped. */
export type Insertion = Markup | string | number | readonly Markup[];

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

// Control characters, halves of pairs and code points that are no characters.
// oxlint-disable-next-line no-control-regex -- just those are meant
const FORBIDDEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\p{Surrogate}\p{Noncharacter_Code_Point}]/gu;

/** Text that HTML takes for text, within elements and within quoted attributes. Characters that HTML does not allow are replaced. */
function escapeText(text: string): string {
  return text.replaceAll(FORBIDDEN, "\uFFFD").replaceAll(/[&<>"']/g, (character) => ESCAPES[character]!);
}

/** A piece of HTML from a template: everything inserted is escaped, unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...insertions: readonly Insertion[]): Markup {
  return new Markup(parts.map((part, index) => part + (index < insertions.length ? inserted(insertions[index]!) : "")).join(""));
}

function inserted(insertion: Insertion): string {
  if (insertion instanceof Markup) return insertion.text;
  if (typeof insertion === "string" || typeof insertion === "number") return escapeText(String(insertion));
  return insertion.map(({ text }) => text).join("");
}

/** Nothing. */
export const NOTHING = new Markup("");

/** Text whose flags of a command line, such as --seed 7, stay on one line each. */
export function withFlags(text: string): Markup {
  const pieces = text.split(/(--[a-z][\w-]*(?: \d[\w.:]*)?)/);
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? html`<span class="flag">${piece}</span>` : html`${piece}`))}`;
}
