import { createRandom } from "@mixtura/core/authoring";
import { describeEstimator } from "@mixtura/testing";
import { describe, expect, it } from "vitest";
import { plugins } from "../src/index.ts";

/** Two hundred rows of two features, in two groups. */
function rows(): number[][] {
  const random = createRandom(7);
  return Array.from({ length: 200 }, (_, i) => [
    10 * (i % 2) + random.normal(),
    5 + 2 * random.normal(),
  ]);
}

describeEstimator(
  {
    name: "MedianBox",
    plugin: plugins[0]!,
    fits: rows,
    scaling: "per-feature",
  },
  { describe, expect, it },
);
