import type { Matrix } from "@mixtura/core";
import type { ModelUnderTest } from "./model.ts";
import { method } from "./model.ts";

/** The two best responsibilities of a row must differ by this much for its label to be held to. */
const MARGIN = 1e-6;

/** Labels of rows, and which of them are beyond doubt. */
export interface Decisions {
  readonly labels: ArrayLike<number>;
  readonly decisive: readonly boolean[];
}

/** A model's labels. Without responsibilities or a decision function every row counts as decided. */
export async function decisions(model: ModelUnderTest, X: Matrix): Promise<Decisions> {
  const labels = await method(model, "predict")(X);
  return { labels, decisive: await margins(model, X) };
}

async function margins(model: ModelUnderTest, X: Matrix): Promise<boolean[]> {
  if (model.predictProba !== undefined) {
    const { data, columns } = await model.predictProba(X);
    return Array.from({ length: X.rows }, (_, i) => {
      const [best = 0, second = 0] = data.slice(i * columns, (i + 1) * columns).toSorted((a, b) => b - a);
      return best - second > MARGIN;
    });
  }
  if (model.decisionFunction !== undefined) {
    const values = await model.decisionFunction(X);
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return Array.from(values, (value) => Math.abs(value) > MARGIN * largest);
  }
  return Array.from({ length: X.rows }, () => true);
}

/** Throws where a decisive row has another label. Row i of `found` is row `order[i]` of `right`. */
export function requireSameLabels(found: ArrayLike<number>, right: Decisions, order: ArrayLike<number>, where: string): void {
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    if (right.decisive[row] && found[i] !== right.labels[row]) {
      throw new Error(`${where}: row ${row} has the label ${found[i]}, right is ${right.labels[row]}`);
    }
  }
}
