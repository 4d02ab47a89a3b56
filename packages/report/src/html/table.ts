import type { Insertion, Markup } from "./markup.ts";
import { html, NOTHING } from "./markup.ts";

/** A column of a table. */
export interface TableColumn {
  readonly head: Insertion;
  /** Numbers stand on the right. */
  readonly numeric?: boolean;
  /** Long text, which may take several lines; other cells stay on one. */
  readonly prose?: boolean;
}

/** A table that scrolls sideways where it is too wide; the first cell of each row is its heading. */
export function table(columns: readonly TableColumn[], rows: readonly (readonly Insertion[])[], caption?: string): Markup {
  const kind = (column: number): string =>
    columns[column]?.numeric === true ? "number" : columns[column]?.prose === true ? "prose" : "text";
  return html`<div class="scroll" tabindex="0">
    <table>
      ${
        caption === undefined
          ? NOTHING
          : html`<caption>
              ${caption}
            </caption>`
      }
      <thead>
        <tr>
          ${columns.map(({ head }, column) => html`<th scope="col" class="${kind(column)}">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, column) =>
                column === 0 ? html`<th scope="row" class="${kind(column)}">${cell}</th>` : html`<td class="${kind(column)}">${cell}</td>`,
              )}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}
