import type { Table } from "@mixtura/io";
import type { RowSurvey } from "@mixtura/report";
import { surveyRows } from "@mixtura/report";
import type { Outcome } from "@mixtura/report/internal";
import type { Terminal } from "../terminal.ts";

/** What a fitted model says about the rows of a table. */
export function surveyTable(
  { model, seed }: Pick<Outcome, "model" | "seed">,
  { X, sampleWeight }: Table,
  terminal: Terminal,
  unusualRows: number,
): Promise<RowSurvey> {
  return surveyRows(model, X, {
    randomState: seed,
    signal: terminal.signal,
    unusualRows,
    ...(sampleWeight === undefined ? {} : { sampleWeight }),
  });
}
