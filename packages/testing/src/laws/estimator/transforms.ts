import type { Transformer } from "@mixtura/core";
import { isTransformer } from "@mixtura/core";
import { createComparison } from "../../comparison.ts";
import { copyOf } from "./data-copy.ts";
import type { EstimatorLaw, EstimatorUnderTest } from "./subject.ts";

async function transformerOf(trial: EstimatorUnderTest): Promise<Transformer> {
  const model = await trial.fit(copyOf(trial.data).X);
  if (!isTransformer(model)) throw new Error("the model has no apply and no outputCount, which its capability promises");
  return model;
}

const thereAndBack: EstimatorLaw = {
  id: "transforms/there-and-back",
  needs: ["transform"],
  claim: "gives as many columns as it says, and rows that come back from them are the rows",
  async check(trial) {
    const comparison = createComparison({ value: 1e-9, unit: "relative", reason: "a change of coordinates and its inverse round" });
    const { X } = copyOf(trial.data);
    const model = await transformerOf(trial);
    const changed = await model.apply(X);
    if (changed.rows !== X.rows || changed.columns !== model.outputCount)
      throw new Error(`${X.rows} rows become ${changed.rows} × ${changed.columns}, with outputCount ${model.outputCount}`);
    if (!changed.data.every(Number.isFinite)) throw new Error("a coordinate is not finite");
    if (model.invert === undefined) return comparison.figure();
    const back = await model.invert(changed);
    for (const [at, value] of back.data.entries()) comparison.number(value, X.data[at]!, Math.max(1, Math.abs(X.data[at]!)), `cell ${at}`);
    return comparison.figure();
  },
};

/** Laws of changes of coordinates. */
export const transformLaws: readonly EstimatorLaw[] = [thereAndBack];
