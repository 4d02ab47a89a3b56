import { gaussianComponents } from "@mixtura/backend";
import { matrix } from "@mixtura/core";
import { createComparison, requireSame } from "../../comparison.ts";
import { naiveRows } from "../../naive/gaussian.ts";
import { naiveExpectation } from "../../naive/moments.ts";
import { compareMoments } from "./compare-moments.ts";
import { drawCase, SCATTERS } from "./fixtures.ts";
import type { BackendLaw } from "./subject.ts";
import { onData } from "./using.ts";

const firstOfEquals: BackendLaw = {
  id: "ties/first-of-equals",
  needs: [],
  claim: "gives a row with equal terms in several components to the first of them",
  async check({ backend }) {
    const data = matrix(Float64Array.of(0, 1, 0, -1, 0, 0, 0.5, 3), 4, 2);
    // Components 1, 2 and 4 are the same; 0 and 3 are further from every row.
    const means = Float64Array.of(9, 9, 0, 0, 0, 0, -9, 9, 0, 0);
    const components = gaussianComponents({
      weights: new Float64Array(5).fill(0.2),
      means,
      shape: "spherical",
      shared: true,
      whitening: Float64Array.of(1),
    });
    const { kernels } = backend;
    await onData(backend, data, async (handle) => {
      requireSame(await kernels.labels(handle, components), [1, 1, 1, 1], "labels");
      requireSame((await kernels.nearestCentroid(handle, means)).labels, [1, 1, 1, 1], "nearestCentroid");
      const { s0 } = await kernels.expectation(handle, components, { centres: means, scatter: "none", assignment: "hard" });
      requireSame(s0, [0, 4, 0, 0, 0], "masses of a hard expectation");
      const responsibilities = await kernels.responsibilities(handle, components);
      for (let row = 0; row < 4; row++) {
        const [a, b, c] = [responsibilities[row * 5 + 1], responsibilities[row * 5 + 2], responsibilities[row * 5 + 4]];
        if (a !== b || b !== c) throw new Error(`responsibilities of equal components differ: ${a}, ${b}, ${c}`);
      }
    });
  },
};

const weightless: BackendLaw = {
  id: "components/weight-zero",
  needs: [],
  claim: "gives nothing to a component of log-offset −∞, and no NaN",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.moments);
    for (const gone of [0, 1, 2]) {
      const item = drawCase({ rows: 60, features: 3, count: 3, shape: "full", shared: false, seed: 51 });
      const components = {
        ...item.components,
        logOffsets: item.components.logOffsets.map((offset, k) => (k === gone ? -Infinity : offset)),
      };
      await onData(backend, item.data, async (handle) => {
        const responsibilities = await backend.kernels.responsibilities(handle, components);
        const right = naiveRows(item.data, components);
        comparison.list(
          responsibilities,
          right.flatMap((row) => row.responsibilities),
          1,
          `responsibilities without component ${gone}`,
        );
        if (responsibilities.some((responsibility, index) => index % 3 === gone && responsibility !== 0))
          throw new Error(`component ${gone} of weight 0 has a responsibility above 0`);
        for (const scatter of SCATTERS) {
          const options = { centres: item.centres, scatter, assignment: "soft", rowWeights: item.rowWeights } as const;
          const found = await backend.kernels.expectation(handle, components, options);
          const { moments, scale } = naiveExpectation(item.data, components, options);
          compareMoments(comparison, found, moments, scale, `moments without component ${gone}`);
        }
      });
    }
    return comparison.figure();
  },
};

/** Laws of components that are equal, or of weight 0. */
export const componentLaws: readonly BackendLaw[] = [firstOfEquals, weightless];
