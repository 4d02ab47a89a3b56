import type { Backend } from "@mixtura/backend";
import type { FittedModel, Matrix } from "@mixtura/core";
import { isIterative } from "@mixtura/core";
import { plugins } from "mixtura";
import type { WasmBackend } from "@mixtura/backend-wasm";
import { counted } from "@mixtura/wording/internal";
import type { ModelChoice } from "../state/state.ts";
import { partsOf } from "./abilities.ts";
import { failureOf, Refusal } from "./answer.ts";
import { openBackend } from "./backends.ts";
import type { BackendMeasure } from "./protocol.ts";

/** Iterations that are timed: as many on every backend, whether or not the fit has converged by then. */
const ITERATIONS = 10;

/** Runs the same fit, from the same start, on each backend, and holds the outcome against plain float64. */
export async function measure(
  names: readonly string[],
  { type, options }: ModelChoice,
  X: Matrix,
  signal: AbortSignal,
  report: (row: BackendMeasure) => void,
): Promise<number> {
  const plugin = plugins.find((candidate) => candidate.type === type);
  if (plugin === undefined || !("maxIter" in plugin.options) || !("tol" in plugin.options))
    throw new Refusal(`${type} has no iterations that could be timed. Choose a mixture or k-means.`);
  // tol 0 makes just maxIter maps.
  const chosen = {
    ...options,
    randomState: options["randomState"] ?? 0,
    tol: 0,
    maxIter: ITERATIONS,
    ...("nInit" in plugin.options ? { nInit: 1 } : {}),
  };
  const run = async (backend: Backend): Promise<{ model: FittedModel; milliseconds: number }> => {
    await using rows = await backend.matrix(X);
    const estimator = plugin.create({ ...chosen, backend });
    await estimator.fit(rows, { signal }); // compiles, starts threads
    const times: { model: FittedModel; milliseconds: number }[] = [];
    for (let round = 0; round < 3; round++) times.push(await timed(estimator.steps!(rows, { signal })));
    return times.toSorted((a, b) => a.milliseconds - b.milliseconds)[1]!;
  };
  const yardstick = (await run((await openBackend("reference"))!)).model;
  for (const name of names) {
    try {
      const backend = await openBackend(name);
      if (backend === undefined) continue;
      const { model, milliseconds } = await run(backend);
      const engine = typeof (backend as Partial<WasmBackend>).engine === "function" ? await (backend as WasmBackend).engine() : undefined;
      report({
        name,
        engine: engine === undefined ? backend.precision : `${engine.name}, ${counted(engine.threads, "thread")}`,
        millisecondsPerIteration: milliseconds,
        difference: differenceOf(model, yardstick),
        boundDifference: Math.abs(lastBound(model) - lastBound(yardstick)),
        failure: undefined,
      });
    } catch (error) {
      if (signal.aborted) throw error;
      report({
        name,
        engine: "",
        millisecondsPerIteration: Number.NaN,
        difference: Number.NaN,
        boundDifference: Number.NaN,
        failure: failureOf(error),
      });
    }
  }
  return names.length;
}

/** The usual time from one state to the next, which leaves out the choice of a start. */
async function timed(steps: AsyncGenerator<unknown, FittedModel>): Promise<{ model: FittedModel; milliseconds: number }> {
  const gaps: number[] = [];
  for (let last = Number.NaN; ;) {
    const next = await steps.next();
    const now = performance.now();
    if (next.done === true) {
      gaps.sort((a, b) => a - b);
      return { model: next.value, milliseconds: gaps[gaps.length >> 1] ?? Number.NaN };
    }
    if (last === last) gaps.push(now - last);
    last = now;
  }
}

/** The largest difference of a parameter, relative to the largest of its kind. */
function differenceOf(a: FittedModel, b: FittedModel): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  if (left === undefined || right === undefined || left.means.rows !== right.means.rows) return Number.NaN;
  let worst = Math.max(relative(left.weights, right.weights), relative(left.means.data, right.means.data));
  for (let k = 0; k < left.means.rows; k++)
    if (left.covariance && right.covariance) worst = Math.max(worst, relative(left.covariance(k), right.covariance(k)));
  return worst;
}

function relative(a: Float64Array, b: Float64Array): number {
  let [most, size] = [0, 0];
  for (let at = 0; at < a.length; at++) {
    most = Math.max(most, Math.abs(a[at]! - b[at]!));
    size = Math.max(size, Math.abs(b[at]!));
  }
  return size === 0 ? most : most / size;
}

/** The bound that a fit reached; 0 where it has none. */
function lastBound({ trace }: FittedModel): number {
  return isIterative(trace) ? (trace.lowerBounds.at(-1) ?? 0) : 0;
}
