import { leastOf } from "@mixtura/core/internal";
import type { Backend, GaussianComponents } from "@mixtura/backend";
import { referenceBackend } from "@mixtura/backend";
import { factorSize } from "@mixtura/backend/internal/factors";
import type { Comparison } from "../../comparison.ts";
import { createComparison, requireSame } from "../../comparison.ts";
import type { RowView } from "../../naive/gaussian.ts";
import { naiveRows } from "../../naive/gaussian.ts";
import type { Case } from "./fixtures.ts";
import { chunkCases, drawCase, smallCases } from "./fixtures.ts";
import type { BackendLaw } from "./subject.ts";
import { onData } from "./using.ts";

/** A kernel with an output per row: how it is called, and what the definition says for a row. */
interface OutputKernel {
  readonly name: string;
  readonly run: (backend: Backend, handle: unknown, components: GaussianComponents) => Promise<ArrayLike<number>>;
  readonly right: (row: RowView) => readonly number[];
  /** Whether outputs are indices, which are right or wrong. */
  readonly exact: boolean;
}

const OUTPUTS: readonly OutputKernel[] = [
  {
    name: "log-densities",
    run: (backend, handle, components) => backend.kernels.logDensities(handle, components),
    right: ({ logDensity }) => [logDensity],
    exact: false,
  },
  {
    name: "responsibilities",
    run: (backend, handle, components) => backend.kernels.responsibilities(handle, components),
    right: ({ responsibilities }) => responsibilities,
    exact: false,
  },
  {
    name: "labels",
    run: (backend, handle, components) => backend.kernels.labels(handle, components),
    right: ({ label }) => [label],
    exact: true,
  },
  {
    name: "squared-mahalanobis",
    run: (backend, handle, components) => backend.kernels.squaredMahalanobis(handle, components),
    right: ({ squaredDistances }) => squaredDistances,
    exact: false,
  },
];

function againstNaive({ name, run, right, exact }: OutputKernel): BackendLaw {
  return {
    id: `${name}/naive`,
    needs: [],
    claim: "agrees with the definition, for every shape, shared or not, d and k",
    async check({ backend, tolerances }) {
      const comparison = createComparison(tolerances.terms);
      for (const item of smallCases()) {
        const found = await onData(backend, item.data, (handle) => run(backend, handle, item.components));
        compareOutputs(comparison, found, naiveRows(item.data, item.components).flatMap(right), exact, item);
      }
      return exact ? undefined : comparison.figure();
    },
  };
}

function againstReference({ name, run, exact }: OutputKernel): BackendLaw {
  return {
    id: `${name}/reference`,
    needs: [],
    claim: "agrees with the reference backend for row counts below, at and over a chunk",
    async check({ backend, tolerances }) {
      const comparison = createComparison(tolerances.terms);
      for (const item of chunkCases()) {
        const right = await run(referenceBackend, await referenceBackend.upload(item.data), item.components);
        const found = await onData(backend, item.data, (handle) => run(backend, handle, item.components));
        compareOutputs(comparison, found, right, exact, item);
      }
      return exact ? undefined : comparison.figure();
    },
  };
}

function compareOutputs(
  comparison: Comparison,
  found: ArrayLike<number>,
  right: ArrayLike<number>,
  exact: boolean,
  { name, count }: Case,
): void {
  if (exact) requireSame(found, right, name);
  // Terms of a row are of one size, so its rounding errors are relative to the largest; responsibilities and small distances to 1.
  else
    comparison.list(
      found,
      right,
      Float64Array.from(right, (_, i) => Math.max(1, largestOfRow(right, i, right.length % count === 0 ? count : 1))),
      name,
    );
}

function largestOfRow(values: ArrayLike<number>, index: number, width: number): number {
  const start = index - (index % width);
  let most = 0;
  for (let i = start; i < start + width; i++) most = Math.max(most, Math.abs(values[i]!));
  return most;
}

const nearestCentroid: BackendLaw = {
  id: "nearest-centroid/naive",
  needs: [],
  claim: "finds the nearest centroid and the squared distance to it, below, at and over a chunk",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.terms);
    for (const item of [...chunkCases(), ...smallCases().filter(({ shape }) => factorSize(shape, 2) === 1)]) {
      const { data, components } = item;
      const unit = {
        ...components,
        shape: "spherical",
        shared: true,
        whitening: Float64Array.of(1),
        logOffsets: new Float64Array(components.count),
      } as const;
      const right = naiveRows(data, unit);
      const { labels, squaredDistances } = await onData(backend, data, (handle) =>
        backend.kernels.nearestCentroid(handle, components.means),
      );
      const nearest = right.map((row) => leastOf(row.squaredDistances));
      comparison.list(
        squaredDistances,
        nearest,
        nearest.map((square) => Math.max(1, square)),
        `distances, ${item.name}`,
      );
      // Where two centroids are almost equally near, either may be named: the one named is as near as the nearest.
      const named = Array.from(labels, (label, row) => right[row]!.squaredDistances[label] ?? Number.NaN);
      comparison.list(
        named,
        nearest,
        nearest.map((square) => Math.max(1, square)),
        `labels, ${item.name}`,
      );
    }
    return comparison.figure();
  },
};

const sumToOne: BackendLaw = {
  id: "responsibilities/sum-to-one",
  needs: [],
  claim: "gives every row responsibilities from 0 to 1 that sum to 1",
  async check({ backend, tolerances }) {
    const comparison = createComparison({
      ...tolerances.element,
      value: 8 * tolerances.element.value,
      reason: "7 responsibilities, each rounded, and their sum",
    });
    for (const features of [1, 4, 17]) {
      const { data, components, name } = drawCase({ rows: 500, features, count: 7, shape: "full", shared: false, seed: 41 });
      const found = await onData(backend, data, (handle) => backend.kernels.responsibilities(handle, components));
      for (let row = 0; row < data.rows; row++) {
        const responsibilities = found.subarray(row * 7, row * 7 + 7);
        if (!responsibilities.every((responsibility) => responsibility >= 0 && responsibility <= 1 + tolerances.element.value))
          throw new Error(`row ${row} of ${name}: ${responsibilities.join(", ")}`);
        comparison.number(
          responsibilities.reduce((sum, responsibility) => sum + responsibility, 0),
          1,
          1,
          `row ${row} of ${name}`,
        );
      }
    }
    return comparison.figure();
  },
};

/** Laws of the kernels whose outputs have a place per row. */
export const outputLaws: readonly BackendLaw[] = [
  ...OUTPUTS.map(againstNaive),
  ...OUTPUTS.map(againstReference),
  nearestCentroid,
  sumToOne,
];
