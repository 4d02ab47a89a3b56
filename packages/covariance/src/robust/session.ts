import type { OnBackend } from "@mixtura/backend/authoring";
import type { PassBackend } from "@mixtura/backend/internal/rows";
import { deviceOf, fastBackend, plainBackend } from "@mixtura/backend/internal/rows";
import type { Data, Diagnostic, Matrix } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import type { Pace, FitJob, RowsRead } from "@mixtura/core/authoring";
import { isUploadedMatrix } from "@mixtura/core/internal";
import { checkWidth } from "../gaussian/too-wide.ts";
import { canonicalOrder } from "./order/canonical-order.ts";
import { checkRange } from "./range.ts";
import type { CountedRows } from "./counted-rows.ts";
import { repeated, countedRows } from "./counted-rows.ts";
import type { Standardised } from "./scale/standardise.ts";
import { standardise } from "./scale/standardise.ts";
import type { SearchContext } from "./search/context.ts";
import { MAX_STEPS } from "./search/context.ts";

/** The least rows that can differ. */
const LEAST_ROWS = 2;
/** Passes over the rows that a fit usually takes. */
const USUAL_PASSES = 60;

/** A robust fit under way: its rows, where they are worked on, and its clock. */
export interface RobustSession {
  readonly caller: string;
  readonly X: Matrix;
  /** The same for the model's record. */
  readonly read: RowsRead;
  readonly rows: CountedRows;
  readonly pace: Pace;
  readonly backend: PassBackend;
  readonly search: SearchContext;
  /** What there is to say about the place where it runs. */
  readonly diagnostics: () => readonly Diagnostic[];
}

/**
 * Checks the data of a fit and finds a backend for it.
 *
 * @throws MixturaError for every kind of bad input
 */
export async function openRobustSession(given: Data, job: FitJob<unknown> & OnBackend): Promise<RobustSession> {
  const { backend, caller, context, pace, type: estimator } = job;
  const read = await job.read(given);
  const { X } = read;
  checkWidth(X.columns, caller);
  const rows = countedRows(context.sampleWeight, X.rows, caller);
  if (rows.count < LEAST_ROWS) {
    throw new MixturaError("too-few-rows", `${caller}: ${rows.count} row has no spread. At least ${LEAST_ROWS} rows are needed.`, {
      rows: rows.count,
      needed: LEAST_ROWS,
    });
  }
  const chosen = backend ?? (isUploadedMatrix(given) ? deviceOf(given) : undefined);
  const work = rows.count * X.columns * (X.columns + 8) * USUAL_PASSES;
  const fast = await inDoubles(chosen, work);
  const device = fast.backend ?? plainBackend;
  return {
    caller,
    X,
    read,
    rows,
    pace,
    backend: device,
    search: {
      backend: device,
      pace,
      onStep: (restart, restarts, iteration, logDeterminant) =>
        context.onProgress?.({
          estimator,
          phase: iteration === 0 ? "seeding" : "fitting",
          restart,
          restarts,
          iteration,
          maxIter: MAX_STEPS,
          ...(iteration === 0 ? {} : { bound: -logDeterminant }),
        }),
    },
    diagnostics: () => [...fast.diagnostics, ...(device.diagnostics?.() ?? [])],
  };
}

/**
 * The requested backend, or the fast one. A backend in single precision cannot decide which of two rows is nearer at the border of a subset: one
 * row more or less leads the steps to another optimum. The fit then runs as if none had been requested, and reports it.
 */
async function inDoubles(
  chosen: PassBackend | undefined,
  work: number,
): Promise<{ readonly backend?: PassBackend; readonly diagnostics: readonly Diagnostic[] }> {
  if (chosen !== undefined && chosen.precision === "float64") return { backend: chosen, diagnostics: [] };
  const fast = await fastBackend(work, () => import("@mixtura/backend-wasm/default"));
  if (chosen === undefined) return fast;
  const message =
    `Rows are chosen by their distances to the last digit, which the backend "${chosen.name}" does not have in ${chosen.precision}; ` +
    `the fit was made in float64 by "${(fast.backend ?? plainBackend).name}".`;
  const note: Diagnostic = {
    code: "backend-fell-back",
    severity: "info",
    message,
    detail: { backend: chosen.name, reason: chosen.precision },
  };
  return { ...fast, diagnostics: [...fast.diagnostics, note] };
}

/** The rows of a fit in robust units, and which row each of them is. */
export interface OrderedRows {
  readonly standardised: Standardised;
  readonly order: Uint32Array;
}

/**
 * Brings the rows in order, by their values or as they came, and to robust units.
 *
 * @throws MixturaError `not-finite` for features whose variances are beyond the range of doubles
 */
export async function orderedRows({ X, rows, pace, caller }: RobustSession, order: "canonical" | "given"): Promise<OrderedRows> {
  const distinct = order === "given" ? rows.distinct : await canonicalOrder(X, rows.distinct, pace);
  const all = repeated(distinct, rows);
  const standardised = await standardise(X, all, pace);
  checkRange(standardised, X, caller);
  return { order: all, standardised };
}
