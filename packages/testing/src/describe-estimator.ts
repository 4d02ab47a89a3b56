import type { Backend } from "@mixtura/backend";
import type { AnyEstimatorPlugin, Data, FitContext, MatrixLike } from "@mixtura/core";
import { toMatrix } from "@mixtura/core";
import type { ExpectedFailures, TestRunner } from "./describe-laws.ts";
import { describeLaws } from "./describe-laws.ts";
import type { DataCopy } from "./laws/estimator/data-copy.ts";
import { copyOf } from "./laws/estimator/data-copy.ts";
import { contaminationOption } from "./laws/estimator/detection.ts";
import { ESTIMATOR_LAWS } from "./laws/estimator/laws.ts";
import { keepLedger } from "./laws/estimator/ledger.ts";
import type { EstimatorCapability, EstimatorOnTrial, EstimatorUnderTest, Options, RefusedOptions } from "./laws/estimator/subject.ts";
import type { LawResult } from "./law.ts";
import { dueLaws, judge } from "./law.ts";

/** An estimator as it is handed to the suite. */
export interface EstimatorSubject {
  readonly name: string;
  /** What is tested; its capabilities and options decide which conformance tests apply. */
  readonly plugin: AnyEstimatorPlugin;
  /** Options of every fit: the number of components, say. `randomState` is added where the plugin declares it. */
  readonly options?: Options;
  /** Small real data on which the options make sense: two columns or more, and some hundred rows in distinct groups. */
  readonly fits: MatrixLike | (() => MatrixLike);
  /**
   * Options that fix the start without any draw, for a copy of the data that may be moved, scaled, reordered or repeated. Laws that compare
   * fits of different copies run once for each. Absent for estimators that draw nothing.
   */
  readonly starts?: readonly ((copy: DataCopy) => Options)[];
  /** Which scaling the fit follows: of each feature separately, of all by one number, or none. Default: "uniform". */
  readonly scaling?: "per-feature" | "uniform" | "none";
  /** What the score becomes when feature j is multiplied by scale[j]. Default for densities: score − Σ log scale; else scores are not compared. */
  scaledScore?(score: number, scale: readonly number[]): number;
  /** Options without any regularisation. Where they are given, the bound must never fall. */
  readonly unregularised?: Options;
  /** The least rows that the options need. Default 1. */
  readonly minimumRows?: number;
  /** Where the passes run; it is handed to the plugin as the option `backend`. */
  readonly backend?: Backend;
  /**
   * Which conformance tests run: "all" of them, once per estimator; "numerical" ones, for the same estimator with other options; those of its
   * "backend", for the same estimator and options on another one. Default: "all".
   */
  readonly laws?: "all" | "numerical" | "backend";
  /** Options that fit their declarations but not the data, and the code of the rejection. */
  readonly refused?: readonly RefusedOptions[];
  /** Conformance tests that the estimator is known to fail, by id, each with the reason. */
  readonly expectedFailures?: ExpectedFailures;
}

/** The seed of every fit that names no other. */
const SEED = 7;

/**
 * The conformance suite of estimators: one test per law that applies.
 *
 * @example
 * ```ts
 * import { describe, expect, it } from "vitest";
 * describeEstimator(
 *   {
 *     name: "mine",
 *     plugin: myPlugin,
 *     fits: rows,
 *     options: { nComponents: 2 },
 *   },
 *   { describe, expect, it },
 * );
 * ```
 */
export function describeEstimator(subject: EstimatorSubject, runner: TestRunner): void {
  const trial = prepare(subject);
  describeLaws(
    {
      title: `estimator contract: ${subject.name}`,
      laws: ESTIMATOR_LAWS,
      capabilities: trial.capabilities,
      expectedFailures: subject.expectedFailures,
      subject: async () => trial,
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
 * for (const { id, figure } of await runEstimatorLaws({
 *   name: "mine",
 *   plugin: myPlugin,
 *   fits: rows,
 * }))
 *   console.log(id, figure?.worst, figure?.tolerance);
 * ```
 */
export async function runEstimatorLaws(
  subject: EstimatorSubject,
  { only }: { readonly only?: readonly string[] } = {},
): Promise<LawResult[]> {
  const trial = prepare(subject);
  const results: LawResult[] = [];
  for (const law of dueLaws(ESTIMATOR_LAWS, trial.capabilities)) {
    if (only === undefined || only.includes(law.id)) results.push(await judge(law, trial));
  }
  return results;
}

function prepare(subject: EstimatorSubject): EstimatorUnderTest {
  const { name, plugin, fits, starts, unregularised, refused, minimumRows = 1 } = subject;
  const ledger = subject.backend && keepLedger(subject.backend);
  const given = toMatrix(typeof fits === "function" ? fits() : fits, { caller: name });
  const create = (options?: Options): EstimatorOnTrial =>
    plugin.create({
      ...subject.options,
      ...("randomState" in plugin.options ? { randomState: SEED } : {}),
      ...options,
      ...(ledger === undefined ? {} : { backend: ledger.backend }),
    }) as unknown as EstimatorOnTrial;
  const scaledScore = subject.scaledScore?.bind(subject) ?? (plugin.capabilities.includes("density") ? densityScore : undefined);
  return {
    plugin,
    capabilities: capabilitiesOf(subject),
    data: copyOf(given).X,
    minimumRows,
    backend: ledger?.backend,
    ledger,
    starts: starts ?? [() => ({})],
    scaling: subject.scaling ?? "uniform",
    unregularised: unregularised ?? {},
    brief: "maxIter" in plugin.options ? { maxIter: 3 } : {},
    refused: refused ?? [],
    ...(scaledScore === undefined ? {} : { scaledScore }),
    create,
    fit: (X: Data, options?: Options, context?: FitContext) => create(options).fit(X, context),
  };
}

/** Densities are per volume: stretching a feature by s divides them by s. */
function densityScore(score: number, scale: readonly number[]): number {
  return score - scale.reduce((sum, factor) => sum + Math.log(factor), 0);
}

function capabilitiesOf({
  plugin,
  backend,
  unregularised,
  refused,
  minimumRows = 1,
  laws,
}: EstimatorSubject): ReadonlySet<EstimatorCapability> {
  return new Set<EstimatorCapability>([
    ...plugin.capabilities,
    ...("randomState" in plugin.options ? (["seed"] as const) : []),
    ...(contaminationOption(plugin.options) === undefined ? [] : (["contamination"] as const)),
    ...(backend === undefined ? [] : (["backend"] as const)),
    ...(unregularised === undefined ? [] : (["monotone"] as const)),
    ...(minimumRows > 1 ? (["minimum-rows"] as const) : []),
    ...(refused === undefined ? [] : (["refused-options"] as const)),
    ...(laws === "backend" ? [] : (["host"] as const)),
    ...(laws === undefined || laws === "all" ? (["whole-contract"] as const) : []),
  ]);
}
