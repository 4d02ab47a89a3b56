import type { BlockSource, Diagnostic, FitContext, MatrixLike, Pace, Random } from "@mixtura/core";
import { checkFitContext, createPace, isBlockSource, isUploadedMatrix } from "@mixtura/core";
import type { DeviceMatrix, PassBackend } from "../contract.ts";
import { plainBackend } from "../reference/plain-backend.ts";
import type { FastBackendModule } from "./fast-backend.ts";
import { fastBackend } from "./fast-backend.ts";
import { openRows } from "./open-rows.ts";
import type { RowSet } from "./rows.ts";

/** What a fit asks for when it opens its data. */
export interface FitRequest {
  /** Who asks, for error texts: "GaussianMixture.fit". */
  readonly caller: string;
  /** Absent: the one that the rows lie on already, else the one that is done soonest. */
  readonly backend: PassBackend | undefined;
  /** Multiply-adds that the whole fit takes, roughly. */
  readonly work: (rows: number, features: number) => number;
  /** Draws the sample of a block source. */
  readonly random: Random;
  /** `() => import("@mixtura/backend-wasm/default")`. */
  readonly load: () => Promise<FastBackendModule>;
}

/** A fit's data and its clock. */
export interface OpenFit {
  readonly rows: RowSet;
  readonly pace: Pace;
  /** What there is to say about the place where it runs. */
  readonly diagnostics: () => readonly Diagnostic[];
  readonly elapsedMilliseconds: () => number;
}

/**
 * Checks the data of a fit and opens it on a backend. Whoever opened the rows releases them.
 *
 * @throws (by rejection) MixturaError for every kind of bad input, before any fitting
 */
export async function openFit(X: MatrixLike | BlockSource, request: FitRequest, context: FitContext): Promise<OpenFit> {
  const started = performance.now();
  const { caller, random, work, load } = request;
  checkFitContext(context, caller);
  const pace = createPace(context.signal);
  pace.check();
  const chosen = request.backend ?? backendOf(X);
  let found: readonly Diagnostic[] = [];
  const backendFor = async (count: number, features: number): Promise<PassBackend> => {
    if (chosen !== undefined) return chosen;
    const fast = await fastBackend(work(count, features), load);
    found = fast.diagnostics;
    return fast.backend ?? plainBackend;
  };
  const rows = await openRows(X, { backendFor, sampleWeight: context.sampleWeight, pace, random, caller });
  try {
    await checkRange(rows, caller);
  } catch (error) {
    rows.release();
    throw error;
  }
  const diagnostics = (): readonly Diagnostic[] => [...found, ...(rows.backend.diagnostics?.() ?? [])];
  return { rows, pace, diagnostics, elapsedMilliseconds: () => performance.now() - started };
}

/** The backend that rows were uploaded to. */
function backendOf(X: MatrixLike | BlockSource): PassBackend | undefined {
  return !isBlockSource(X) && isUploadedMatrix(X) ? (X as DeviceMatrix).backend : undefined;
}

/** Smaller doubles have lost digits. */
const LEAST_VARIANCE = 2 ** -1022;

/** Numbers so large or so small that their squares are not numbers any more cannot be fitted in any precision at hand. */
async function checkRange({ survey: { ranges, variances }, featureNames }: RowSet, caller: string): Promise<void> {
  const column = variances.findIndex((variance, j) => !(variance < Infinity) || (variance < LEAST_VARIANCE && ranges[j]! > 0));
  // A refusal's words are loaded with it.
  if (column !== -1) throw (await import("./out-of-range.ts")).outOfRange(caller, column, featureNames?.[column], variances[column]!);
}
