import { createRandom } from "@mixtura/core/authoring";
import { describeEstimator } from "@mixtura/testing";
import { describe, expect, it } from "vitest";
import { plugins } from "../src/index.ts";

/** Two hundred rows of two angles, in two groups that can be told apart. */
function rows(): number[][] {
  const random = createRandom(7);
  return Array.from({ length: 200 }, (_, i) => [1.5 * (i % 2 === 0 ? 1 : -1) + 0.4 * random.normal(), 0.5 + 0.3 * random.normal()]);
}

describeEstimator(
  {
    name: "VonMisesMixture",
    plugin: plugins[0]!,
    options: { nComponents: 2 },
    fits: rows,
    starts: [
      (copy) => ({
        meansInit: [
          [copy.moved(1.5, 0), copy.moved(0.5, 1)],
          [copy.moved(-1.5, 0), copy.moved(0.5, 1)],
        ],
      }),
    ],
    scaling: "none",
    minimumRows: 2,
    refused: [{ options: { meansInit: [[1], [2]] }, code: "feature-mismatch" }],
    // What is asked over all numbers holds over one turn, and is tested there.
    expectedFailures: {
      "density/integral-grid": "the density repeats with every turn, so over more than one it integrates to more than 1",
      "density/integral-sampled": "the density repeats with every turn, so over more than one it integrates to more than 1",
      "sampling/moments": "rows are drawn from one turn, and moments of angles are those of their cosines and sines",
    },
  },
  { describe, expect, it },
);
