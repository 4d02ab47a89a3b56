import type { AnyEstimatorPlugin, FittedModel, Matrix, MatrixLike } from "@mixtura/core";
import { isIterative } from "@mixtura/core";
import { adjustedRandScore } from "@mixtura/metrics";
import type { Projection } from "../data/projection.ts";
import { abilitiesOf, isMixture, partsOf, thresholdOf } from "./abilities.ts";
import type { FitFacts, Shapes, StepFacts, StepReport } from "./protocol.ts";
import { shapesOf } from "./shapes.ts";

/** A model in a slot, with the states that led there. */
export interface Fit {
  readonly plugin: AnyEstimatorPlugin;
  readonly model: FittedModel;
  readonly steps: readonly FittedModel[];
  /** What the fit itself took, where its states were walked and shown between; absent: its trace has it. */
  readonly milliseconds?: number;
}

/** Milliseconds between two reports of steps. */
const REPORT_MILLISECONDS = 60;
/** Numbers that all kept states may hold together; of longer runs only the first part can be replayed. */
const KEPT_NUMBERS = 8e6;

/** Runs a fit step by step where the estimator can, and reports the states a few at a time. */
export async function runFit(
  plugin: AnyEstimatorPlugin,
  options: object,
  X: MatrixLike,
  projection: Projection,
  signal: AbortSignal,
  report: (steps: StepReport) => void,
): Promise<Fit> {
  const estimator = plugin.create(options);
  if (estimator.steps === undefined || !plugin.capabilities.includes("steps")) {
    return { plugin, model: await estimator.fit(X, { signal }), steps: [] };
  }
  const kept: FittedModel[] = [];
  let [facts, shapes]: [StepFacts[], Shapes[]] = [[], []];
  let last = performance.now();
  const send = (): void => {
    if (facts.length > 0) report({ steps: facts, shapes });
    [facts, shapes] = [[], []];
    last = performance.now();
  };
  const run = estimator.steps(X, { signal });
  let milliseconds = 0;
  for (;;) {
    const started = performance.now();
    const next = await run.next();
    milliseconds += performance.now() - started;
    if (next.done === true) {
      send();
      return { plugin, model: next.value, steps: kept, milliseconds };
    }
    const { restart, iteration, bound, model } = next.value;
    const parts = partsOf(model);
    if (parts === undefined || (kept.length + 1) * (parts.means.rows * parts.means.columns ** 2 + 8) > KEPT_NUMBERS) continue;
    kept.push(model);
    facts.push({ restart, iteration, bound });
    shapes.push(shapesOf(model, projection)!);
    if (performance.now() - last > REPORT_MILLISECONDS) send();
  }
}

/** What the page needs to know of a fit. */
export async function factsOf(
  { plugin, model, steps, milliseconds }: Fit,
  X: Matrix,
  uploaded: MatrixLike,
  groups: Int16Array | undefined,
  projection: Projection,
  signal: AbortSignal,
): Promise<FitFacts> {
  const { scoreSamples, sample } = abilitiesOf(model);
  const parts = partsOf(model);
  const scores = scoreSamples && (await scoreSamples(uploaded, { signal }));
  const { trace } = model;
  return {
    type: model.type,
    steps: steps.length,
    converged: trace.converged,
    iterations: trace.iterations,
    seed: trace.seed,
    backend: trace.backend,
    milliseconds: milliseconds ?? trace.elapsedMilliseconds,
    diagnostics: trace.diagnostics,
    restarts: (isIterative(trace) ? trace.restarts : []).map(({ restart, converged, iterations, score, degenerate, chosen }) => ({
      restart,
      converged,
      iterations,
      score,
      degenerate,
      chosen,
    })),
    criteria: criteriaOf(model),
    agreement: await agreementOf(plugin, model, uploaded, groups, signal),
    weights: parts === undefined || parts.means.rows < 2 ? undefined : parts.covariance === undefined ? undefined : parts.weights,
    shapes: shapesOf(model, projection),
    scores,
    sortedScores: scores?.slice().sort(),
    isDensity: plugin.capabilities.includes("density"),
    threshold: thresholdOf(model),
    isMixture: isMixture(model),
    canSample: sample !== undefined && scoreSamples !== undefined,
  };
}

const CRITERIA = ["bic", "aic", "icl", "logLikelihood", "inertia", "nParameters"];

function criteriaOf(model: FittedModel): Record<string, number> {
  const values = CRITERIA.map((name) => [name, (model as unknown as Readonly<Record<string, unknown>>)[name]] as const);
  return Object.fromEntries(values.filter((entry): entry is [string, number] => typeof entry[1] === "number"));
}

/** Rows beyond which agreement is not worked out. */
const AGREEMENT_ROWS = 200_000;

async function agreementOf(
  { capabilities }: AnyEstimatorPlugin,
  model: FittedModel,
  X: MatrixLike,
  groups: Int16Array | undefined,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { predict } = abilitiesOf(model);
  if (groups === undefined || groups.length > AGREEMENT_ROWS || predict === undefined || !capabilities.includes("clustering"))
    return undefined;
  const labels = await predict(X, { signal });
  const known = Array.from(groups.keys()).filter((row) => groups[row]! >= 0);
  return known.length < 2
    ? undefined
    : adjustedRandScore(
        known.map((row) => groups[row]!),
        known.map((row) => labels[row]!),
      );
}
