import type { FittedModel, IterativeTrace } from "@mixtura/core";
import type { Session } from "./session.ts";

/** Options that say where a fit starts, how long it goes on and what is made of it, but not what an iteration does. */
const ALONGSIDE = [
  "init",
  "initParams",
  "weightsInit",
  "meansInit",
  "precisionsInit",
  "labelsInit",
  "nInit",
  "randomState",
  "maxIter",
  "tol",
  "precision",
  "acceleration",
  "order",
  "density",
  "moves",
];

/**
 * The last bound of the model that a fit starts from, where the fit goes on with the model's own: by the same options, of the same rows. The first bound is
 * then the next of one list, so that a chain of single iterations converges where one long fit does.
 */
export function boundReached(init: FittedModel | undefined, { estimator, record }: Session): number | undefined {
  if (init?.provenance === undefined || init.type !== estimator) return undefined;
  const { checksum, rows, options } = record({ converged: false, iterations: 0, lowerBounds: [], restarts: [] }).provenance!;
  const { provenance, trace } = init;
  if (provenance.checksum !== checksum || provenance.rows !== rows || iterationsOf(provenance.options) !== iterationsOf(options))
    return undefined;
  return (trace as Partial<IterativeTrace>).lowerBounds?.at(-1);
}

/** What options say about iterations, as a text to compare. */
function iterationsOf(options: Readonly<Record<string, unknown>>): string {
  const own = Object.entries(options).filter(([name]) => !ALONGSIDE.includes(name));
  return JSON.stringify(own.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
