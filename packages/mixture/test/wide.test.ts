// More features than have a square: whatever held d×d numbers would be refused by the engine.
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { BayesianGaussianMixture, GaussianMixture } from "../src/index.ts";

const d = 150_000;
const random = createRandom(16);
const data = Float64Array.from({ length: 4 * d }, () => random.normal());
for (let at = 0; at < 2 * d; at++) data[at]! += 4;
const X = matrix(data, 4, d);
const options = { nComponents: 2, randomState: 1, maxIter: 1 } as const;

describe("150 000 features (#16)", () => {
  it("are fitted from two kinds of start, answered about and gone on with: diag", async () => {
    const model = await new GaussianMixture({ ...options, covarianceType: "diag", nInit: 2 }).fit(X);
    const on = await new GaussianMixture({ ...options, covarianceType: "diag", init: model }).fit(X);

    const labels = await on.predict(X);
    expect([labels[0] === labels[1], labels[0] === labels[2]]).toEqual([true, false]);
    expect((await on.scoreSamples(X)).every(Number.isFinite)).toBe(true);
    expect(on.sample(1, { randomState: 1 }).X.columns).toBe(d);
  });

  it.each(["tied-diag", "spherical"] as const)("are given a posterior: %s", async (covarianceType) => {
    const model = await new BayesianGaussianMixture({ ...options, covarianceType }).fit(X);

    expect((await model.scoreSamples(X)).every(Number.isFinite)).toBe(true);
  });

  it("are repaired where they have no spread and components lose their rows", async () => {
    const equal = matrix(new Float64Array(3 * d).fill(1), 3, d);

    const model = await new GaussianMixture({ ...options, covarianceType: "diag", regCovar: 0 }).fit(equal);

    expect(await model.predict(equal)).toHaveLength(3);
  });
});
