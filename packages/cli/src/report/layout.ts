/** Which side a column's cells stand on. */
export type Alignment = "left" | "right";

/** Space between two columns. */
const GAP = "  ";

/** Rows of cells as lines of aligned columns, indented by two. */
export function tableLines(rows: readonly (readonly string[])[], alignments: readonly Alignment[]): string[] {
  const widths = alignments.map((_, column) => Math.max(0, ...rows.map((row) => textWidth(row[column] ?? ""))));
  return rows.map((row) =>
    `  ${alignments.map((alignment, column) => padded(row[column] ?? "", widths[column]!, alignment)).join(GAP)}`.trimEnd(),
  );
}

/** Columns that the lines fill. */
export function linesWidth(lines: readonly string[]): number {
  return Math.max(0, ...lines.map(textWidth));
}

/** Text in lines of at most `width` columns, the first one indented by `first`, the others by `rest`. A ± stays between its numbers. */
export function wrap(text: string, width: number, rest = "", first = ""): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(/(?<!±) (?!±)/)) {
    if (!empty && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** A name cut to a width, with a mark where something is missing. */
export function shortened(text: string, width: number): string {
  const characters = charactersOf(text);
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join("")}…`;
}

/** Names in a list that stays short: the first ones, then how many more there are. */
export function listed(names: readonly string[], most = 8): string {
  const shown = names.length <= most + 1 ? names : names.slice(0, most);
  return shown.join(", ") + (shown.length < names.length ? ` and ${names.length - shown.length} more` : "");
}

/** Columns that a text fills; East Asian wide characters count as one, so only their tables lean a little. */
function textWidth(text: string): number {
  return charactersOf(text).length;
}

const segmenter = new Intl.Segmenter("en");

/** What a reader takes for single characters, accents and emojis included. */
function charactersOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function padded(text: string, width: number, alignment: Alignment): string {
  const space = " ".repeat(width - textWidth(text));
  return alignment === "left" ? text + space : space + text;
}
