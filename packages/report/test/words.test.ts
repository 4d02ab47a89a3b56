import { GaussianMixture } from "@mixtura/mixture";
import { certaintyOf, certaintyWords, describeComponents } from "../src/internal.ts";
import { describe, expect, it } from "vitest";

describe("components in words", () => {
  const model = GaussianMixture.fromParameters({
    weights: [0.5, 0.5],
    means: [
      [2, 50, 0],
      [4, 80, 0],
    ],
    covariances: [
      [
        [0.04, 0.9, 0],
        [0.9, 36, 0],
        [0, 0, 1],
      ],
      [
        [0.04, -0.9, 0],
        [-0.9, 36, 0],
        [0, 0, 1],
      ],
    ],
  });

  it("name what sets a component apart from all rows, and which features move together", () => {
    const [low, high] = describeComponents(model, ["eruptions", "waiting", "noise"]);

    expect(low!.words).toBe("low eruptions (2.00), low waiting (50.0)");
    expect(low!.correlation).toBe("eruptions rises with waiting (ρ = 0.75)");
    expect(high!.words).toBe("high eruptions (4.00), high waiting (80.0)");
    expect(high!.correlation).toBe("eruptions falls as waiting rises (ρ = -0.75)");
  });

  it("say how sure labels are only where that is known", async () => {
    const X = [0, 0.1, 0.2, 9, 9.1, 9.2, 9.3].map((x) => [x]);
    const fitted = await new GaussianMixture({ nComponents: 2, covarianceType: "tied", randomState: 1 }).fit(X);

    expect(certaintyOf(model, 10)).toBeUndefined();
    expect(certaintyOf(fitted, 7)).toBeCloseTo(1, 6); // groups hundreds of standard deviations apart
    expect(certaintyWords(0.5)).toContain("overlap a lot");
  });
});
