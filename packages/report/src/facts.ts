import { grouped } from "@mixtura/wording/internal";
import type { Matrix } from "@mixtura/core";
import type { Stability } from "@mixtura/model-selection";
import type { RowSurvey } from "./survey.ts";
import type { Outcome } from "./words/outcome.ts";

/** How the model's labels agree with groups that were known beforehand. */
interface Agreement {
  /** Where the known groups come from, such as a column's name. */
  readonly column: string;
  readonly groups: number;
  /** 1: the same groups; about 0: as by chance. */
  readonly adjustedRand: number;
}

/** Everything that a report is made from. */
export interface ReportFacts {
  /** The heading. Default: the source's name. */
  readonly title?: string;
  /** What the data is called: a file's name, or a word. */
  readonly source: string;
  /** The rows that the report is about, n×d. */
  readonly X: Matrix;
  readonly sampleWeight?: ArrayLike<number>;
  /** For each row of `X` its index in the source, where rows were left out. */
  readonly rowIndices?: ArrayLike<number>;
  /** What the rows are named by, where a column identifies them. Default: their numbers. */
  readonly ids?: RowIds;
  /** Rows of the source that were left out for a missing value. Default 0. */
  readonly droppedRows?: number;
  /** Columns of the source that are no features. */
  readonly skippedColumns?: readonly string[];
  /** The model, and what it was chosen from. */
  readonly outcome: Outcome;
  /** What `surveyRows` found. */
  readonly survey: RowSurvey;
  /** What `stability` found for the chosen covariance type. */
  readonly stability?: Stability;
  /** Whether the model was fitted before, maybe on other rows than these. Default false. */
  readonly otherRows?: boolean;
  readonly agreement?: Agreement;
  /** How to repeat and to use the result: command lines or code, each with a caption. */
  readonly recipes?: readonly { readonly caption: string; readonly text: string }[];
  /** Puts the library's advice in other words, such as those of a command line. */
  readonly phrase?: (advice: string) => string;
  /** When the report was made, as it should be shown. Default: not shown, so that equal facts give equal bytes. */
  readonly createdAt?: string;
}

/** A column that identifies rows. */
export interface RowIds {
  /** Its name. */
  readonly column: string;
  /** Its text for each row. */
  readonly cells: readonly string[];
}

/** What the rows of a page are known by. */
type KnownRows = Pick<ReportFacts, "rowIndices" | "ids">;

/** A row as a table names it: by its identifier where there is one, else by its number. */
export function rowCell(facts: KnownRows, index: number): string {
  return facts.ids?.cells[index] ?? grouped(rowNumber(facts, index));
}

/** The head of a column of {@link rowCell}. */
export function rowHead({ ids }: KnownRows): { readonly head: string; readonly numeric?: boolean } {
  return ids === undefined ? { head: "row", numeric: true } : { head: ids.column };
}

/** A row in a sentence: "row 14", or "id s197". */
export function rowTitle(facts: KnownRows, index: number): string {
  return `${facts.ids?.column ?? "row"} ${rowCell(facts, index)}`;
}

/** What all rows are called in pictures. */
export function rowNames(facts: KnownRows & Pick<ReportFacts, "X">): ArrayLike<string | number> {
  return facts.ids?.cells ?? Int32Array.from({ length: facts.X.rows }, (_, index) => rowNumber(facts, index));
}

/** How rows are known, in a sentence. */
export function rowSentence({ ids }: KnownRows): string {
  return ids === undefined ? "Rows are numbered as in the data, from 1." : `Rows are named by the column ${ids.column}.`;
}

/** A row's number in its source, from 1. */
function rowNumber({ rowIndices }: Pick<ReportFacts, "rowIndices">, index: number): number {
  return (rowIndices?.[index] ?? index) + 1;
}

/** Advice in the words of the report's reader. */
export function phrased({ phrase }: Pick<ReportFacts, "phrase">, advice: string): string {
  return phrase === undefined ? advice : phrase(advice);
}
