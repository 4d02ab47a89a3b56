import type { Backend } from "@mixtura/backend";
import type { ExpectedFailures, TestRunner } from "./describe-laws.ts";
import { describeLaws } from "./describe-laws.ts";
import { BACKEND_LAWS } from "./laws/backend/laws.ts";
import type { BackendCapability, BackendUnderTest } from "./laws/backend/subject.ts";
import { tolerancesOf } from "./laws/backend/tolerances.ts";
import type { LawResult } from "./law.ts";
import { dueLaws, judge } from "./law.ts";

/** A backend as it is handed to the suite. */
export interface BackendSubject {
  readonly name: string;
  /** The precision that the backend declares: which tolerances apply. "float64" when absent. */
  readonly precision?: Backend["precision"];
  /** Called once; all conformance tests run on this backend, one after the other. */
  create(): Backend | Promise<Backend>;
  /** How many handles are alive now. Where it is given, the conformance tests of freed memory apply. */
  readonly liveHandles?: () => number;
  /** Whether arithmetic runs on the caller's thread, and so must let the event loop turn. True when absent. */
  readonly onCallingThread?: boolean;
  /** Conformance tests that the backend is known to fail, by id, each with the reason. */
  readonly expectedFailures?: ExpectedFailures;
}

/**
 * The conformance suite of backends: one test per law that applies.
 *
 * @example
 * ```ts
 * import { describe, expect, it } from "vitest";
 * describeBackend(
 *   { name: "mine", create: () => myBackend() },
 *   { describe, expect, it },
 * );
 * ```
 */
export function describeBackend(subject: BackendSubject, runner: TestRunner): void {
  const underTest = lazily(() => prepare(subject));
  describeLaws(
    {
      title: `backend contract: ${subject.name}`,
      laws: BACKEND_LAWS,
      capabilities: capabilitiesOf(subject),
      expectedFailures: subject.expectedFailures,
      subject: underTest,
    },
    runner,
  );
}

/**
 * Runs the conformance tests that apply without a test runner, in order, and reports each result with its worst figure.
 * Failed tests are results, not rejections; exemptions are ignored.
 *
 * @param only ids of the tests to run, among those that apply; all when absent
 * @example
 * ```ts
 * for (const { id, figure } of await runBackendLaws({
 *   name: "mine",
 *   create: () => myBackend(),
 * }))
 *   console.log(id, figure?.worst, figure?.tolerance);
 * ```
 */
export async function runBackendLaws(subject: BackendSubject, { only }: { readonly only?: readonly string[] } = {}): Promise<LawResult[]> {
  const underTest = await prepare(subject);
  const results: LawResult[] = [];
  for (const law of dueLaws(BACKEND_LAWS, capabilitiesOf(subject))) {
    if (only === undefined || only.includes(law.id)) results.push(await judge(law, underTest));
  }
  return results;
}

function capabilitiesOf({ precision, liveHandles, onCallingThread }: BackendSubject): ReadonlySet<BackendCapability> {
  return new Set<BackendCapability>([
    precision ?? "float64",
    ...(liveHandles === undefined ? [] : (["handles"] as const)),
    ...(onCallingThread === false ? [] : (["calling-thread"] as const)),
  ]);
}

async function prepare(subject: BackendSubject): Promise<BackendUnderTest> {
  const backend = await subject.create();
  const declared = subject.precision ?? "float64";
  if (backend.precision !== declared)
    throw new Error(`${subject.name}: the backend declares ${backend.precision}, the subject ${declared}. Pass the subject's precision.`);
  return {
    backend,
    tolerances: tolerancesOf(backend.precision),
    liveHandles: () => {
      if (subject.liveHandles === undefined) throw new Error(`${subject.name}: the subject cannot count handles`);
      return subject.liveHandles();
    },
  };
}

function lazily<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
