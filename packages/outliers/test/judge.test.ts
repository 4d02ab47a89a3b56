import { ECOD } from "@mixtura/ecod";
import { GaussianMixture } from "@mixtura/mixture";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { EllipticEnvelope, MixtureDetector, RefitOnInliers } from "../src/index.ts";

const random = createRandom(5);
const X = matrix(
  Float64Array.from({ length: 400 }, () => random.normal()),
  200,
  2,
);
const mixture = GaussianMixture.fromParameters({
  weights: [1],
  means: [[0, 0]],
  covariances: [
    [
      [1, 0],
      [0, 1],
    ],
  ],
});

describe("rows judged by one scoring", () => {
  it.each([
    ["EllipticEnvelope", new EllipticEnvelope({ threshold: { contamination: 0.05 }, randomState: 1 })],
    ["EllipticEnvelope, a threshold without scores", new EllipticEnvelope({ threshold: { chiSquare: 0.9 }, randomState: 1 })],
    ["MixtureDetector", new MixtureDetector({ mixture, threshold: { gap: 0.2 } })],
    ["RefitOnInliers", new RefitOnInliers({ rule: { contamination: 0.1 }, rounds: 1, randomState: 1 })],
    ["ECOD", new ECOD()],
  ])("%s says of its training rows what its model says of them", async (_, estimator) => {
    const { model, scores, labels } = await estimator.fitPredict(X);

    expect(scores).toEqual(await model.scoreSamples(X));
    expect(labels).toEqual(await model.predict(X));
    expect(await model.judge(X)).toEqual({ scores, labels });
  });

  it("adds p-values where the model is calibrated", async () => {
    const model = await new EllipticEnvelope({ novelty: true, threshold: { fpr: 0.05 }, randomState: 1 }).fit(X);

    const { pValues, scores } = await model.judge(X);

    expect(scores).toEqual(await model.scoreSamples(X));
    expect(pValues).toEqual(await model.pValues(X));
  });
});
