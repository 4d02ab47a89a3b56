import type { FeatureTable } from "../files/left-out.ts";
import type { RowIds } from "../files/row-ids.ts";
import type { TableChoice } from "../files/table.ts";
import type { Agreement } from "../fit/known-groups.ts";
import type { RowSurvey } from "@mixtura/report";
import type { Outcome } from "@mixtura/report/internal";

/** Everything that `fit` has to tell. */
export interface FitFacts {
  /** What the data is called in sentences. */
  readonly source: string;
  /** The file as it was named; absent for standard input. */
  readonly path: string | undefined;
  readonly table: FeatureTable;
  /** What its rows are named by, where a column identifies them. */
  readonly ids?: RowIds;
  /** How it was read. */
  readonly choice: TableChoice;
  readonly outcome: Outcome;
  readonly survey: RowSurvey;
  /** How the labels agree with a column of known groups. */
  readonly agreement?: Agreement;
  /** The modules that bring plugins, as they were named. */
  readonly modules: readonly string[];
  /** Where the model was saved. */
  readonly output?: string;
  readonly savedBytes?: number;
  /** Where the HTML report was written. */
  readonly report?: string;
  readonly reportBytes?: number;
}

/** Names of the features; "x1", "x2", … where the file has none. */
export function featureNames({ table }: Pick<FitFacts, "table">): readonly string[] {
  return table.X.featureNames ?? Array.from({ length: table.X.columns }, (_, column) => `x${column + 1}`);
}
