import { symmetricEigen } from "@mixtura/backend/internal/algebra";
import { whiteningOfCovariance } from "@mixtura/backend/internal/factors";
import type { DeclarationsOf } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { checkOptions, createPace, createRandom, drawSeed, show } from "@mixtura/core/authoring";
import { chiSquareQuantile, chiSquareTails, normalInterval } from "@mixtura/distributions";
import { checkMass } from "./highest-density.ts";
import { randomStateDeclaration, signalDeclaration } from "./options.ts";
import type { MixtureModel, Parameters } from "./parameters.ts";
import { parametersOf } from "./parameters.ts";
import type { Probability } from "./probability.ts";
import { quadraticFormCdf } from "./quadratic-form.ts";

/** A component's ellipsoid: all points within a radius, or within the radius that holds a given probability of the component. */
export interface Ellipsoid {
  /** The component, from 0. */
  readonly component: number;
  /** Probability of the component's own rows to lie inside, between 0 and 1. */
  readonly mass?: number;
  /** Mahalanobis distance of the edge from the component's mean, ≥ 0. */
  readonly radius?: number;
}

/** What an ellipsoid's probability may cost. */
export interface EllipsoidOptions {
  /** Rows drawn from a component whose probability inside cannot be computed as a series. Default 200,000. */
  readonly draws?: number;
  readonly randomState?: number;
  readonly signal?: AbortSignal;
}

/** The probability of an ellipsoid under the whole mixture and under its own component. */
export interface EllipsoidProbability extends Omit<Probability, "method"> {
  readonly method: "closed-form" | "series" | "monte-carlo";
  readonly radius: number;
  /** Under the component itself, by the χ² distribution. */
  readonly own: number;
}

const declarations = {
  draws: {
    range: { kind: "integer", minimum: 1, maximum: 1e8 },
    default: 200_000,
    unit: "rows",
    description: "Rows drawn from a component whose probability inside cannot be computed as a series.",
  },
  randomState: randomStateDeclaration,
  signal: signalDeclaration,
} satisfies DeclarationsOf<EllipsoidOptions>;

/**
 * Probability that a row of the whole mixture falls into the ellipsoid of one component.
 *
 * Under the component itself this is a χ² probability. Under another one the squared distance is a weighted sum of noncentral χ² variables:
 * summed by Ruben's series, to 1e-9 or better; where one component is so much narrower than the other that the series would be too long, rows are
 * drawn, and `errorBound` is the 99 % bound of the fraction inside.
 *
 * @param ellipsoid the component, and one of `mass` and `radius`
 * @throws (by rejection) MixturaError `invalid-option`, `unknown-option`, `aborted`
 * @remarks O(k·d³) and up to 10⁷ operations per component.
 * @see Ruben, Probability content of regions under spherical normal distributions IV, Ann. Math. Stat. 33 (1962)
 * @example
 * ```ts run
 * const one = GaussianMixture.fromParameters({
 *   weights: [1],
 *   means: [[0, 0]],
 *   covariances: [[[2, 1], [1, 2]]],
 * });
 * (await ellipsoidProbability(one, { component: 0, radius: 2 }))
 *   .probability // ≈ 1 - Math.exp(-2)
 * const two = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[0], [3]],
 *   covariances: [[[1]], [[1]]],
 * });
 * (await ellipsoidProbability(two, { component: 0, radius: 3 }))
 *   .probability // ≈ 0.748650101475076
 * await ellipsoidProbability(two, { component: 2, mass: 0.9 })
 * // throws invalid-option
 * ```
 */
export async function ellipsoidProbability(
  model: MixtureModel,
  ellipsoid: Ellipsoid,
  options?: EllipsoidOptions,
): Promise<EllipsoidProbability> {
  const caller = "ellipsoidProbability";
  const parameters = parametersOf(model, caller);
  const { component, radius } = readEllipsoid(parameters, ellipsoid, caller);
  const { draws, randomState, signal } = checkOptions(caller, declarations, options);
  const pace = createPace(signal);
  pace.check();
  const { features: d, weights } = parameters;
  const square = radius * radius;
  const own = chiSquareTails(square, d).below;
  let value = 0;
  let error = 0;
  let variance = 0;
  let method: EllipsoidProbability["method"] = "closed-form";
  for (const [k, weight] of weights.entries()) {
    if (weight === 0) continue;
    if (k === component) {
      value += weight * own;
      error += weight * 1e-13;
      continue;
    }
    const { lambdas, shifts } = formOf(parameters, component, k);
    if (d === 1) {
      const scale = Math.sqrt(lambdas[0]!);
      value += weight * normalInterval(-radius / scale - shifts[0]!, radius / scale - shifts[0]!);
      error += weight * 1e-13;
      continue;
    }
    const sum = quadraticFormCdf(square, lambdas, shifts);
    if (sum !== undefined) {
      if (method === "closed-form") method = "series";
      value += weight * sum.value;
      error += weight * sum.error;
    } else {
      method = "monte-carlo";
      const random = createRandom(randomState ?? drawSeed(), k);
      let inside = 0;
      for (let i = 0; i < draws; i++) {
        let form = 0;
        for (let j = 0; j < d; j++) form += lambdas[j]! * (random.normal() + shifts[j]!) ** 2;
        if (form <= square) inside++;
        if (i % 256 === 0 && pace.due()) await pace.turn();
      }
      // Agresti and Coull's estimate keeps the variance away from 0 where all rows or none lie inside.
      const fraction = (inside + Z_99 ** 2 / 2) / (draws + Z_99 ** 2);
      value += (weight * inside) / draws;
      error += weight * Math.abs(fraction - inside / draws);
      variance += (weight * weight * fraction * (1 - fraction)) / draws;
    }
    if (pace.due()) await pace.turn();
  }
  return {
    probability: Math.min(1, value),
    errorBound: error + Z_99 * Math.sqrt(variance),
    confidence: 0.99,
    method,
    radius,
    own,
  };
}

/** The 99.5 % quantile of the normal distribution. */
const Z_99 = 2.5758293035489004;

/** With y = W(x − μ) of the ellipsoid's component: ‖y‖² = Σ λᵢ (zᵢ + bᵢ)² for rows x of component k. */
function formOf({ features: d, means, covariances, factors }: Parameters, component: number, k: number) {
  const whitening = whiteningOfCovariance(covariances[component]!, d);
  if (!whitening.ok) throw new Error("The covariance of a fitted mixture is positive definite.");
  const w = whitening.factor;
  const spread = new Float64Array(d * d); // W L, lower triangular
  const offset = new Float64Array(d);
  for (let i = 0; i < d; i++) {
    for (let t = 0; t <= i; t++) {
      offset[i]! += w[i * d + t]! * (means[k * d + t]! - means[component * d + t]!);
      for (let j = 0; j <= t; j++) spread[i * d + j]! += w[i * d + t]! * factors[k]![t * d + j]!;
    }
  }
  const product = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) for (let t = 0; t <= Math.min(i, j); t++) product[i * d + j]! += spread[i * d + t]! * spread[j * d + t]!;
  const { values, vectors } = symmetricEigen(product, d);
  const lambdas = values.map((value) => Math.max(value, Number.MIN_VALUE));
  const shifts = lambdas.map((lambda, i) => {
    let sum = 0;
    for (let t = 0; t < d; t++) sum += vectors[t * d + i]! * offset[t]!;
    return sum / Math.sqrt(lambda);
  });
  return { lambdas, shifts };
}

function readEllipsoid({ count, features }: Parameters, ellipsoid: Ellipsoid, caller: string): { component: number; radius: number } {
  const invalid = (option: string, expected: string, found: unknown): MixturaError =>
    new MixturaError("invalid-option", `${caller}: "${option}" must be ${expected}, found ${show(found)}.`, { option, found });
  if (typeof ellipsoid !== "object" || ellipsoid === null)
    throw invalid("ellipsoid", "{ component, mass } or { component, radius }", ellipsoid);
  const { component, mass, radius } = ellipsoid;
  if (!Number.isInteger(component) || component < 0 || component >= count)
    throw invalid("component", `an integer from 0 to ${count - 1}`, component);
  if ((mass === undefined) === (radius === undefined)) throw invalid("ellipsoid", "given by one of mass and radius", ellipsoid);
  if (radius === undefined) {
    checkMass(mass!, caller);
    return { component, radius: Math.sqrt(chiSquareQuantile(mass!, features)) };
  }
  if (!(typeof radius === "number" && radius >= 0)) throw invalid("radius", "a number ≥ 0", radius);
  return { component, radius };
}
