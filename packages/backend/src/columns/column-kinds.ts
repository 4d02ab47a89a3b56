import type { ColumnValues } from "./column-values.ts";

/** What a column seems to be, besides a measurement. */
export type ColumnKind =
  | "constant"
  | "counter"
  | "timestamp"
  | "identifier"
  | "two-valued"
  | "few-valued"
  | "zero-inflated"
  | "skewed"
  | "heavy-tailed"
  | "stepped";

/** Rows from which on a column that counts is no accident. */
const LEAST_COUNTED = 5;
/** Rows from which on a column of different whole numbers is worth a word. */
const LEAST_DISTINCT = 20;
/** 1990 and 2100 in seconds since 1970. */
const YEAR_1990 = 631_152_000;
const YEAR_2100 = 4_102_444_800;
/** Seconds, milliseconds, microseconds. */
const UNITS = [1, 1e3, 1e6];
/** A fraction of zeros from which on they are a group of their own. */
const ZEROS = 0.2;
/** A step this large against the standard deviation shows in a fit. */
const COARSE = 0.25;

/** What is known about one column beyond its values. */
export interface ColumnContext {
  readonly values: ColumnValues;
  readonly least: number;
  readonly greatest: number;
  /** Rows of positive weight. */
  readonly rows: number;
  readonly step: number;
  readonly spread: number;
  /** Whether the sampled values all differ. */
  readonly distinct: boolean;
  /** The weight of sampled zeros, as a fraction. */
  readonly zeros: number;
  /** The same of the most frequent sampled value other than 0. */
  readonly mostFrequent: number;
  /** The form of the sampled values; absent where they are too few. */
  readonly form: "skewed" | "heavy-tailed" | undefined;
}

/** What a column seems to be, the most telling first. */
export function kindOf(column: ColumnContext): ColumnKind | undefined {
  const { values, least, rows, step, spread, distinct, zeros, mostFrequent, form } = column;
  const unmeasured = unmeasuredKindOf(column);
  if (unmeasured !== undefined) return unmeasured;
  if (values.few !== undefined) return values.few.length === 2 ? "two-valued" : rows >= 4 * values.few.length ? "few-valued" : undefined;
  if (values.whole && distinct && rows >= LEAST_DISTINCT) return "identifier";
  if (least === 0 && zeros >= ZEROS && zeros > 3 * mostFrequent) return "zero-inflated";
  if (form !== undefined) return form;
  return step > COARSE * spread ? "stepped" : undefined;
}

/** What a column is that measures nothing. */
export type UnmeasuredKind = "constant" | "counter" | "timestamp";

/** Whether a column measures nothing: it is constant, counts the rows or is a clock. */
export function unmeasuredKindOf(column: Pick<ColumnContext, "values" | "least" | "greatest" | "rows">): UnmeasuredKind | undefined {
  const { values, least, greatest, rows } = column;
  if (!(greatest > least)) return "constant";
  if (rows < LEAST_COUNTED) return undefined;
  return values.counts ? "counter" : isTime(column) ? "timestamp" : undefined;
}

/** Whole numbers that never fall and lie between the years 1990 and 2100 as seconds, milliseconds or microseconds. */
function isTime({ values: { rising, whole }, least, greatest }: Pick<ColumnContext, "values" | "least" | "greatest">): boolean {
  return rising && whole && UNITS.some((unit) => least >= YEAR_1990 * unit && greatest <= YEAR_2100 * unit);
}
