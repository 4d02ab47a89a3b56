import type { Backend } from "@mixtura/backend";
import type { FittedModel, ReviveContext } from "@mixtura/core";
import { readModel } from "@mixtura/core/authoring";
import { movedTo } from "@mixtura/core/internal";
import type { Judgement } from "../detector/judgement.ts";
import { FittedDetector } from "../detector/model.ts";
import { scoringOf } from "../detector/scoring.ts";
import type { MixtureDetectorPayload } from "./payload.ts";
import { MIXTURE_DETECTOR, parametersReader, parametersToJSON } from "./payload.ts";

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
    super(payload, scoringOf(payload.mixture, MIXTURE_DETECTOR));
    this.#payload = payload;
    this.mixture = payload.mixture;
    Object.freeze(this);
  }

  /** The same model, computing elsewhere. */
  withBackend(backend: Backend): this {
    return new FittedMixtureDetector({ ...this.#payload, mixture: movedTo(this.mixture, backend) }) as this;
  }

  /**
   * Reads a model from JSON that is not trusted.
   *
   * @param context plugins that read a density other than a Gaussian mixture
   */
  static fromJSON(json: unknown, context?: ReviveContext): FittedMixtureDetector {
    return new FittedMixtureDetector(readModel(json, MIXTURE_DETECTOR, parametersReader(context)));
  }

  /** @internal */
  protected rejudged(judgement: Judgement): this {
    return new FittedMixtureDetector({ ...this.#payload, judgement }) as this;
  }

  /** @internal */
  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    return parametersToJSON(this.#payload);
  }
}
