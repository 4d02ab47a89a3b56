import { describe, expect, it } from "vitest";
import { covarianceTypes, GaussianMixture, KMeans } from "../src/index.ts";
import { revivePoint } from "../src/point.ts";

const X = Array.from({ length: 60 }, (_, row) => [Math.sin(row) + 6 * (row % 3), Math.cos(2 * row), Math.sin(3 * row) - (row % 3)]);

describe("point answers read from JSON alone", () => {
  it.each(covarianceTypes)("are those of the model, to the bit: %s covariance", async (covarianceType) => {
    const model = await new GaussianMixture({ nComponents: 3, covarianceType, randomState: 1 }).fit(X);

    const point = revivePoint(JSON.stringify(model));

    const out = [new Float64Array(3), new Float64Array(3)] as const;
    for (const x of X) {
      expect(point.label(x)).toBe(model.point.label(x));
      expect(point.logDensity(x)).toBe(model.point.logDensity(x));
      expect(point.responsibilities(x, out[0])).toEqual(model.point.responsibilities(x, out[1]));
    }
  });

  it("refuses JSON that is no Gaussian mixture, and names what is wrong", async () => {
    const kMeans = await new KMeans({ nClusters: 2, randomState: 1 }).fit(X);
    const mixture = GaussianMixture.fromParameters({ weights: [1], means: [[0]], covariances: [[[1]]] }).toJSON();

    const invalid = (path: string) => expect.objectContaining({ code: "invalid-model", detail: expect.objectContaining({ path }) });
    expect(() => revivePoint(JSON.stringify(kMeans))).toThrow(invalid("type"));
    expect(() => revivePoint({ ...mixture, covariances: [[[-1]]] })).toThrow(invalid("covariances[0]"));
    expect(() => revivePoint({ ...mixture, weights: [0.5] })).toThrow(invalid("weights"));
  });
});
