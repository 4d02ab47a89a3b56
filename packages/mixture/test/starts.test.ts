// What a fit starts from.
import { plainBackend, openFit } from "@mixtura/backend/internal/rows";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { covarianceKind } from "../src/covariance/kinds.ts";
import { floorsOf } from "../src/em/floors.ts";
import { GaussianMixture } from "../src/index.ts";
import { parametersOfModel } from "../src/starts/explicit.ts";
import { startingParameters } from "../src/starts/start.ts";

const random = createRandom(8);
const ROWS = 100;
const data = Float64Array.from({ length: 2 * ROWS }, (_, at) => random.normal() + (at % 4 < 2 ? 0 : 4));
const X = matrix(data, ROWS, 2);

async function openRows() {
  const load = () => Promise.reject(new Error("not wanted"));
  return openFit(X, { caller: "test", backend: plainBackend, work: () => 0, random, load }, {});
}

describe("a start from means that lie far away", () => {
  it("has covariances with all their digits: scatter is taken about the groups' own means", async () => {
    const { rows, pace } = await openRows();
    const floors = floorsOf(0, rows.profile);
    const away = 1e7;
    const problem = { rows, kind: covarianceKind("full"), floors, nComponents: 1, initParams: "kmeans", pace } as const;

    const { covariances } = await startingParameters({ ...problem, explicit: { means: Float64Array.of(away, away) } }, 0, random);

    // About the far means squares are 1e14, of which a double keeps 1e-2. The variances themselves have rounding alone.
    for (const j of [0, 1]) expect(Math.abs(covariances[3 * j]! / rows.profile.variances[j]! - 1)).toBeLessThan(1e-12);
  });
});

describe("a start from a fitted model", () => {
  it("takes a covariance that is shared already to the bit", async () => {
    const weights = [0.1, 0.2, 0.3, 0.4];
    const covariances = [
      [1 / 3, 0.1],
      [0.1, 1.1],
    ];
    const means = [
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ];
    const model = GaussianMixture.fromParameters({ weights, means, covariances, covarianceType: "tied" });
    const { rows } = await openRows();

    const start = parametersOfModel(model, 4, covarianceKind("tied"), rows, "test");

    // A mean of four equal numbers by these weights need not be that number: 1/3 loses a bit.
    expect([...start.covariances]).toEqual(covariances.flat());
  });

  it("wants the same features in the same order, where both sides have names", async () => {
    const named = (...names: string[]) => matrix(data, ROWS, 2, names);
    const init = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(named("length", "width"));
    const fit = (names: string[]) => new GaussianMixture({ nComponents: 2, init, maxIter: 1 }).fit(names.length > 0 ? named(...names) : X);

    for (const names of [
      ["length", "height"],
      ["height", "width"],
      ["width", "length"],
    ])
      await expect(fit(names)).rejects.toMatchObject({ code: "feature-mismatch" });
    for (const names of [["length", "width"], []]) await expect(fit(names)).resolves.toMatchObject({ nComponents: 2 });
  });
});
