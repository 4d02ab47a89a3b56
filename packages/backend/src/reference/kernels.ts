import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import type { GaussianComponents } from "../components.ts";
import { centroidComponents } from "../components.ts";
import type { GaussianKernels } from "../contract.ts";
import type { Moments } from "../moments.ts";
import { emptyMoments } from "../moments.ts";
import { radialOf } from "../radials/table.ts";
import type { Scatter } from "../scatters/table.ts";
import type { Block } from "./block.ts";
import { createBlock, walkBlocks } from "./block.ts";
import { logTermsOf } from "./log-terms.ts";
import { addPotentials } from "./potentials.ts";
import { weighRows } from "./radial-terms.ts";
import type { RowSums } from "./responsibilities.ts";
import { fallbackOf, largest, logSumOfTerms, assignByLabel, assignHard, assignSoftly } from "./responsibilities.ts";
import { addBlock, closeChunk, createSummation } from "./scatter.ts";

/** Fused float64 kernels in plain TypeScript: one pass over blocks that stay in cache, nothing of size n×k but what was asked for. */
export const referenceKernels: GaussianKernels<Matrix> = {
  async expectation(data, components, { rowWeights, centres, scatter, assignment, pace }) {
    const { count } = components;
    const terms = logTermsOf(components);
    const fallback = fallbackOf(components);
    const assign = assignment === "soft" ? assignSoftly : assignHard;
    return sumMoments(data, scatter, centres, components, pace, (block, sums) => {
      terms(block);
      assign(block, count, fallback, rowWeights, sums);
    });
  },

  async moments(data, { labels, rowWeights, centres, scatter, pace }) {
    const count = centres.length / data.columns;
    return sumMoments(data, scatter, centres, undefined, pace, (block, sums) => assignByLabel(block, count, labels, rowWeights, sums));
  },

  async logDensities(data, components, options) {
    const out = new Float64Array(data.rows);
    await walkTerms(data, components, options?.pace, (block, fallback) => {
      for (let p = 0; p < block.rows; p++) out[block.start + p] = logSumOfTerms(block, components.count, fallback, p);
    });
    return out;
  },

  async responsibilities(data, components, options) {
    const { count } = components;
    const out = new Float64Array(data.rows * count);
    const sums = emptySums();
    await walkTerms(data, components, options?.pace, (block, fallback) => {
      assignSoftly(block, count, fallback, undefined, sums);
      writePairs(block, count, out, (responsibility) => responsibility);
    });
    return out;
  },

  labels: (data, components, options) => likeliest(data, components, options?.pace),

  async squaredMahalanobis(data, components, options) {
    const { count } = components;
    const out = new Float64Array(data.rows * count);
    await walkTerms(data, withoutOffsets(components), options?.pace, (block) => {
      writePairs(block, count, out, (term) => (term <= 0 ? -2 * term : Infinity));
    });
    return out;
  },

  async potentials(data, candidates, { potentials, rowWeights, pace }) {
    const total = new Float64Array(candidates.count);
    const chunk = new Float64Array(candidates.count);
    await walkTerms(
      data,
      withoutOffsets(candidates),
      pace,
      (block) => addPotentials(block, potentials, rowWeights, chunk),
      () => {
        chunk.forEach((sum, k) => (total[k]! += sum));
        chunk.fill(0);
      },
    );
    return total;
  },

  async nearestCentroid(data, centroids, options) {
    const squaredDistances = new Float64Array(data.rows);
    const components = centroidComponents(centroids, centroids.length / data.columns);
    return { labels: await likeliest(data, components, options?.pace, squaredDistances), squaredDistances };
  },
};

/** Writes the terms of a block row by row; NaN is no number ≤ 0. */
function writePairs({ start, rows, capacity, terms }: Block, count: number, out: Float64Array, of: (term: number) => number): void {
  for (let p = 0; p < rows; p++) for (let k = 0; k < count; k++) out[(start + p) * count + k] = of(terms[k * capacity + p]!);
}

/** The component of the largest term of each row; −2 × that term goes to `squares`, where there is such a list. */
async function likeliest(
  data: Matrix,
  components: GaussianComponents,
  pace: Pace | undefined,
  squares?: Float64Array,
): Promise<Int32Array> {
  const labels = new Int32Array(data.rows);
  await walkTerms(data, components, pace, ({ terms, rows, start, capacity }, fallback) => {
    for (let p = 0; p < rows; p++) {
      const best = largest(terms, p, fallback, components.count, capacity);
      labels[start + p] = best;
      if (squares !== undefined) squares[start + p] = -2 * terms[best * capacity + p]!;
    }
  });
  return labels;
}

async function walkTerms(
  data: Matrix,
  components: GaussianComponents,
  pace: Pace | undefined,
  visit: (block: Block, fallback: number) => void,
  endChunk?: () => void,
): Promise<void> {
  const fallback = fallbackOf(components);
  const terms = logTermsOf(components);
  const block = createBlock(data.columns, components.count);
  const visitBlock = (): void => {
    terms(block);
    visit(block, fallback);
  };
  await walkBlocks(data, block, pace, visitBlock, endChunk);
}

/** Components whose log-terms are −½ ‖W (x − μ)‖². */
function withoutOffsets({ radial: _, ...components }: GaussianComponents): GaussianComponents {
  return { ...components, logOffsets: new Float64Array(components.count) };
}

/** Sums moments chunk by chunk; `assign` leaves the weighted responsibilities of each block in `block.terms`. */
async function sumMoments(
  data: Matrix,
  scatter: Scatter,
  centres: Float64Array,
  components: GaussianComponents | undefined,
  pace: Pace | undefined,
  assign: (block: Block, sums: RowSums) => void,
): Promise<Moments> {
  const { columns: features } = data;
  const count = centres.length / features;
  const { weight, extras } = radialOf(components ?? {});
  const weighs = weight !== undefined || extras.length > 0;
  const block = createBlock(features, count, weighs);
  const total = emptyMoments(scatter, count, features, centres, components);
  const summation = createSummation(scatter, features, block.padded, centres, components);
  const chunkRows = emptySums();
  const totalRows = emptySums();
  const visit = (): void => {
    assign(block, chunkRows);
    if (weighs) weighRows(block, components!, summation.chunk);
    addBlock(block, summation);
  };
  await walkBlocks(data, block, pace, visit, () => {
    closeChunk(summation, total);
    closeRows(chunkRows, totalRows);
  });
  return { ...total, ...totalRows };
}

function emptySums(): RowSums {
  return { weight: 0, logLikelihood: 0, classificationLogLikelihood: 0, livePairs: 0 };
}

function closeRows(chunk: RowSums, total: RowSums): void {
  total.weight += chunk.weight;
  total.logLikelihood += chunk.logLikelihood;
  total.classificationLogLikelihood += chunk.classificationLogLikelihood;
  total.livePairs += chunk.livePairs;
  Object.assign(chunk, emptySums());
}
