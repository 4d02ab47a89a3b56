import type { FitStep, FittedModel } from "@mixtura/core";
import type { FitState } from "./session.ts";

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
