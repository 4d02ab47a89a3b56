import { describe, expect, it } from "vitest";
import * as density from "../../src/density.ts";
import { GaussianMixture, KMeans } from "../../src/index.ts";

const model = GaussianMixture.fromParameters({
  weights: [0.5, 0.5],
  means: [
    [0, 0],
    [1, 1],
  ],
  covariances: [1, 2],
  covarianceType: "spherical",
  featureNames: ["length", "depth"],
});
/** The second feature is twelve times the first one, about. */
const steep = GaussianMixture.fromParameters({
  weights: [1],
  means: [[0, 0]],
  covariances: [
    [
      [1, 12],
      [12, 145],
    ],
  ],
});
const one = GaussianMixture.fromParameters({ weights: [1], means: [[0]], covariances: [[[1]]] });

/** What untyped callers pass. */
const any = (value: unknown) => value as never;

/** Features of which the last follows from the first two, but for 1e-8 of it: positive definite in this order by rounding alone. */
const singular = GaussianMixture.fromParameters({
  weights: [1],
  means: [[0, 0, 0]],
  covariances: [
    [
      [2.0280834464793096, -0.6766703665746843, -0.590190929451954],
      [-0.6766703665746843, 0.22577117612948014, 0.1969172262350393],
      [-0.590190929451954, 0.1969172262350393, 0.4006730805568145],
    ],
  ],
});

describe("questions that cannot be answered are refused before any work", () => {
  it.each<[what: string, code: string, ask: () => unknown, message: RegExp]>([
    [
      "a box too narrow",
      "invalid-shape",
      () => density.probability(model, { lower: [0] }),
      /must hold 2 numbers, one per feature, found 1/,
    ],
    [
      "lower above upper",
      "invalid-option",
      () => density.probability(model, { lower: [0, 2], upper: [1, 1] }),
      /"lower" of depth is 2, above "upper", 1/,
    ],
    [
      "NaN in a box",
      "invalid-option",
      () => density.probability(model, { lower: [NaN, 0] }),
      /"lower" of length must be a number .*found NaN/,
    ],
    ["no box", "invalid-option", () => density.probability(model, {}), /give lower, upper or both/],
    ["a box that is none", "invalid-option", () => density.probability(model, any(3)), /must be \{ lower, upper \}, found 3/],
    ["a misspelt side", "unknown-option", () => density.probability(model, any({ lower: [0, 0], uper: [1, 1] })), /no "uper"/],
    [
      "an unknown feature in a box",
      "feature-mismatch",
      () => density.probability(model, { lower: { lenght: 0 } }),
      /no feature "lenght"\. Did you mean "length"\?/,
    ],
    ["a text for a bound", "invalid-option", () => density.probability(model, any({ upper: { length: "3" } })), /found "3"/],
    [
      "a negative tolerance",
      "invalid-option",
      () => density.probability(model, { lower: [0, 0] }, { tolerance: -1 }),
      /"tolerance" must be/,
    ],
    ["no points", "invalid-option", () => density.probability(model, { lower: [0, 0] }, { maxPoints: 0 }), /"maxPoints" must be/],
    ["an unknown option", "unknown-option", () => density.probability(model, { lower: [0, 0] }, any({ seed: 1 })), /no option "seed"/],
    ["a feature by two indices that are one", "feature-mismatch", () => density.condition(singular, { 0: 1, "00": 2 }), /no feature "00"/],
    ["no target", "invalid-option", () => density.predictConditional(model, [[1]], any(undefined)), /"target" is missing/],
    [
      "a target that is none",
      "invalid-option",
      () => density.predictConditional(model, [[1]], { target: any({}) }),
      /"target" must be a feature/,
    ],
    [
      "an unknown option of a prediction",
      "unknown-option",
      () => density.predictConditional(model, [[1]], any({ target: "depth", sigal: 1 })),
      /no option "sigal"/,
    ],
    [
      "a prediction beyond the largest double",
      "not-finite",
      () => density.predictConditional(steep, [[1e307], [1.7e308]], { target: 1 }),
      /row 1 lies so far out/,
    ],
    [
      "conditions on a covariance that is singular up to rounding",
      "not-positive-definite",
      () => density.condition(singular, { 2: 0 }),
      /singular up to rounding .* Fit with a larger regCovar/,
    ],
    [
      "predictions from one",
      "not-positive-definite",
      () => density.predictConditional(singular, [[0]], { target: [0, 1] }),
      /predictConditional: .*singular up to rounding/,
    ],
    [
      "its marginal in another order",
      "not-positive-definite",
      () => density.marginal(singular, [2, 1, 0]),
      /marginal: .*singular up to rounding/,
    ],
    [
      "another kind of model",
      "invalid-option",
      () => density.probability(any(kMeans), { lower: [0] }),
      /must be a fitted Gaussian mixture, found a KMeans model/,
    ],
    [
      "an estimator that was not fitted",
      "invalid-option",
      () => density.modes(any(new GaussianMixture())),
      /must be a fitted Gaussian mixture/,
    ],
    ["a wrong width of x", "invalid-shape", () => density.cdf(model, [1]), /2 numbers/],
    ["a quantile of two features", "not-supported", () => density.quantile(model, 0.5), /take the marginal/],
    ["p above 1", "invalid-option", () => density.quantile(one, 1.01), /"p" must be a number from 0 to 1, found 1.01/],
    ["p that is NaN", "invalid-option", () => density.quantile(one, NaN), /found NaN/],
    ["a marginal of nothing", "invalid-option", () => density.marginal(model, []), /found none/],
    ["a marginal of one feature twice", "invalid-option", () => density.marginal(model, ["depth", 1]), /twice/],
    [
      "a marginal of an unknown feature",
      "feature-mismatch",
      () => density.marginal(model, ["width"]),
      /no feature "width"\. It has length, depth/,
    ],
    ["a marginal beyond the last feature", "feature-mismatch", () => density.marginal(one, [1]), /features 0 to 0/],
    ["conditioning on nothing", "invalid-option", () => density.condition(model, {}), /found none given/],
    ["conditioning on everything", "invalid-option", () => density.condition(model, { length: 1, depth: 1 }), /found all given/],
    ["conditioning on an unknown feature", "feature-mismatch", () => density.condition(model, { width: 1 }), /"width"/],
    ["conditioning on infinity", "invalid-option", () => density.condition(model, { length: Infinity }), /finite number/],
    ["conditioning on a list", "invalid-option", () => density.condition(model, any([1])), /record of values by feature/],
    [
      "a prediction of everything",
      "invalid-option",
      () => density.predictConditional(model, [[1]], { target: ["length", "depth"] }),
      /none to predict from/,
    ],
    [
      "a prediction of nothing",
      "invalid-option",
      () => density.predictConditional(model, [[1]], { target: [] }),
      /"target" must be one or more/,
    ],
    [
      "a prediction from rows of the wrong width",
      "feature-mismatch",
      () => density.predictConditional(model, [[1, 2]], { target: "depth" }),
      /1 features/,
    ],
    ["a prediction from NaN", "not-finite", () => density.predictConditional(model, [[NaN]], { target: "depth" }), /row 0/],
    ["mass 1", "invalid-option", () => density.highestDensityThreshold(model, 1), /a number > 0 and < 1/],
    [
      "mass 0 of an ellipsoid",
      "invalid-option",
      () => density.ellipsoidProbability(model, { component: 0, mass: 0 }),
      /a number > 0 and < 1/,
    ],
    ["an ellipsoid without size", "invalid-option", () => density.ellipsoidProbability(model, { component: 0 }), /one of mass and radius/],
    [
      "an ellipsoid of no component",
      "invalid-option",
      () => density.ellipsoidProbability(model, { component: 2, mass: 0.5 }),
      /from 0 to 1, found 2/,
    ],
    ["a negative radius", "invalid-option", () => density.ellipsoidProbability(model, { component: 0, radius: -1 }), /≥ 0/],
    ["a threshold that is NaN", "invalid-option", () => density.massAbove(model, NaN), /"logDensity" must be a number/],
    ["one draw", "invalid-option", () => density.entropy(model, { draws: 1 }), /"draws" must be/],
    ["a divergence between different features", "feature-mismatch", () => density.klDivergence(model, one), /same features/],
    [
      "a gradient at a point of the wrong width",
      "invalid-shape",
      () => density.logDensityGradient(model, [1]),
      /2 numbers expected, found 1/,
    ],
    ["a gradient at infinity", "not-finite", () => density.logDensityGradient(model, [1, Infinity]), /feature 1 is Infinity/],
    [
      "work that was called off before",
      "aborted",
      () => density.probability(model, { lower: [0, 0] }, { signal: AbortSignal.abort() }),
      /aborted/,
    ],
  ])("%s: %s", async (_, code, ask, message) => {
    const error = await Promise.resolve()
      .then(ask)
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});

const kMeans = await new KMeans({ nClusters: 1, randomState: 1 }).fit([[0], [1]]);
