import type { Backend } from "@mixtura/backend";
import type { FittedModel, ModelJSON, ReviveContext } from "@mixtura/core";
import type { DetectorFacts } from "../detector/judgement.ts";
import { FittedDetector } from "../detector/model.ts";
import { scoringOf } from "../detector/scoring.ts";
import type { RefitOnInliersPayload } from "./payload.ts";
import { payloadFromJSON, payloadToJSON, REFIT_ON_INLIERS } from "./payload.ts";

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
    super(payload.facts, scoringOf(payload.model, REFIT_ON_INLIERS));
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
    return new FittedRefitOnInliers({ ...this.#payload, first: first.withBackend(backend), model: model.withBackend(backend) }) as this;
  }

  /** The model as plain JSON data; `RefitOnInliers.load` reads it back to the same bits. */
  toJSON(): ModelJSON {
    return payloadToJSON(this.#payload);
  }

  /**
   * Reads a model from JSON that nobody vouches for.
   *
   * @param context plugins that read models of other packages
   */
  static fromJSON(json: unknown, context?: ReviveContext): FittedRefitOnInliers {
    return new FittedRefitOnInliers(payloadFromJSON(json, context));
  }

  protected rejudged(facts: DetectorFacts): this {
    return new FittedRefitOnInliers({ ...this.#payload, facts }) as this;
  }
}
