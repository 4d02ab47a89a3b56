import { BayesianGaussianMixture } from "@mixtura/mixture";
import { describe, expect, it } from "vitest";
import { clusters, faultsOf, pageOfOutcome, wordsOf } from "./page.ts";

describe("a report of a posterior", () => {
  it.each([1, 2, 3])(
    "describes the components that hold rows, and all weights next to their prior expectations: %i feature(s)",
    async (features) => {
      const X = clusters({ rows: 150, features, groups: 3, names: ["size", "mass", "age"].slice(0, features) });
      const model = await new BayesianGaussianMixture({ nComponents: 8, moves: true, randomState: 1 }).fit(X);
      const { seed = 0, elapsedMilliseconds = 0 } = model.trace;

      const page = await pageOfOutcome(X, { model, candidates: [], criterion: "bic", seed, elapsedMilliseconds });

      const words = wordsOf(page);
      expect(faultsOf(page)).toEqual([]);
      expect(words).toContain("150 rows of rows.csv were described as 3 groups");
      expect(words).toContain("Fitted: up to 8 components, full covariance");
      expect(words).toMatch(/Before the rows were seen, they were expected to occupy 1\.\d of the 8 components; they occupy 3\.0\./);
      expect(words).toContain("Weights, before the rows and after");
      // Eight components: three of a third, five of nothing; a Dirichlet process of 1/8 expects 8/9 of the one whose stick is the first.
      expect(words).toMatch(/component expected before expected now rows 0 [\d.]+% 3\d%/);
      const first = model.sticks!.indexOf(0);
      expect(words).toMatch(new RegExp(` ${first} 89% 3\\d%`));
      expect(first).toBeLessThan(3);
      expect(words.match(/Group \d/g)!.every((name) => /Group [0-2]/.test(name))).toBe(true);
      expect(words).toContain("new BayesianGaussianMixture({");
      expect(words).not.toContain("BIC");
      expect(words).not.toContain("(empty)");
    },
  );
});
