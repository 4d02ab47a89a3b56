import type { TextForm } from "../text/to-utf8.ts";
import type { Remark } from "./remarks.ts";
import type { Layout } from "./layout.ts";

/** Why a row cannot be read. */
export interface RowProblem {
  /** What is wrong, such as: `column "age" is not a number (found "x")`. */
  readonly reason: string;
  /** What may help, in sentences; empty where there is nothing to say. */
  readonly advice: string;
}

/** One row of a file of any format: there until the next row is asked for. */
export interface TableRecord {
  readonly fields: number;
  /** The line on which the row begins, from 1; absent where rows need not stand on lines of their own. */
  readonly line: number | undefined;
  /** A field as a number; NaN when it is none, ±Infinity when it is too large for a double. */
  number(field: number): number;
  /** A field as it stands in the source: texts without their quotes, numbers with the digits they were written with. */
  text(field: number): string;
  /** Whether a field of JSON stands without quotes; absent where the format does not tell. */
  isBare?(field: number): boolean;
  isMissing(field: number): boolean;
  /** What may help where a field is no number: a sentence, or nothing. */
  numberAdvice(field: number): string;
  /** Why nothing of the row can be read, where it is so. */
  readonly problem?: RowProblem | undefined;
  /** The text that the last row of all begins with; absent where a footer cannot be. */
  firstText?(): string;
  /** The row's bytes in its source; absent where it has none of its own. They are there until the next row is asked for. */
  raw?(): Uint8Array;
  /** What is wrong with a row whose width is not `width`. */
  widthProblem(width: number, named: boolean): RowProblem;
}

/** A table whose head was read: what its columns are, and its rows still to come. */
export interface OpenTable {
  readonly layout: Layout;
  /** The text that it is read from. */
  readonly text: { readonly form: TextForm };
  /** Whether it has no rows. */
  readonly empty?: boolean;
  /** Stands on the first row of data, where there is one. */
  readonly record: TableRecord;
  /** Moves the record to the next row, reading on as needed. */
  advance(): Promise<boolean> | boolean;
  close(): Promise<void>;
  /** What is to be said of the reading, once the last row was read. */
  remarks?(): readonly Remark[];
}
