import { matrix } from "@mixtura/core";
import { describe, expect, it } from "vitest";
import { selectMixture } from "../src/index.ts";

describe("3 rows of 70,000 features (#17)", () => {
  it("are one failed candidate for each type whose covariances they have no room for; the others are fitted", async () => {
    const X = matrix(
      Float64Array.from({ length: 210_000 }, (_, at) => Math.sin(at)),
      3,
      70_000,
    );

    const { candidates } = await selectMixture(X, { nComponents: [1, 2], nInit: 1, randomState: 0 });

    const ends = candidates.map(({ covarianceType, nComponents, error }) => `${covarianceType} ${nComponents}: ${error?.code ?? "fitted"}`);
    expect(ends.toSorted()).toEqual([
      "diag 1: fitted",
      "diag 2: fitted",
      "full 1: too-many-features",
      "full 2: too-many-features",
      "spherical 1: fitted",
      "spherical 2: fitted",
      "tied 1: too-many-features",
      "tied 2: too-many-features",
    ]);
  });
});
