import type { FitStep } from "@mixtura/core";
import { requireSame } from "../../comparison.ts";
import { copyOf } from "./data-copy.ts";
import type { ModelUnderTest } from "./model.ts";
import { answers, boundsOf } from "./model.ts";
import { parameters } from "./payload.ts";
import type { EstimatorLaw, EstimatorOnTrial } from "./subject.ts";
import { describeOutcome, requireCode, requireSameText } from "./tally.ts";

const sameFit: EstimatorLaw = {
  id: "steps/same-fit",
  needs: ["steps"],
  claim: "walks through every state of the fit: its bounds are the trace's, and its last model is the fitted one",
  async check(trial) {
    const { X } = copyOf(trial.data);
    const fitted = await trial.fit(X);
    const states: FitStep<ModelUnderTest>[] = [];
    const walk = stepsOf(trial.create())(X);
    let next = await walk.next();
    for (; !next.done; next = await walk.next()) states.push(next.value);

    const { trace } = next.value;
    requireSame(
      states.map(({ bound }) => bound),
      boundsOf(trace),
      "the bounds of the states",
    );
    requireSame(
      states.map(({ iteration }) => iteration),
      states.map((_, index) => index + 1),
      "the iterations of the states",
    );
    if (states.some(({ restart }) => restart !== 0)) throw new Error("a fit of one start has other restarts");
    requireSame(boundsOf(trace), boundsOf(fitted.trace), "the bounds of the fit");
    await requireSameModel(next.value, fitted, X, "the model that the walk returns");
    await requireSameModel(states.at(-1)!.model, fitted, X, "the model of the last state");
  },
};

const ownModels: EstimatorLaw = {
  id: "steps/own-models",
  needs: ["steps"],
  claim: "gives every state its own model, which later states do not change",
  async check(trial) {
    const { X } = copyOf(trial.data);
    const seen: { model: ModelUnderTest; text: string }[] = [];
    for await (const { model } of stepsOf(trial.create())(X)) {
      seen.push({ model, text: JSON.stringify(parameters(model)) });
      await answers(model, X);
    }
    for (const [index, { model, text }] of seen.entries())
      requireSameText(JSON.stringify(parameters(model)), text, `the model of state ${index}, afterwards,`);
  },
};

const early: EstimatorLaw = {
  id: "steps/early-end",
  needs: ["steps"],
  claim: "ends when the caller leaves, and rejects when it is aborted or given bad rows, never throwing synchronously",
  async check(trial) {
    const { X } = copyOf(trial.data);
    let events = 0;
    const left = stepsOf(trial.create())(X, { onProgress: () => events++ });
    await left.next();
    const seen = events;
    await left.return(undefined as never);
    if (!(await left.next()).done || events !== seen) throw new Error("work went on after the caller had left");

    const controller = new AbortController();
    const aborted = stepsOf(trial.create())(X, { signal: controller.signal });
    await aborted.next();
    controller.abort();
    requireCode(await outcomeOf(aborted), "aborted");
    requireCode(await outcomeOf(stepsOf(trial.create())([[Number.NaN]])), "not-finite");
  },
};

function stepsOf(estimator: EstimatorOnTrial): NonNullable<EstimatorOnTrial["steps"]> {
  if (estimator.steps === undefined) throw new Error("the estimator has no method steps, which its capabilities promise");
  return estimator.steps.bind(estimator);
}

async function outcomeOf(walk: AsyncGenerator<unknown, unknown>): Promise<unknown> {
  try {
    while (!(await walk.next()).done);
    throw new Error(describeOutcome(undefined));
  } catch (error) {
    return error;
  }
}

async function requireSameModel(
  found: ModelUnderTest,
  right: ModelUnderTest,
  X: Parameters<typeof answers>[1],
  where: string,
): Promise<void> {
  requireSameText(JSON.stringify(parameters(found)), JSON.stringify(parameters(right)), where);
  const [mine, wanted] = [await answers(found, X), await answers(right, X)];
  for (const [name, values] of Object.entries(wanted)) requireSame(mine[name] ?? [], values, `${name}, ${where}`);
}

/** Laws of walking through a fit. */
export const stepLaws: readonly EstimatorLaw[] = [sameFit, ownModels, early];
