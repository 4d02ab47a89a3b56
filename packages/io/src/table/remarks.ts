import { show } from "@mixtura/core/authoring";
import { counted, listed, plural } from "@mixtura/wording/internal";
import type { Layout, WhyLeftOut } from "./layout.ts";
import { columnName } from "./layout.ts";

/** What a reading took for granted, and what it left out. */
export type RemarkCode =
  | "text-columns"
  | "date-columns"
  | "several-currencies"
  | "empty-columns"
  | "sparse-columns"
  | "late-fields"
  | "renamed-columns"
  | "names-are-numbers"
  | "separator-line"
  | "comment-lines"
  | "units-rows"
  | "footer-rows"
  | "ambiguous-digits"
  | "written-numbers"
  | "percent-kept"
  | "percent-hundredths"
  | "truth-values"
  | "missing-marks";

/** A thing to know of how a table was read. */
export interface Remark {
  /** Stable, for programs. */
  readonly code: RemarkCode;
  /** The columns that it is about: names, or numbers from 1 in a table without names. */
  readonly columns?: readonly string[];
  /** Rows or lines that it is about, where it counts some. */
  readonly count?: number;
  /** A sentence. */
  readonly message: string;
  /** The option that reads it otherwise, in a sentence; absent where there is none. */
  readonly advice?: string;
}

const WHY: Readonly<Record<WhyLeftOut, { code: RemarkCode; hold: string; holds: string }>> = {
  text: { code: "text-columns", hold: "hold text", holds: "holds text" },
  dates: { code: "date-columns", hold: "hold dates", holds: "holds dates" },
  currencies: { code: "several-currencies", hold: "hold amounts in several currencies", holds: "holds amounts in several currencies" },
  empty: { code: "empty-columns", hold: "are empty", holds: "is empty" },
  sparse: { code: "sparse-columns", hold: "lack a value in most rows", holds: "lacks a value in most rows" },
};

/** Says which columns were left out, and why: all of them by name. */
export function leftOutRemarks(layout: Pick<Layout, "header">, leftOut: ReadonlyMap<number, WhyLeftOut>): Remark[] {
  return Object.entries(WHY).flatMap(([why, { code, hold, holds }]) => {
    const columns = [...leftOut].filter(([, reason]) => reason === why).map(([column]) => columnName(layout, column));
    if (columns.length === 0) return [];
    const message = `${namedColumns(columns)} ${plural(columns.length, holds, hold)} and ${plural(columns.length, "was", "were")} left out.`;
    return [{ code, columns, message }];
  });
}

/** `column "a"`, `columns "a" and "b"`: every one by name. */
export function namedColumns(columns: readonly string[]): string {
  return `${plural(columns.length, "column")} ${listed(columns.map(show), columns.length)}`;
}

/** A remark about rows or lines that are no data. */
export function rowsRemark(code: RemarkCode, count: number, what: string, many: string): Remark[] {
  return count === 0 ? [] : [{ code, count, message: `${counted(count, what, many)} ${plural(count, "was", "were")} left out.` }];
}
