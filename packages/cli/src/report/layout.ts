import { greatestOf } from "@mixtura/core/internal";
import { characterCount } from "@mixtura/wording/internal";
import { visibleLine } from "../visible.ts";

/** Which side a column's cells stand on. */
export type Alignment = "left" | "right";

/** Space between two columns. */
const GAP = "  ";

/** Rows of cells as lines of aligned columns, indented by two. A name with a line break stays on its line. */
export function tableLines(cells: readonly (readonly string[])[], alignments: readonly Alignment[]): string[] {
  const rows = cells.map((row) => row.map(visibleLine));
  const widths = alignments.map((_, column) =>
    greatestOf(
      rows.map((row) => characterCount(row[column] ?? "")),
      0,
    ),
  );
  return rows.map((row) =>
    `  ${alignments.map((alignment, column) => padded(row[column] ?? "", widths[column]!, alignment)).join(GAP)}`.trimEnd(),
  );
}

/** Columns that the lines fill. */
export function linesWidth(lines: readonly string[]): number {
  return greatestOf(lines.map(characterCount), 0);
}

function padded(text: string, width: number, alignment: Alignment): string {
  const space = " ".repeat(width - characterCount(text));
  return alignment === "left" ? text + space : space + text;
}
