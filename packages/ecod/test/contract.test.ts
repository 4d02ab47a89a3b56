import { loadData } from "@mixtura/fixtures";
import { describeEstimator } from "@mixtura/testing";
import { describe, expect, it } from "vitest";
import { plugins } from "../src/index.ts";
import { tailRules } from "../src/options.ts";

for (const tails of tailRules) {
  describeEstimator(
    {
      name: `ECOD, tails by ${tails}`,
      plugin: plugins[0]!,
      options: { tails },
      fits: loadData("iris").rows,
      scaling: "per-feature",
      scaledScore: (score) => score, // ranks do not change under scaling
      laws: tails === "row" ? "all" : "numerical",
    },
    { describe, expect, it },
  );
}
