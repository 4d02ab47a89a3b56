import { greatestOf } from "@mixtura/core/internal";
import type { Moments } from "@mixtura/backend";
import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createComparison } from "../../comparison.ts";
import { naiveExpectation, naiveLabelledMoments } from "../../naive/moments.ts";
import { compareMoments } from "./compare-moments.ts";
import { drawCase, SCATTERS, tooFar } from "./fixtures.ts";
import type { BackendLaw } from "./subject.ts";
import { onData } from "./using.ts";

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
      const whole = await onData(backend, { ...item.data, data: far }, (handle) =>
        backend.kernels.moments(handle, { centres: item.centres, scatter, labels }),
      );
      const without = await onData(backend, kept, (handle) =>
        backend.kernels.moments(handle, { centres: item.centres, scatter, labels: labels.filter((_, row) => item.rowWeights[row] !== 0) }),
      );
      for (const field of ["s0", "s1", "S2"] as const)
        comparison.list(whole[field], without[field], sizeOf(without), `${field} of labelled moments, ${scatter}`);
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
      const weighted = await onData(backend, data, (handle) =>
        backend.kernels.expectation(handle, components, { ...options, rowWeights: times }),
      );
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
          compareMoments(
            comparison,
            await backend.kernels.expectation(handle, components, options),
            right.moments,
            right.scale,
            `expectation, ${scatter}, d = ${features}`,
          );
          const labelled = { centres, scatter, labels: item.labels, rowWeights: item.rowWeights };
          const rightLabelled = naiveLabelledMoments(data, labelled);
          compareMoments(
            comparison,
            await backend.kernels.moments(handle, labelled),
            rightLabelled.moments,
            rightLabelled.scale,
            `moments, ${scatter}, d = ${features}`,
          );
        }
      });
    }
    return comparison.figure();
  },
};

/** The largest number that the moments' rounding errors can be relative to. */
function sizeOf({ s0, s1, S2 }: Moments): number {
  return greatestOf(s0, greatestOf(s1.map(Math.abs), greatestOf(S2.map(Math.abs))));
}

function keepRows(m: Matrix, keep: (row: number) => boolean): Matrix {
  const rows = Array.from({ length: m.rows }, (_, row) => row).filter(keep);
  return matrix(
    Float64Array.from(rows.flatMap((row) => [...m.data.subarray(row * m.columns, (row + 1) * m.columns)])),
    rows.length,
    m.columns,
  );
}

/** Laws of what rows count for, and of where they lie. */
export const rowLaws: readonly BackendLaw[] = [zeroWeights, repeated, offset];
