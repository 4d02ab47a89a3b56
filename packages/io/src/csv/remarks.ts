import { show } from "@mixtura/core/authoring";
import { plural } from "@mixtura/wording/internal";
import type { Layout } from "../table/layout.ts";
import { columnLabel, columnName } from "../table/layout.ts";
import type { Remark } from "../table/remarks.ts";
import { namedColumns, rowsRemark } from "../table/remarks.ts";
import type { ColumnForm, Reading } from "./form.ts";
import type { CSVHead } from "./head.ts";
import type { CheckedCSVOptions } from "./options.ts";

/** What was met around the table. */
interface Around {
  readonly separator: boolean;
  readonly comments: number;
}

/** What is to be said of how a CSV table was read. */
export function csvRemarks(layout: Layout, head: CSVHead, { separator, comments }: Around, options: CheckedCSVOptions): Remark[] {
  const { forms } = head;
  const read = Array.from(layout.features).filter((column) => forms[column] !== undefined);
  const having = (reading: Reading): number[] => read.filter((column) => forms[column]!.examples.has(reading));
  const each = (code: Remark["code"], columns: readonly number[], sentence: (form: ColumnForm, label: string) => string): Remark[] =>
    columns.map((column) => ({
      code,
      columns: [columnName(layout, column)],
      message: sentence(forms[column]!, columnLabel(layout, column)),
    }));
  const names = (columns: readonly number[]): string[] => columns.map((column) => columnName(layout, column));
  const truth = having("truth");
  return [
    ...(separator ? [{ code: "separator-line", message: "The first line names the delimiter." } as const] : []),
    ...rowsRemark("comment-lines", comments, "line of comment", "lines of comments"),
    ...rowsRemark("units-rows", head.units, "row of units", "rows of units"),
    ...(head.namedByNumbers
      ? [
          {
            code: "names-are-numbers",
            message: "The numbers of the first row were taken for names.",
            advice: "If they are data, pass header: false.",
          } as const,
        ]
      : []),
    ...layout.renamed.map(({ name, as }) => ({
      code: "renamed-columns" as const,
      columns: [as],
      message: `Another column is called ${show(name)} as well; it was renamed ${show(as)}.`,
    })),
    ...each("ambiguous-digits", having("ambiguous"), (form, label) => {
      const text = form.examples.get("ambiguous")!;
      return `In ${label} ${show(text)} was read as ${form.value(text)}.`;
    }).map((remark) => ({ ...remark, advice: 'If the comma groups thousands, pass thousands: ",".' })),
    ...each("written-numbers", having("written"), (form, label) => {
      const text = form.examples.get("written")!;
      return `In ${label} ${show(text)} was read as ${form.value(text)}.`;
    }),
    ...each(
      "percent-kept",
      read.filter((column) => forms[column]!.percentKept),
      (_, label) => `All of ${label} is in per cent; the numbers were kept as written: 20 % is 20.`,
    ),
    ...each("percent-hundredths", having("hundredths"), (_, label) => `Some of ${label} is in per cent; 20 % was read as 0.2.`),
    ...(truth.length === 0
      ? []
      : [
          {
            code: "truth-values",
            columns: names(truth),
            message: `In ${namedColumns(names(truth))} true and yes were read as 1, false and no as 0.`,
          } as const,
        ]),
    ...(options.missing === "drop"
      ? each(
          "missing-marks",
          read.filter((column) => forms[column]!.marks.size > 0),
          ({ marks }, label) =>
            `In ${label} ${[...marks].map(show).join(", ")} ${plural(marks.size, "was", "were")} taken for a missing value.`,
        )
      : []),
  ];
}
