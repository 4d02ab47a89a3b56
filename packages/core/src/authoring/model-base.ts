import type { FittedModel } from "../estimator.ts";
import type { FitTrace } from "../fit-trace.ts";
import type { ModelJSON } from "../model-json.ts";
import type { Provenance } from "../provenance.ts";
import type { ModelRecord } from "./record.ts";
import { writeModel } from "./record.ts";

/**
 * What every fitted model has: features, trace, provenance, and its JSON. A subclass holds its parameters, answers questions, and freezes itself
 * at the end of its constructor. Models hold parameters only, never rows or device memory; arrays that they hand out are copies.
 */
export abstract class ModelBase implements FittedModel {
  /** The name of the estimator, as in model files. */
  abstract readonly type: string;
  /** Features of the rows it was fitted on, d. */
  readonly featureCount: number;
  /** Their names, where the rows had any. */
  declare readonly featureNames?: readonly string[];
  /** How the fit went. */
  readonly trace: FitTrace;
  /** Where the model comes from; absent where it was made by hand or derived, and for files of version 1. */
  declare readonly provenance?: Provenance;

  /** @internal */
  protected constructor({ featureCount, featureNames, trace, provenance }: ModelRecord) {
    this.featureCount = featureCount;
    if (featureNames !== undefined) this.featureNames = Object.freeze([...featureNames]);
    this.trace = Object.freeze(trace);
    if (provenance !== undefined) this.provenance = provenance;
  }

  /** The model as plain JSON data; `load` of its estimator and `loadModel` read it back to the same bits. */
  toJSON(): ModelJSON {
    return writeModel(this.type, this, this.parametersToJSON());
  }

  /** The model's own parameters as plain JSON data. @internal */
  protected abstract parametersToJSON(): Readonly<Record<string, unknown>>;
}
