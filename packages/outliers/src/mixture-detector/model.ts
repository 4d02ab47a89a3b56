import type { Backend } from "@mixtura/backend";
import type { FittedModel, ModelJSON, ReviveContext } from "@mixtura/core";
import type { DetectorFacts } from "../detector/judgement.ts";
import { FittedDetector } from "../detector/model.ts";
import { scoringOf } from "../detector/scoring.ts";
import type { MixtureDetectorPayload } from "./payload.ts";
import { MIXTURE_DETECTOR, payloadFromJSON, payloadToJSON } from "./payload.ts";

/**
 * A density and the log-density below which rows are outliers. Comes from `MixtureDetector.fit` or `MixtureDetector.load`.
 *
 * `scoreSamples` is the natural-log density; a density of 0 counts as the lowest double, so that all numbers are finite.
 */
export class FittedMixtureDetector extends FittedDetector {
  readonly type: typeof MIXTURE_DETECTOR = MIXTURE_DETECTOR;
  /** The fitted density: a Gaussian mixture unless another one was given. */
  readonly mixture: FittedModel;

  readonly #payload: MixtureDetectorPayload;

  /** @internal */
  constructor(payload: MixtureDetectorPayload) {
    super(payload.facts, scoringOf(payload.mixture, MIXTURE_DETECTOR));
    this.#payload = payload;
    this.mixture = payload.mixture;
    Object.freeze(this);
  }

  /** The same model, computing elsewhere. */
  withBackend(backend: Backend): this {
    return new FittedMixtureDetector({ ...this.#payload, mixture: this.mixture.withBackend(backend) }) as this;
  }

  /** The model as plain JSON data; `MixtureDetector.load` reads it back to the same bits. */
  toJSON(): ModelJSON {
    return payloadToJSON(this.#payload);
  }

  /**
   * Reads a model from JSON that nobody vouches for.
   *
   * @param context plugins that read a density other than a Gaussian mixture
   */
  static fromJSON(json: unknown, context?: ReviveContext): FittedMixtureDetector {
    return new FittedMixtureDetector(payloadFromJSON(json, context));
  }

  protected rejudged(facts: DetectorFacts): this {
    return new FittedMixtureDetector({ ...this.#payload, facts }) as this;
  }
}
