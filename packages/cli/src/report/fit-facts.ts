import type { CSVTable } from "@mixtura/io";
import type { Outcome } from "../fit/choose.ts";
import type { RowSurvey } from "../fit/survey.ts";

/** Everything that `fit` has to tell. */
export interface FitFacts {
  /** What the data is called in sentences. */
  readonly source: string;
  /** The file as it was named; absent for standard input. */
  readonly path: string | undefined;
  readonly table: CSVTable;
  readonly outcome: Outcome;
  readonly survey: RowSurvey;
  /** Where the model was saved. */
  readonly output?: string;
  readonly savedBytes?: number;
}

/** Names of the features; "x1", "x2", … where the file has none. */
export function featureNames({ table }: Pick<FitFacts, "table">): readonly string[] {
  return table.X.featureNames ?? Array.from({ length: table.X.columns }, (_, column) => `x${column + 1}`);
}
