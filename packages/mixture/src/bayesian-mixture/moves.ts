import type { Rows } from "@mixtura/backend/authoring";
import type { EmEnd, EmProblem, EmState } from "../em/driver.ts";
import { iterate } from "../em/driver.ts";
import { sizeOfBounds } from "../em/size-of-bounds.ts";
import { gaussianEvidence, responsibilityEntropy } from "./bound.ts";
import type { GaussianPosterior, Posterior } from "./posterior.ts";
import { mergedGaussians, reordered } from "./rearranged.ts";
import type { VariationalModel, VariationalScheme, VariationalStep } from "./variational.ts";
import { posteriorOfNoRows } from "./variational.ts";

/** What moves are made on. */
interface MoveProblem extends Omit<EmProblem<Posterior, VariationalStep>, "scheme"> {
  readonly scheme: VariationalScheme;
  readonly model: VariationalModel;
}

/** Iterations that a move has to exceed the bound it started from, and those after which its progress is checked. */
const MOVE_ITERATIONS = 12;
const LEAST_ITERATIONS = 3;
/** The most moves of a kind that are tried in vain before the next kind has its turn. */
const TRIES = 12;
/** A component with fewer rows than this is empty already. */
const EMPTY = 1e-3;
/** The least rise of a bound that counts, relative to its size in units of the features' spread: rounding stays far below. */
const LEAST_RISE = 1e-10;
/** The same for passes in single precision. */
const LEAST_SINGLE_RISE = 1e-7;

/**
 * Goes on where the iterations converged: components are put in order of size, merged or taken away where the bound rises by it, and iterations follow
 * until it rests again. Every state that is yielded has a higher bound than the one before.
 *
 * @see Hughes & Sudderth, Memoized online variational inference for Dirichlet process mixture models (2013)
 * @see Kurihara, Welling & Teh, Collapsed variational Dirichlet process mixture models (2007)
 */
export async function* improvedByMoves(problem: MoveProblem, end: EmEnd<Posterior>): AsyncGenerator<EmState<Posterior>, EmEnd<Posterior>> {
  let reached = end;
  while (reached.converged && reached.lowerBounds.length < problem.maxIter) {
    const bound = reached.lowerBounds.at(-1)!;
    const from = { bound, least: leastRise(problem.rows, bound) };
    const better =
      inOrder(problem, reached.state, from) ??
      (await afterMerge(problem, reached.state, from)) ??
      (await afterDelete(problem, reached.state, from));
    if (better === undefined) break;
    const lowerBounds = [...reached.lowerBounds, better.bound];
    yield { iteration: lowerBounds.length, ...better };
    const { passes, ...next } = yield* iterate(problem, better.state, lowerBounds);
    reached = { ...next, passes: reached.passes + passes };
  }
  return reached;
}

/** A state with its bound. */
interface Candidate {
  readonly state: Posterior;
  readonly bound: number;
}

/** What a move has to exceed: a bound, and the least rise of it that counts. */
interface Reached {
  readonly bound: number;
  readonly least: number;
}

/** The least rise that counts. */
function leastRise(rows: Rows, bound: number): number {
  return (rows.precision === "float32" ? LEAST_SINGLE_RISE : LEAST_RISE) * sizeOfBounds(rows.profile)(bound);
}

/** The components from the largest to the smallest, where that says more for the prior: no pass is needed to know. */
function inOrder({ scheme, model, rows }: MoveProblem, state: Posterior, { bound, least }: Reached): Candidate | undefined {
  const masses = massesOf(model, state);
  const order = Array.from(masses.keys()).toSorted((a, b) => masses[b]! - masses[a]! || a - b);
  if (order.every((k, at) => k === at)) return undefined;
  const sorted = Float64Array.from(order, (k) => masses[k]!);
  const weights = scheme.weightsOf(sorted, state);
  const rise = (weights.evidence - scheme.weightsOf(masses, state).evidence) / rows.profile.weight;
  const { concentrationPrior, weightConcentration } = weights;
  const next = { concentrationPrior, weightConcentration, ...reordered(model.kind, state, order) };
  return rise > least ? { state: next, bound: bound + rise } : undefined;
}

/** Two components that say more together than apart, except for the entropy of rows divided between them, which a few iterations settle. */
async function afterMerge(problem: MoveProblem, state: Posterior, reached: Reached): Promise<Candidate | undefined> {
  const { scheme, model, rows, pace } = problem;
  const { weight } = rows.profile;
  const masses = massesOf(model, state);
  const positive = positiveOf(masses);
  const prior = posteriorOfNoRows(model, rows.features);
  const saying = (held: Float64Array, gaussians: GaussianPosterior): number =>
    model.weights.evidence(state.concentrationPrior, held) + gaussianEvidence(model.kind, prior, gaussians, weight);
  const before = saying(masses, state);
  const pairs: { readonly gain: number; readonly held: Float64Array; readonly gaussians: GaussianPosterior }[] = [];
  for (const [index, into] of positive.entries()) {
    for (const from of positive.slice(index + 1)) {
      const gaussians = mergedGaussians(model.kind, model.gaussians, state, into, from);
      if (gaussians === undefined) continue;
      const held = masses.slice();
      held[into]! += held[from]!;
      held[from] = 0;
      const gain = saying(held, gaussians) - before;
      if (gain > 0) pairs.push({ gain, held, gaussians });
    }
    if (pace.due()) await pace.turn();
  }
  pairs.sort((a, b) => b.gain - a.gain);
  for (const { held, gaussians } of pairs.slice(0, TRIES)) {
    const { evidence: _evidence, ...weights } = scheme.weightsOf(held, state);
    const found = await overtaking(problem, { ...weights, ...gaussians }, reached);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A component whose rows are better off with the others, the smallest first. */
async function afterDelete(problem: MoveProblem, state: Posterior, reached: Reached): Promise<Candidate | undefined> {
  const { scheme, model, rows } = problem;
  const masses = massesOf(model, state);
  const positive = positiveOf(masses).toSorted((a, b) => masses[a]! - masses[b]! || b - a);
  if (positive.length < 2) return undefined;
  for (const gone of positive.slice(0, TRIES)) {
    const all = scheme.components(state);
    const components = { ...all, logOffsets: all.logOffsets.map((offset, k) => (k === gone ? -Infinity : offset)) };
    const moments = await rows.expectation(components, { scatter: scheme.scatter });
    const step = scheme.posterior(moments, state, responsibilityEntropy(moments, components));
    if (step.needsRepair) continue;
    const next = step.isUnfinished ? await scheme.finish(state, step) : step;
    const found = await overtaking(problem, next.state, reached);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The state at which iterations from `start` have exceeded a bound; nothing where they do not, or are too slow. */
async function overtaking(problem: MoveProblem, start: Posterior, { bound, least }: Reached): Promise<Candidate | undefined> {
  const target = bound + least;
  let before = -Infinity;
  for await (const { iteration, bound: reached, state } of iterate(
    { ...problem, maxIter: MOVE_ITERATIONS, tol: 0, coordinates: undefined },
    start,
  )) {
    if (reached > target) return { state, bound: reached };
    if (iteration >= LEAST_ITERATIONS && reached + (MOVE_ITERATIONS - iteration) * (reached - before) < target) return undefined;
    before = reached;
  }
  return undefined;
}

function massesOf({ gaussians }: VariationalModel, { meanPrecision }: Posterior): Float64Array {
  return meanPrecision.map((precision) => Math.max(0, precision - gaussians.meanPrecision));
}

function positiveOf(masses: Float64Array): number[] {
  return Array.from(masses.keys()).filter((k) => masses[k]! > EMPTY);
}
