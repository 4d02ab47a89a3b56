import { centroidComponents, CHUNK_ROWS, referenceBackend } from "@mixtura/backend";
import { matrix } from "@mixtura/core";
import { rowRange } from "@mixtura/core/authoring";
import { createComparison, requireSame } from "../../comparison.ts";
import { naivePotentials } from "../../naive/potentials.ts";
import type { Case } from "./fixtures.ts";
import { chunkCases, drawCase, mediumCases, smallCases, tooFar } from "./fixtures.ts";
import type { BackendLaw } from "./subject.ts";
import { onData } from "./using.ts";

/** With and without weights. Log-offsets are those of a mixture, which the kernel must not look at. */
function asked({ potentials, rowWeights }: Case, weighted: boolean) {
  return { potentials, rowWeights: weighted ? rowWeights : undefined };
}

/** A row adds at most its potential and errs by what its distance errs, which may be relative to the row's own size. */
function scaleOf(sums: ArrayLike<number>, rows: number): Float64Array {
  return Float64Array.from(sums, (sum) => Math.max(rows, sum));
}

const naive: BackendLaw = {
  id: "potentials/naive",
  needs: [],
  claim: "agrees with the definition, for every shape, shared or not, d, k and log-offsets",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.moments);
    for (const item of smallCases()) {
      await onData(backend, item.data, async (handle) => {
        for (const weighted of [false, true]) {
          const options = asked(item, weighted);
          const right = naivePotentials(item.data, item.components, options);
          const found = await backend.kernels.potentials(handle, item.components, options);
          comparison.list(found, right, scaleOf(right, item.rows), `${item.name}${weighted ? ", weighted" : ""}`);
        }
      });
    }
    return comparison.figure();
  },
};

const reference: BackendLaw = {
  id: "potentials/reference",
  needs: [],
  claim: "agrees with the reference backend for row counts below, at and over a chunk",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.moments);
    for (const [index, item] of [...chunkCases(), ...mediumCases()].entries()) {
      const options = asked(item, index % 2 === 0);
      const right = await referenceBackend.kernels.potentials(await referenceBackend.upload(item.data), item.components, options);
      const found = await onData(backend, item.data, (handle) => backend.kernels.potentials(handle, item.components, options));
      comparison.list(found, right, scaleOf(right, item.rows), item.name);
    }
    return comparison.figure();
  },
};

const chunkMerge: BackendLaw = {
  id: "potentials/chunk-merge",
  needs: [],
  claim: "sums rows as the in-order sum of its chunks, bit for bit",
  async check({ backend }) {
    for (const [features, shape] of [
      [2, "spherical"],
      [5, "diag"],
      [8, "full"],
    ] as const) {
      const { data, components, potentials, rowWeights, name } = drawCase({
        rows: 2 * CHUNK_ROWS + 700,
        features,
        count: 3,
        shape,
        shared: true,
        seed: 33,
      });
      const whole = await onData(backend, data, (handle) => backend.kernels.potentials(handle, components, { potentials, rowWeights }));
      const total = new Float64Array(3);
      for (let start = 0; start < data.rows; start += CHUNK_ROWS) {
        const end = Math.min(start + CHUNK_ROWS, data.rows);
        const options = { potentials: potentials.slice(start, end), rowWeights: rowWeights.slice(start, end) };
        const part = await onData(backend, rowRange(data, start, end), (handle) => backend.kernels.potentials(handle, components, options));
        part.forEach((sum, k) => (total[k]! += sum));
      }
      requireSame(whole, total, name);
    }
  },
};

const repeated: BackendLaw = {
  id: "potentials/weights-are-repeats",
  needs: [],
  claim: "counts a row of weight 3 as three rows",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.moments);
    const { data, components, potentials } = drawCase({ rows: 71, features: 4, count: 3, shape: "diag", shared: true, seed: 34 });
    const times = Float64Array.from({ length: data.rows }, (_, row) => row % 4);
    const order = [...times].flatMap((count, row) => Array.from({ length: count }, () => row));
    const written = matrix(Float64Array.from(order.flatMap((row) => [...data.data.subarray(row * 4, row * 4 + 4)])), order.length, 4);
    const weighted = await onData(backend, data, (handle) =>
      backend.kernels.potentials(handle, components, { potentials, rowWeights: times }),
    );
    const long = await onData(backend, written, (handle) =>
      backend.kernels.potentials(handle, components, { potentials: Float64Array.from(order, (row) => potentials[row]!) }),
    );
    comparison.list(weighted, long, long, "71 rows");
    return comparison.figure();
  },
};

const zeroWeights: BackendLaw = {
  id: "potentials/weight-zero",
  needs: [],
  claim: "keeps no trace of a row of weight 0, however far away it lies",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.moments);
    const item = drawCase({ rows: 81, features: 3, count: 2, shape: "full", shared: true, seed: 35 });
    const { components, rowWeights } = item;
    const far = item.data.data.map((value, index) => (rowWeights[Math.floor(index / 3)] === 0 ? tooFar(backend.precision) : value));
    const potentials = item.potentials.map((value, row) => (rowWeights[row] === 0 ? Infinity : value));
    const right = naivePotentials(item.data, components, { potentials: item.potentials, rowWeights });
    const found = await onData(backend, { ...item.data, data: far }, (handle) =>
      backend.kernels.potentials(handle, components, { potentials, rowWeights }),
    );
    comparison.list(found, right, scaleOf(right, item.rows), "81 rows");
    return comparison.figure();
  },
};

const beyondRange: BackendLaw = {
  id: "potentials/beyond-range",
  needs: [],
  claim: "leaves a row its potential where the distance overflows or is not a number",
  async check({ backend }) {
    const far = tooFar(backend.precision);
    for (const d of [2, 8]) {
      // The last entry of W (x − c) is far² − far² for the first row; the second row lies on the candidate, as does the third, nearer to another.
      const whitening = Float64Array.from({ length: d * d }, (_, at) => (at % (d + 1) === 0 ? 1 : 0));
      whitening[d * d - 2] = whitening[d * d - 1] = far;
      const data = matrix(new Float64Array(3 * d), 3, d);
      data.data.set([far, -far], d - 2);
      const centres = centroidComponents(new Float64Array(2 * d), 2, { shape: "full", whitening });
      for (const rowWeights of [undefined, Float64Array.of(1, 2, 3)]) {
        const options = { potentials: Float64Array.of(5, 7, 0), rowWeights };
        const found = await onData(backend, data, (handle) => backend.kernels.potentials(handle, centres, options));
        requireSame(found, [5, 5], `d = ${d}${rowWeights === undefined ? "" : ", weighted"}`);
      }
    }
  },
};

/** Laws of the kernel that starting points are chosen by. */
export const potentialLaws: readonly BackendLaw[] = [naive, reference, chunkMerge, repeated, zeroWeights, beyondRange];
