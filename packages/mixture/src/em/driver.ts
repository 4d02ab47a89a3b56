import type { ExpectationOptions, Moments } from "@mixtura/backend";
import type { RowSet } from "@mixtura/backend/rows";
import { expectation, isSingle } from "@mixtura/backend/rows";
import type { Diagnostic, Pace } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import type { CovarianceKind } from "../covariance/kind.ts";
import type { ComponentFooting } from "./degenerate.ts";
import { footings } from "./degenerate.ts";
import type { Floors } from "./floors.ts";
import type { Maximised } from "./maximise.ts";
import { maximise, needsRepair } from "./maximise.ts";
import type { MixtureParameters } from "./parameters.ts";
import { componentsOf } from "./parameters.ts";
import type { RepairLog } from "./repair-log.ts";

/** What EM is run on. */
export interface EmProblem<H> {
  readonly rows: RowSet<H>;
  readonly kind: CovarianceKind;
  readonly floors: Floors;
  readonly maxIter: number;
  /** Stops when the bound changes by less than this; 0 never stops early. */
  readonly tol: number;
  readonly pace: Pace;
  /** Whether passes far from the optimum may be made in single precision. */
  readonly mixed: boolean;
}

/** A state of EM. */
export interface EmState {
  /** Maps done. */
  readonly iteration: number;
  /** The mean log-likelihood under the parameters before the map. */
  readonly bound: number;
  readonly parameters: MixtureParameters;
}

/** Where EM ended. */
export interface EmResult {
  readonly parameters: MixtureParameters;
  readonly lowerBounds: readonly number[];
  readonly converged: boolean;
  /** Σ w log p(x) under the final parameters, and its classification form Σ w maxₖ log πₖ pₖ(x). */
  readonly logLikelihood: number;
  readonly classificationLogLikelihood: number;
  /** Σ w. */
  readonly weight: number;
  /** Rows held by each component. */
  readonly masses: Float64Array;
  readonly standing: readonly ComponentFooting[];
  readonly degenerate: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Single precision tells bounds apart down to about this share of them; from there on every pass is made in full. */
const SINGLE_CHANGE = 1e-6;
/** A float32 backend cannot tell changes below this from its noise: where tol is smaller, it is used as if "mixed" had been asked for. */
const SINGLE_TOLERANCE = 1e-6;

/** Expectation maximisation from given parameters: yields every state, returns the end. */
export async function* expectationMaximisation<H>(problem: EmProblem<H>, start: MixtureParameters): AsyncGenerator<EmState, EmResult> {
  const { rows, kind, floors, maxIter, tol, pace } = problem;
  const mixed = problem.mixed || (tol > 0 && tol < SINGLE_TOLERANCE && isSingle(rows.backend));
  let log: RepairLog | undefined;
  const lowerBounds: number[] = [];
  let parameters = start;
  let converged = false;
  let precision: ExpectationOptions["precision"] = mixed ? "float32" : undefined;
  let exactBounds = 0;
  for (let iteration = 1; iteration <= maxIter && !converged; iteration++) {
    const components = componentsOf(kind, parameters);
    const options = { centres: parameters.means, scatter: kind.scatter, assignment: "soft", pace, precision } as const;
    const moments = await expectation(rows, components, options);
    const bound = moments.logLikelihood / moments.weight;
    checkReach(bound);
    let step = maximise(kind, moments, parameters, floors.regularisation);
    if (precision === "float32" && (isTooFar(step, moments) || needsRepair(step))) {
      // What looks broken may only be rounded: the same map once more, in full.
      precision = "float64";
      iteration--;
      continue;
    }
    if (isTooFar(step, moments)) step = await aboutNewMeans(problem, parameters, step);
    if (needsRepair(step)) {
      const rare = await import("../rare.ts");
      log ??= new rare.RepairLog();
      parameters = await rare.repair(rows, kind, parameters, step, floors, log, pace);
    } else {
      parameters = step.parameters;
    }
    const previous = lowerBounds.at(-1);
    lowerBounds.push(bound);
    const change = previous === undefined ? Infinity : Math.abs(bound - previous);
    if (precision !== "float32") exactBounds++;
    else if (change < Math.max(10 * tol, SINGLE_CHANGE * Math.abs(bound))) precision = "float64";
    converged = exactBounds > 1 && change < tol;
    yield { iteration, bound, parameters };
    pace.check();
    if (pace.due()) await pace.turn();
  }
  return finish(problem, parameters, lowerBounds, converged, log, precision);
}

/** Whether the scatter is to be taken again about the new means, since digits were lost. */
function isTooFar({ farMove, failed }: Maximised, { s1 }: Moments): boolean {
  return farMove || (failed.length > 0 && s1.some((value) => value !== 0));
}

/** The M-step once more, about the means that it gave. */
async function aboutNewMeans<H>(
  { rows, kind, floors, pace }: EmProblem<H>,
  before: MixtureParameters,
  { parameters }: Maximised,
): Promise<Maximised> {
  const { means: centres } = parameters;
  const again = await expectation(rows, componentsOf(kind, before), { centres, scatter: kind.scatter, assignment: "soft", pace });
  return maximise(kind, again, parameters, floors.regularisation);
}

async function finish<H>(
  { rows, kind, floors, tol, maxIter, pace }: EmProblem<H>,
  parameters: MixtureParameters,
  lowerBounds: readonly number[],
  converged: boolean,
  log: RepairLog | undefined,
  precision: ExpectationOptions["precision"],
): Promise<EmResult> {
  const last = await expectation(rows, componentsOf(kind, parameters), {
    centres: parameters.means,
    scatter: "none",
    assignment: "soft",
    precision: precision === "float32" ? "float64" : precision,
    pace,
  });
  checkReach(last.logLikelihood);
  const standing = await footings(kind, parameters, last.s0, floors, rows.survey);
  const degenerate = standing.some((footing) => footing.degenerate);
  return {
    parameters,
    lowerBounds,
    converged,
    logLikelihood: last.logLikelihood,
    classificationLogLikelihood: last.classificationLogLikelihood,
    weight: last.weight,
    masses: last.s0,
    standing,
    degenerate,
    diagnostics: [
      ...(log?.diagnostics(last.s0) ?? []),
      ...(degenerate ? (await import("../rare.ts")).degenerateDiagnostics(standing) : []),
      ...stoppedEarly(converged, tol, maxIter),
    ],
  };
}

/** Only a start of one's own can be so narrow or so far away that a row has no density in any component. */
function checkReach(logLikelihood: number): void {
  if (logLikelihood > -Infinity) return;
  throw new MixturaError(
    "invalid-option",
    "GaussianMixture.fit: some row is out of reach of every starting component: its density is 0 even as a logarithm. " +
      "Start from means nearer the data, or from smaller precisions.",
    { option: "meansInit", found: logLikelihood },
  );
}

function stoppedEarly(converged: boolean, tol: number, maxIter: number): Diagnostic[] {
  if (converged || tol === 0) return [];
  return [
    {
      code: "not-converged",
      severity: "warning",
      message: `The bound still changed by more than tol (${tol}) after maxIter (${maxIter}) iterations. Raise maxIter, or tol if this is close enough.`,
    },
  ];
}
