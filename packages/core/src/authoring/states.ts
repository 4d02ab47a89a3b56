import type { FitStep, FittedModel } from "../estimator.ts";

/** A state of a fit whose model is made only when somebody wants it. */
export interface FitState<Fitted> {
  readonly restart: number;
  readonly iteration: number;
  /** The bound under the parameters before this step's iteration, per unit of sample weight. */
  readonly bound: number;
  model(): Fitted | Promise<Fitted>;
}

/** Runs a fit to its end. */
export async function finished<Fitted>(states: AsyncGenerator<unknown, Fitted>): Promise<Fitted> {
  for (;;) {
    const next = await states.next();
    if (next.done) return next.value;
  }
}

/** A fit's states with their models made. */
export async function* withModels<Fitted extends FittedModel>(
  states: AsyncGenerator<FitState<Fitted>, Fitted>,
): AsyncGenerator<FitStep<Fitted>, Fitted> {
  try {
    for (;;) {
      const next = await states.next();
      if (next.done) return next.value;
      const { restart, iteration, bound } = next.value;
      yield { restart, iteration, bound, model: await next.value.model() };
    }
  } finally {
    await states.return(undefined as never); // frees the rows when the caller stops early
  }
}
