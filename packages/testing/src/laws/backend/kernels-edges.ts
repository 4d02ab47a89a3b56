import type { GaussianComponents, Moments } from "@mixtura/backend";
import { gaussianComponents } from "@mixtura/backend";
import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createComparison, requireSame } from "../../comparison.ts";
import { naiveRows } from "../../naive/gaussian.ts";
import { naiveExpectation, naiveLabelledMoments } from "../../naive/moments.ts";
import { compareMoments } from "./compare-moments.ts";
import { drawCase, SCATTERS } from "./fixtures.ts";
import type { BackendLaw } from "./subject.ts";
import { onData } from "./using.ts";

const firstOfEquals: BackendLaw = {
  id: "ties/first-of-equals",
  needs: [],
  claim: "gives a row that several components claim alike to the first of them",
  async check({ backend }) {
    const data = matrix(Float64Array.of(0, 1, 0, -1, 0, 0, 0.5, 3), 4, 2);
    // Components 1, 2 and 4 are the same; 0 and 3 are further from every row.
    const means = Float64Array.of(9, 9, 0, 0, 0, 0, -9, 9, 0, 0);
    const components = gaussianComponents({ weights: new Float64Array(5).fill(0.2), means, shape: "spherical", shared: true, whitening: Float64Array.of(1) });
    const { kernels } = backend;
    await onData(backend, data, async (handle) => {
      requireSame(await kernels.labels(handle, components), [1, 1, 1, 1], "labels");
      requireSame((await kernels.nearestCentroid(handle, means)).labels, [1, 1, 1, 1], "nearestCentroid");
      const { s0 } = await kernels.expectation(handle, components, { centres: means, scatter: "none", assignment: "hard" });
      requireSame(s0, [0, 4, 0, 0, 0], "masses of a hard expectation");
      const shares = await kernels.responsibilities(handle, components);
      for (let row = 0; row < 4; row++) {
        const [a, b, c] = [shares[row * 5 + 1], shares[row * 5 + 2], shares[row * 5 + 4]];
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
      const components = { ...item.components, logOffsets: item.components.logOffsets.map((offset, k) => (k === gone ? -Infinity : offset)) };
      await onData(backend, item.data, async (handle) => {
        const shares = await backend.kernels.responsibilities(handle, components);
        const right = naiveRows(item.data, components);
        comparison.list(shares, right.flatMap((row) => row.responsibilities), 1, `responsibilities without component ${gone}`);
        if (shares.some((share, index) => index % 3 === gone && share !== 0)) throw new Error(`component ${gone} of weight 0 has a share above 0`);
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

const zeroWeights: BackendLaw = {
  id: "rows/weight-zero",
  needs: [],
  claim: "keeps no trace of a row of weight 0 or label −1, however far away it lies",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.moments);
    const item = drawCase({ rows: 80, features: 3, count: 2, shape: "full", shared: false, seed: 52 });
    const far = item.data.data.map((value, index) => (item.rowWeights[Math.floor(index / 3)] === 0 ? tooFar(backend.precision) : value));
    const labels = item.labels.map((label, row) => (item.rowWeights[row] === 0 ? -1 : label));
    const kept = keepRows(item.data, (row) => item.rowWeights[row] !== 0);
    const weights = item.rowWeights.filter((weight) => weight !== 0);
    for (const assignment of ["soft", "hard"] as const) {
      const options = { centres: item.centres, scatter: "full", assignment } as const;
      const found = await onData(backend, { ...item.data, data: far }, (handle) =>
        backend.kernels.expectation(handle, item.components, { ...options, rowWeights: item.rowWeights }),
      );
      const { moments, scale } = naiveExpectation(kept, item.components, { ...options, rowWeights: weights });
      compareMoments(comparison, found, moments, scale, `${assignment} expectation`);
    }
    for (const scatter of SCATTERS) {
      const whole = await onData(backend, { ...item.data, data: far }, (handle) => backend.kernels.moments(handle, { centres: item.centres, scatter, labels }));
      const without = await onData(backend, kept, (handle) =>
        backend.kernels.moments(handle, { centres: item.centres, scatter, labels: labels.filter((_, row) => item.rowWeights[row] !== 0) }),
      );
      for (const field of ["s0", "s1", "S2"] as const) comparison.list(whole[field], without[field], sizeOf(without), `${field} of labelled moments, ${scatter}`);
    }
    return comparison.figure();
  },
};

const repeated: BackendLaw = {
  id: "rows/weights-are-repeats",
  needs: [],
  claim: "counts a row of weight 3 as three rows",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.moments);
    const { data, components, centres } = drawCase({ rows: 70, features: 4, count: 2, shape: "full", shared: true, seed: 53 });
    const times = Float64Array.from({ length: data.rows }, (_, row) => row % 4);
    const order = [...times].flatMap((count, row) => Array.from({ length: count }, () => row));
    const repeatedRows = matrix(Float64Array.from(order.flatMap((row) => [...data.data.subarray(row * 4, row * 4 + 4)])), order.length, 4);
    for (const assignment of ["soft", "hard"] as const) {
      const options = { centres, scatter: "full", assignment } as const;
      const weighted = await onData(backend, data, (handle) => backend.kernels.expectation(handle, components, { ...options, rowWeights: times }));
      const long = await onData(backend, repeatedRows, (handle) => backend.kernels.expectation(handle, components, options));
      const { scale } = naiveExpectation(data, components, { ...options, rowWeights: times });
      compareMoments(comparison, { ...weighted, livePairs: long.livePairs }, long, scale, assignment);
    }
    return comparison.figure();
  },
};

const offset: BackendLaw = {
  id: "moments/offset",
  needs: [],
  claim: "takes scatter about the given centres, so that an offset of 4 000 standard deviations costs no digit",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.moments);
    for (const features of [2, 6]) {
      const item = drawCase({ rows: 120, features, count: 2, shape: "full", shared: false, seed: 54 });
      // Numbers near 4 096 in steps of 2⁻¹⁰ are exact in float32, and so are their differences.
      const away = (values: Float64Array): Float64Array => values.map((value) => 4096 + Math.round(value * 1024) / 1024);
      const data = { ...item.data, data: away(item.data.data) };
      const components = { ...item.components, means: away(item.components.means) };
      const centres = away(item.centres);
      await onData(backend, data, async (handle) => {
        for (const scatter of SCATTERS) {
          const options = { centres, scatter, assignment: "soft", rowWeights: item.rowWeights } as const;
          const right = naiveExpectation(data, components, options);
          compareMoments(comparison, await backend.kernels.expectation(handle, components, options), right.moments, right.scale, `expectation, ${scatter}, d = ${features}`);
          const labelled = { centres, scatter, labels: item.labels, rowWeights: item.rowWeights };
          const rightLabelled = naiveLabelledMoments(data, labelled);
          compareMoments(comparison, await backend.kernels.moments(handle, labelled), rightLabelled.moments, rightLabelled.scale, `moments, ${scatter}, d = ${features}`);
        }
      });
    }
    return comparison.figure();
  },
};

const farPoints: BackendLaw = {
  id: "rows/far",
  needs: [],
  claim: "has right densities and shares for rows a million standard deviations away",
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
      comparison.list(densities, right.map((row) => row.logDensity), right.map((row) => Math.abs(row.logDensity)), "log-densities");
      const shares = await backend.kernels.responsibilities(handle, components);
      comparison.list(shares, right.flatMap((row) => row.responsibilities), 1, "responsibilities");
      const moments = await backend.kernels.expectation(handle, components, { centres: components.means, scatter: "full", assignment: "soft" });
      requireNoNaN(moments);
    });
    return comparison.figure();
  },
};

const beyondRange: BackendLaw = {
  id: "rows/beyond-range",
  needs: [],
  claim: "gives a row whose squared distances overflow density −∞, to the first component of positive weight, and no NaN",
  async check({ backend }) {
    const far = tooFar(backend.precision);
    const data = matrix(Float64Array.of(far, 0, 0, 0, -far, far), 3, 2);
    for (const first of [0, 1]) {
      const components: GaussianComponents = {
        ...gaussianComponents({ weights: Float64Array.of(0.4, 0.3, 0.3), means: Float64Array.of(0, 0, 4, 0, 0, 5), shape: "spherical", shared: true, whitening: Float64Array.of(1) }),
        logOffsets: Float64Array.of(first === 0 ? -2 : -Infinity, -2, -2),
      };
      await onData(backend, data, async (handle) => {
        const densities = await backend.kernels.logDensities(handle, components);
        requireSame(densities.filter((_, row) => row !== 1), [-Infinity, -Infinity], "log-densities");
        const shares = await backend.kernels.responsibilities(handle, components);
        const wanted = [0, 1, 2].map((k) => (k === first ? 1 : 0));
        requireSame(shares.subarray(0, 3), wanted, "responsibilities of the first row");
        requireSame(shares.subarray(6, 9), wanted, "responsibilities of the last row");
        requireSame((await backend.kernels.labels(handle, components)).filter((_, row) => row !== 1), [first, first], "labels");
        for (const assignment of ["soft", "hard"] as const) {
          const moments = await backend.kernels.expectation(handle, components, { centres: components.means, scatter: "none", assignment });
          requireSame([moments.logLikelihood, moments.classificationLogLikelihood], [-Infinity, -Infinity], `log-likelihoods, ${assignment}`);
          requireSame([moments.weight, moments.livePairs >= 3 ? 1 : 0], [3, 1], `rows counted, ${assignment}`);
          if (moments.s0.some(Number.isNaN) || moments.s0[first]! < 2) throw new Error(`masses are ${moments.s0.join(", ")}, ${assignment}`);
        }
      });
    }
  },
};

function requireNoNaN({ s0, s1, S2, logLikelihood }: Moments): void {
  if ([...s0, ...s1, ...S2, logLikelihood].some(Number.isNaN)) throw new Error("moments of far rows hold NaN");
}

/** A coordinate whose square is infinite. */
function tooFar(precision: "float64" | "float32"): number {
  return precision === "float64" ? 1e200 : 2 ** 70;
}

/** The largest number that the moments' rounding errors can be relative to. */
function sizeOf({ s0, s1, S2 }: Moments): number {
  return Math.max(...s0, ...s1.map(Math.abs), ...S2.map(Math.abs));
}

function keepRows(m: Matrix, keep: (row: number) => boolean): Matrix {
  const rows = Array.from({ length: m.rows }, (_, row) => row).filter(keep);
  return matrix(Float64Array.from(rows.flatMap((row) => [...m.data.subarray(row * m.columns, (row + 1) * m.columns)])), rows.length, m.columns);
}

/** Laws of rows and components at the edge of what is sensible. */
export const edgeLaws: readonly BackendLaw[] = [firstOfEquals, weightless, zeroWeights, repeated, offset, farPoints, beyondRange];
