import { loadData, loadMclust } from "@mixtura/fixtures";
import type { CovarianceType } from "@mixtura/mixture";
import { selectMixture } from "../src/index.ts";
import { describe, expect, it } from "vitest";

/** mclust's names of our covariance types; V and E in one dimension. */
const FAMILIES: Readonly<Record<string, CovarianceType>> = {
  VVV: "full",
  EEE: "tied",
  VVI: "diag",
  VII: "spherical",
  V: "full",
  E: "tied",
};

describe("choosing by BIC on real data", () => {
  it.each(["faithful", "galaxies", "acidity", "iris", "diabetes", "thyroid_gland", "crabs", "penguins"])(
    "reaches mclust's best of the same four families or better, without a degenerate component: %s",
    async (name) => {
      const { rows } = loadData(name);
      const { table } = loadMclust(name);
      const reference = Math.max(...table.filter(({ model }) => model in FAMILIES).map(({ bic }) => bic));
      const nComponents = [...new Set(table.map(({ components }) => components))];

      const { winner, candidates } = await selectMixture(rows, { nComponents, randomState: 3, tol: 1e-6 });

      // mclust adds nothing to the variances, we add 1e-6 of the features' variances: of 5,000 nats that costs some hundredths.
      expect(winner.bic).toBeLessThan(-reference + 0.05);
      expect(winner.degenerate).toBe(false);
      expect(winner.icl).toBeGreaterThanOrEqual(winner.bic);
      expect(candidates.filter(({ degenerate }) => degenerate)).not.toContain(winner);
    },
  );
});
