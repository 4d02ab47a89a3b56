import type { CheckedOptions, Data, Diagnostic, RestartTrace } from "@mixtura/core";
import { MixturaError, toMatrix } from "@mixtura/core";
import type { FitJob } from "@mixtura/core/authoring";
import { createRandom, drawSeed, defineEstimator, present } from "@mixtura/core/authoring";
import type { Parameters } from "./angles.ts";
import { anglesOf } from "./angles.ts";
import type { Moments, Training } from "./em.ts";
import { drawnStart, expectation, maximised, startAt } from "./em.ts";
import { FittedVonMisesMixture, VON_MISES_MIXTURE } from "./model.ts";
import type { VonMisesMixtureOptions } from "./options.ts";
import { vonMisesMixtureOptions } from "./options.ts";

/** The options after checking. */
type Checked = CheckedOptions<VonMisesMixtureOptions, typeof vonMisesMixtureOptions>;

/** Where one start led. */
interface Outcome {
  readonly parameters: Parameters;
  readonly last: Moments;
  readonly lowerBounds: readonly number[];
  readonly converged: boolean;
  /** Components on less than a row, or of the highest concentration. */
  readonly degenerate: readonly number[];
}

/** A mixture of products of von Mises distributions: a density of angles in radians, by expectation maximisation. */
export class VonMisesMixture extends defineEstimator<VonMisesMixtureOptions, typeof vonMisesMixtureOptions, FittedVonMisesMixture>({
  type: VON_MISES_MIXTURE,
  summary: "Density and soft clustering of angles by a mixture of von Mises distributions.",
  capabilities: ["mixture", "density", "clustering", "soft-clustering", "sampling", "weights"],
  options: vonMisesMixtureOptions,
  check({ meansInit, nComponents }) {
    if (meansInit === undefined || meansInit.length === nComponents) return;
    throw new MixturaError(
      "invalid-option",
      `${VON_MISES_MIXTURE}: "meansInit" needs one row per component (${nComponents}), found ${meansInit.length}.`,
      { option: "meansInit", found: meansInit },
    );
  },
  fit,
  revive: (json) => FittedVonMisesMixture.fromJSON(json),
}) {}

/** Angles in radians; turns more or less make no difference. O(n·k·d) per iteration. */
async function fit(X: Data, job: FitJob<Checked>): Promise<FittedVonMisesMixture> {
  const { options, context, caller, pace } = job;
  const read = await job.read(X);
  const { weights, rows, featureCount } = read;
  const training: Training = { angles: await anglesOf(read.X, pace), weights };
  const { nComponents, meansInit, maxIter } = options;
  const counted = weights === undefined ? rows : weights.reduce((count, weight) => count + Number(weight > 0), 0);
  if (counted < nComponents)
    throw new MixturaError("too-few-rows", `${caller}: ${counted} rows cannot be shared among ${nComponents} components.`, {
      rows: counted,
      needed: nComponents,
    });
  const seed = options.randomState ?? drawSeed();
  const restarts = meansInit === undefined ? options.nInit : 1;
  const outcomes: Outcome[] = [];
  for (let restart = 0; restart < restarts; restart++) {
    const start =
      meansInit === undefined
        ? drawnStart(training, nComponents, createRandom(seed, restart))
        : startAt(given(meansInit, featureCount, caller), nComponents);
    const report = (iteration: number, bound: number | undefined): void =>
      context.onProgress?.({
        estimator: VON_MISES_MIXTURE,
        phase: bound === undefined ? "seeding" : "fitting",
        restart,
        restarts,
        iteration,
        maxIter,
        ...present({ bound }),
      });
    report(0, undefined);
    outcomes.push(await climbed(training, start, job, report));
  }
  pace.check();
  const chosen = bestOf(outcomes);
  const { parameters, last, lowerBounds, converged, degenerate } = outcomes[chosen]!;
  const { logLikelihood, classificationLogLikelihood, weight } = last;
  const record = job.record(read, {
    converged,
    iterations: lowerBounds.length,
    lowerBounds,
    seed,
    restarts: outcomes.map((outcome, restart) => traceOf(outcome, restart, restart === chosen)),
    diagnostics: diagnosticsOf(degenerate, converged, options),
  });
  return new FittedVonMisesMixture({ ...record, ...parameters, training: { logLikelihood, classificationLogLikelihood, weight } });
}

/** Expectation maximisation from one start. */
async function climbed(
  training: Training,
  start: Parameters,
  { options: { maxIter, tol, maxConcentration }, pace }: FitJob<Checked>,
  report: (iteration: number, bound: number) => void,
): Promise<Outcome> {
  let parameters = start;
  let last = await expectation(training, parameters, pace);
  const lowerBounds: number[] = [];
  let converged = false;
  while (!converged && lowerBounds.length < maxIter) {
    const bound = last.logLikelihood / last.weight;
    lowerBounds.push(bound);
    parameters = maximised(last, parameters, maxConcentration);
    last = await expectation(training, parameters, pace);
    converged = last.logLikelihood / last.weight - bound < tol;
    report(lowerBounds.length, bound);
  }
  const d = parameters.means.length / last.masses.length;
  const degenerate = Array.from(last.masses.keys()).filter(
    (k) => last.masses[k]! < 1 || parameters.concentrations.subarray(k * d, (k + 1) * d).some((value) => value >= maxConcentration),
  );
  return { parameters, last, lowerBounds, converged, degenerate };
}

/** Directions that are given, as k×d numbers. */
function given(meansInit: readonly (readonly number[])[], d: number, caller: string): Float64Array {
  const { data } = toMatrix(meansInit, { caller: `${caller}: meansInit`, features: { count: d } });
  return data.map((angle) => Math.atan2(Math.sin(angle), Math.cos(angle)) + 0);
}

/** The highest likelihood among sound outcomes; among degenerate ones where there is no other. */
function bestOf(outcomes: readonly Outcome[]): number {
  const sound = outcomes.some(({ degenerate }) => degenerate.length === 0);
  let best = -1;
  for (const [index, { degenerate, last }] of outcomes.entries()) {
    if (sound && degenerate.length > 0) continue;
    if (best === -1 || last.logLikelihood > outcomes[best]!.last.logLikelihood) best = index;
  }
  return best;
}

function traceOf({ converged, lowerBounds, last, degenerate }: Outcome, restart: number, chosen: boolean): RestartTrace {
  const score = last.logLikelihood / last.weight;
  return Object.freeze({ restart, converged, iterations: lowerBounds.length, score, degenerate: degenerate.length > 0, chosen });
}

function diagnosticsOf(degenerate: readonly number[], converged: boolean, { maxIter }: Checked): Diagnostic[] {
  return [
    ...(converged
      ? []
      : [
          {
            code: "not-converged",
            severity: "warning",
            message: `The likelihood still rose after maxIter (${maxIter}) iterations. Raise maxIter.`,
          } as const,
        ]),
    ...degenerate.map((component): Diagnostic => ({
      code: "degenerate-component",
      severity: "warning",
      component,
      message: `Component ${component} holds less than one row or has hardly any spread, so its likelihood says nothing. Use fewer components.`,
    })),
  ];
}
