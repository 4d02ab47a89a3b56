import { isMixturaError, MixturaError } from "@mixtura/core";
import { createPace, show } from "@mixtura/core/authoring";
import { abortable, greatestOf } from "@mixtura/core/internal";
import type { Backend } from "../contract.ts";
import type { Moments } from "../moments.ts";
import { referenceBackend } from "../reference/backend.ts";
import { trialProblem } from "./problem.ts";

/** A backend that may be there. */
export interface BackendCandidate {
  /** What people call it: "wasm", "tfjs-webgl". */
  readonly name: string;
  readonly precision: Backend["precision"];
  /** Loads it; rejects where it is not installed or does not start. */
  readonly load: () => Promise<Backend>;
}

/** How a trial went. */
export interface BackendTrial {
  readonly name: string;
  readonly precision: Backend["precision"];
  /** "sound": loaded, and right; "wrong": loaded, and not right; "absent": unavailable here. */
  readonly state: "sound" | "wrong" | "absent";
  /** Present unless it is absent. */
  readonly backend?: Backend;
  /** The largest difference from the reference, relative to the sums it is part of, and the most that its precision may lead to. */
  readonly error?: number;
  readonly tolerance: number;
  /** Milliseconds for a pass of EM over 20 000 rows of 8 features with 5 full components, where it was timed. */
  readonly millisecondsPerPass?: number;
  /** Why it is absent or wrong. */
  readonly reason?: string;
}

/** Options of a trial. */
export interface TrialOptions {
  readonly signal?: AbortSignal;
  /** Whether to time a sound backend: tenths of a second. Default false. */
  readonly timed?: boolean;
}

/** Sums of a thousand rows. */
const TOLERANCES: Readonly<Record<Backend["precision"], number>> = { float64: 1e-10, float32: 1e-4 };
/** Passes are timed for this many milliseconds, and at least twice. */
const TIMING_MILLISECONDS = 150;

/**
 * Loads a backend, holds a pass and its labels against the reference, and times it. Rejects only when it is aborted: a backend that fails is
 * a result.
 *
 * @throws (by rejection) MixturaError `aborted`
 * @example
 * ```ts run
 * const { state, precision } = await tryBackend({
 *   name: "reference",
 *   precision: "float64",
 *   load: async () => referenceBackend,
 * });
 * state // => "sound"
 * precision // => "float64"
 * ```
 */
export async function tryBackend(candidate: BackendCandidate, options?: TrialOptions): Promise<BackendTrial> {
  const { name, precision, load } = Object(candidate) as Partial<BackendCandidate>;
  const { signal, timed = false } = options ?? {};
  if (typeof name !== "string" || !Object.hasOwn(TOLERANCES, precision ?? "") || typeof load !== "function") {
    const message = `tryBackend: "candidate" must be { name, precision, load }, found ${show(candidate)}.`;
    throw new MixturaError("invalid-option", message, { option: "candidate", found: candidate });
  }
  const tolerance = TOLERANCES[precision!];
  const outcome = { name, precision: precision!, tolerance };
  let backend: Backend;
  try {
    backend = await abortable(load(), signal);
  } catch (problem) {
    if (isMixturaError(problem, "aborted")) throw problem;
    return { ...outcome, state: "absent", reason: wordsOf(problem) };
  }
  try {
    if (backend.precision !== precision) return { ...outcome, state: "wrong", backend, reason: `it declares ${backend.precision}` };
    const error = await abortable(errorOf(backend, signal), signal);
    if (!(error <= tolerance))
      return { ...outcome, state: "wrong", backend, error, reason: `its results are off by ${error.toPrecision(2)}` };
    const sound = { ...outcome, state: "sound", backend, error } as const;
    return timed ? { ...sound, millisecondsPerPass: await abortable(timeOf(backend, signal), signal) } : sound;
  } catch (problem) {
    if (isMixturaError(problem, "aborted")) throw problem;
    return { ...outcome, state: "wrong", backend, reason: wordsOf(problem) };
  }
}

/** The largest difference from the reference; Infinity where a label differs. */
async function errorOf(backend: Backend, signal: AbortSignal | undefined): Promise<number> {
  const { data, components } = trialProblem(1000, 4, 3);
  const pace = createPace(signal);
  const options = { centres: components.means, scatter: "full", assignment: "soft", pace } as const;
  const handle = await backend.upload(data);
  try {
    const found = await backend.kernels.expectation(handle, components, options);
    const right = await referenceBackend.kernels.expectation(data, components, options);
    const labels = await backend.kernels.labels(handle, components, { pace });
    const rightLabels = await referenceBackend.kernels.labels(data, components, { pace });
    // A row that two components claim alike may go to either in single precision: one in a hundred is no error, more are.
    const others = labels.filter((label, row) => label !== rightLabels[row]).length;
    return others > data.rows / 100 ? Infinity : differenceOf(found, right);
  } finally {
    backend.release(handle);
  }
}

function differenceOf(found: Moments, right: Moments): number {
  const scale = greatestOf(right.S2.map(Math.abs), right.weight);
  const lists = [
    [found.s0, right.s0],
    [found.s1, right.s1],
    [found.S2, right.S2],
    [[found.logLikelihood], [right.logLikelihood]],
  ] as const;
  let worst = 0;
  for (const [a, b] of lists) {
    for (let i = 0; i < b.length; i++) {
      const difference = Math.abs(a[i]! - b[i]!) / Math.max(scale, Math.abs(b[i]!));
      if (!(difference <= worst)) worst = Number.isNaN(difference) ? Infinity : difference;
    }
  }
  return worst;
}

/** The fastest of a few passes. */
async function timeOf(backend: Backend, signal: AbortSignal | undefined): Promise<number> {
  const { data, components } = trialProblem(20_000, 8, 5);
  const options = { centres: components.means, scatter: "full", assignment: "soft" } as const;
  const handle = await backend.upload(data);
  try {
    let fastest = Infinity;
    let spent = 0;
    for (let pass = 0; pass < 2 || spent < TIMING_MILLISECONDS; pass++) {
      const started = performance.now();
      await backend.kernels.expectation(handle, components, { ...options, pace: createPace(signal) });
      const taken = performance.now() - started;
      fastest = Math.min(fastest, taken);
      spent += taken;
    }
    return fastest;
  } finally {
    backend.release(handle);
  }
}

function wordsOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
