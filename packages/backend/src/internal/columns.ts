// What the columns of a table look like, for estimators, the command line and pages. No promise to anyone else.
export { columnDiagnostics } from "../columns/column-diagnostics.ts";
export { columnForm } from "../columns/column-form.ts";
export type { ColumnKind, UnmeasuredKind } from "../columns/column-kinds.ts";
export type { ColumnValues } from "../columns/column-values.ts";
export { mostOff } from "../columns/confirm.ts";
export type { Dependency } from "../columns/dependency.ts";
export { breach, roundingOf } from "../columns/dependency.ts";
export type { Naming } from "../columns/equation.ts";
export { equation, namer } from "../columns/equation.ts";
export { columnFindings } from "../columns/findings.ts";
export type { ColumnLook, LookedAtColumn } from "../columns/look.ts";
export { lookAt } from "../columns/look-at.ts";
export type { RowSampler } from "../columns/row-sample.ts";
export { createRowSampler } from "../columns/row-sample.ts";
export type { UnmeasuredColumn } from "../columns/left-out.ts";
export { unmeasuredClause, unmeasuredColumns, unmeasuredReason, withoutColumns } from "../columns/left-out.ts";
