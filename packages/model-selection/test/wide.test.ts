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

    const { candidates } = await selectMixture(X, { nComponents: [1], randomState: 0 });

    const ends = Object.fromEntries(candidates.map((candidate) => [candidate.covarianceType, candidate.error?.code]));
    expect(ends).toEqual({ full: "too-many-features", tied: "too-many-features", diag: undefined, spherical: undefined });
  });
});
