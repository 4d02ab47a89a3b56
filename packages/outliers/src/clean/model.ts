import type { Backend } from "@mixtura/backend";
import type { FittedModel, FitTrace, ReviveContext } from "@mixtura/core";
import type { FieldReader } from "@mixtura/core/authoring";
import { readModel } from "@mixtura/core/authoring";
import { movedTo, traceFromJSON } from "@mixtura/core/internal";
import type { Judgement } from "../detector/judgement.ts";
import { FittedDetector } from "../detector/model.ts";
import { scoringOf } from "../detector/scoring.ts";
import type { RefitOnInliersPayload } from "./payload.ts";
import { parametersReader, parametersToJSON, REFIT_ON_INLIERS } from "./payload.ts";

/**
 * A model that was fitted again without the most extreme rows, and the threshold that tells such rows from others. Comes from
 * `RefitOnInliers.fit` or `RefitOnInliers.load`.
 *
 * Rows are scored by the model inside.
 */
export class FittedRefitOnInliers extends FittedDetector {
  readonly type: typeof REFIT_ON_INLIERS = REFIT_ON_INLIERS;
  /** The model of all rows. */
  readonly first: FittedModel;
  /** The model of the rows that were kept, by which rows are judged. */
  readonly model: FittedModel;

  readonly #payload: RefitOnInliersPayload;

  /** @internal */
  constructor(payload: RefitOnInliersPayload) {
    super(payload, scoringOf(payload.model, REFIT_ON_INLIERS));
    this.#payload = payload;
    this.first = payload.first;
    this.model = payload.model;
    Object.freeze(this);
  }

  /** The training rows that were removed, in ascending order. A copy. */
  get removedRows(): Int32Array {
    return this.#payload.removedRows.slice();
  }

  /** The same model, computing elsewhere. */
  withBackend(backend: Backend): this {
    const { first, model } = this;
    return new FittedRefitOnInliers({ ...this.#payload, first: movedTo(first, backend), model: movedTo(model, backend) }) as this;
  }

  /**
   * Reads a model from JSON that is not trusted.
   *
   * @param context plugins that read models of other packages
   */
  static fromJSON(json: unknown, context?: ReviveContext): FittedRefitOnInliers {
    return new FittedRefitOnInliers(readModel(json, REFIT_ON_INLIERS, parametersReader(context), readTrace));
  }

  /** @internal */
  protected rejudged(judgement: Judgement): this {
    return new FittedRefitOnInliers({ ...this.#payload, judgement }) as this;
  }

  /** @internal */
  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    return parametersToJSON(this.#payload);
  }
}

/** Rounds of fitting and removing, and whether they came to rest. */
function readTrace(reader: FieldReader): FitTrace {
  return { ...traceFromJSON(reader), converged: reader.boolean("converged"), iterations: reader.count("iterations") };
}
