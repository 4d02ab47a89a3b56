import type { GaussianComponents, Moments } from "@mixtura/backend";
import { gaussianComponents } from "@mixtura/backend";
import { matrix } from "@mixtura/core";
import { createComparison, requireSame } from "../../comparison.ts";
import { naiveRows } from "../../naive/gaussian.ts";
import { tooFar } from "./fixtures.ts";
import type { BackendLaw, BackendUnderTest } from "./subject.ts";
import { onData } from "./using.ts";

const farPoints: BackendLaw = {
  id: "rows/far",
  needs: [],
  claim: "has right densities and responsibilities for rows a million standard deviations away",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.terms);
    const data = matrix(Float64Array.of(1e6, 0, -1e6, 1e6, 0, -1e6, 3e5, 3e5, 0.5, 0.5), 5, 2);
    const components = gaussianComponents({
      weights: Float64Array.of(0.5, 0.3, 0.2),
      means: Float64Array.of(0, 0, 4, 0, -3, 3),
      shape: "diag",
      shared: false,
      whitening: Float64Array.of(1, 1, 0.5, 1, 1, 0.25),
    });
    const right = naiveRows(data, components);
    await onData(backend, data, async (handle) => {
      const densities = await backend.kernels.logDensities(handle, components);
      comparison.list(
        densities,
        right.map((row) => row.logDensity),
        right.map((row) => Math.abs(row.logDensity)),
        "log-densities",
      );
      const responsibilities = await backend.kernels.responsibilities(handle, components);
      comparison.list(
        responsibilities,
        right.flatMap((row) => row.responsibilities),
        1,
        "responsibilities",
      );
      const moments = await backend.kernels.expectation(handle, components, {
        centres: components.means,
        scatter: "full",
        assignment: "soft",
      });
      requireNoNaN(moments);
    });
    return comparison.figure();
  },
};

const beyondRange: BackendLaw = {
  id: "rows/beyond-range",
  needs: [],
  claim: "gives a row whose squared distances overflow density −∞, to one component wholly, and no NaN",
  check: (subject) => requireFallback(subject, 0),
};

const fallbackOfPositiveWeight: BackendLaw = {
  id: "rows/beyond-range-fallback",
  needs: [],
  claim: "gives a row whose squared distances overflow to the first component of positive weight",
  check: (subject) => requireFallback(subject, 1),
};

/** Two of three rows are out of range; the components before `fallback` have weight 0. */
async function requireFallback({ backend }: BackendUnderTest, fallback: number): Promise<void> {
  const far = tooFar(backend.precision);
  const data = matrix(Float64Array.of(far, 0, 0, 0, -far, far), 3, 2);
  const means = Float64Array.of(0, 0, 4, 0, 0, 5);
  const components: GaussianComponents = {
    ...gaussianComponents({
      weights: Float64Array.of(0.4, 0.3, 0.3),
      means,
      shape: "spherical",
      shared: true,
      whitening: Float64Array.of(1),
    }),
    logOffsets: Float64Array.from({ length: 3 }, (_, k) => (k < fallback ? -Infinity : -2)),
  };
  const { kernels } = backend;
  await onData(backend, data, async (handle) => {
    const densities = await kernels.logDensities(handle, components);
    requireSame([densities[0]!, densities[2]!], [-Infinity, -Infinity], "log-densities");
    const responsibilities = await kernels.responsibilities(handle, components);
    const wanted = [0, 1, 2].map((k) => (k === fallback ? 1 : 0));
    requireSame(responsibilities.subarray(0, 3), wanted, "responsibilities of the first row");
    requireSame(responsibilities.subarray(6, 9), wanted, "responsibilities of the last row");
    const labels = await kernels.labels(handle, components);
    requireSame([labels[0]!, labels[2]!], [fallback, fallback], "labels");
    for (const assignment of ["soft", "hard"] as const) {
      const moments = await kernels.expectation(handle, components, { centres: means, scatter: "none", assignment });
      requireSame(
        [moments.weight, moments.logLikelihood, moments.classificationLogLikelihood],
        [3, -Infinity, -Infinity],
        `${assignment} expectation`,
      );
      if (moments.s0.some(Number.isNaN) || moments.s0[fallback]! < 2) throw new Error(`masses are ${moments.s0.join(", ")}, ${assignment}`);
    }
  });
}

function requireNoNaN({ s0, s1, S2, logLikelihood }: Moments): void {
  if ([...s0, ...s1, ...S2, logLikelihood].some(Number.isNaN)) throw new Error("moments of far rows hold NaN");
}

/** Laws of rows that are far from every component. */
export const farLaws: readonly BackendLaw[] = [farPoints, beyondRange, fallbackOfPositiveWeight];
