// A module of its own, to be imported when a reason is asked for.
import type { MatrixLike } from "@mixtura/core";
import { createPace } from "@mixtura/core/authoring";
import { checkContext } from "@mixtura/core/internal";
import { hostOf, withConstants } from "../columns/guarded.ts";
import { withBreaches } from "../explain/breaches.ts";
import { explainModel } from "../explain/explain-model.ts";
import type { Explanation } from "../explain/explanation.ts";
import { explanationMethodOf } from "../explain/explanation.ts";
import { rowsOf } from "./batch.ts";
import type { ExplainContext, FittedDetector } from "./model.ts";
import { KNOWN, SCORING } from "./scoring.ts";

/** Why rows are as unusual as they are under the model that a detector scores by. */
export async function explained(model: FittedDetector, X: MatrixLike, given: ExplainContext): Promise<Explanation> {
  const caller = `${model.type}.explain`;
  const context: ExplainContext = checkContext(given, caller);
  const method = explanationMethodOf(context.method ?? "shapley", caller);
  const pace = createPace(context.signal);
  pace.check();
  const rows = rowsOf(model, "explain", X, context);
  const { dependencies, constants } = model[KNOWN];
  const explanation = await explainModel(model[SCORING].model, hostOf(withConstants(rows, constants)), method, pace, caller);
  return withBreaches(explanation, rows, dependencies);
}
