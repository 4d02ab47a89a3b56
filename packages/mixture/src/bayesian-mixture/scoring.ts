import type { GaussianComponents } from "@mixtura/backend";
import type { CovarianceKind } from "../covariance/kind.ts";
import type { MixturePoint } from "../fitted/point.ts";
import { mixturePoint } from "../fitted/point.ts";
import type { PosteriorDensity, PriorConvention } from "./choices.ts";
import type { Posterior } from "./posterior.ts";
import { variationalComponents } from "./posterior.ts";
import type { Scorer } from "./scorer.ts";
import { gaussianScorer } from "./scorer.ts";
import type { StudentComponents } from "./student.ts";
import { studentComponents, studentTerms } from "./student.ts";
import { studentScorer } from "./student-scorer.ts";
import type { WeightDistribution } from "./weights.ts";

/** How a model answers, by the density that it was asked to answer by. */
export interface Scoring {
  /** What uploaded rows are scored with. */
  readonly components: GaussianComponents;
  readonly scorer: Scorer;
  readonly point: MixturePoint;
  /** The t distributions that rows are drawn from; absent where they are drawn from the plug-in mixture. */
  readonly student?: StudentComponents;
}

/**
 * The answers of a posterior.
 *
 * @param plugin the Gaussian mixture at its means
 */
export function scoringOf(
  density: PosteriorDensity,
  posterior: Posterior,
  plugin: { readonly weights: Float64Array; readonly components: GaussianComponents },
  model: {
    readonly kind: CovarianceKind;
    readonly distribution: WeightDistribution;
    readonly convention: PriorConvention;
    readonly names: readonly string[] | undefined;
  },
): Scoring {
  if (density === "predictive") {
    const student = studentComponents(posterior, plugin.weights, model.kind);
    const { distances: components } = student;
    return { components, scorer: studentScorer(student), point: mixturePoint(components, model.names, studentTerms(student)), student };
  }
  const components =
    density === "plugin" ? plugin.components : variationalComponents(posterior, model.kind, model.distribution, model.convention);
  return { components, scorer: gaussianScorer, point: mixturePoint(components, model.names) };
}
