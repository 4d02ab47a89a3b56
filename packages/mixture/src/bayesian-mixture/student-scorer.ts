import { CHUNK_ROWS } from "@mixtura/backend/internal/factors";
import type { BatchWork } from "@mixtura/backend/internal/rows";
import { inStrides } from "@mixtura/core/authoring";
import type { Scorer } from "./scorer.ts";
import type { StudentComponents } from "./student.ts";
import { toTerms, writeIndependent } from "./student.ts";

/** Distances that are held at a time. */
const HELD = 2 ** 19;

/**
 * Answers by Student t components: squared distances from the backend, block after block, and the t form on the host. Where features are independent
 * no distance is accurate enough, and the host computes everything.
 */
export function studentScorer(components: StudentComponents): Scorer {
  const count = components.logOffsets.length;

  /** Calls `visit` with the terms of every row in turn. */
  const walk = async (batch: BatchWork, visit: (terms: Float64Array, row: number) => void): Promise<void> => {
    const { host, rows, components: moved, pace } = batch;
    const terms = new Float64Array(count);
    if (components.independent) {
      await inStrides(rows.count, pace, (start, end) => {
        for (let i = start; i < end; i++) {
          writeIndependent(components, host.data, i * host.columns, terms);
          visit(terms, i);
        }
      });
      return;
    }
    const size = CHUNK_ROWS * Math.max(1, Math.floor(HELD / (count * CHUNK_ROWS)));
    for (let first = 0; first < rows.count; first += size) {
      const last = Math.min(first + size, rows.count);
      const part = first === 0 && last === rows.count ? rows : rows.slice(first, last);
      try {
        const squares = await part.squaredMahalanobis(moved);
        await inStrides(last - first, pace, (start, end) => {
          for (let i = start; i < end; i++) {
            toTerms(components, squares, i * count, terms);
            visit(terms, first + i);
          }
        });
      } finally {
        if (part !== rows) part.release();
      }
    }
  };

  return {
    async labels(batch) {
      const labels = new Int32Array(batch.rows.count);
      await walk(batch, (terms, row) => (labels[row] = largest(terms)));
      return labels;
    },
    async responsibilities(batch) {
      const responsibilities = new Float64Array(batch.rows.count * count);
      await walk(batch, (terms, row) => writeResponsibilities(terms, responsibilities, row * count));
      return responsibilities;
    },
    async logDensities(batch) {
      const out = new Float64Array(batch.rows.count);
      await walk(batch, (terms, row) => (out[row] = logSum(terms)));
      return out;
    },
    async score(batch) {
      const { weights } = batch.rows;
      let [total, weight] = [0, 0];
      await walk(batch, (terms, row) => {
        const w = weights === undefined ? 1 : weights[row]!;
        if (w === 0) return;
        total += w * logSum(terms);
        weight += w;
      });
      return total / weight;
    },
  };
}

function largest(terms: Float64Array): number {
  let best = 0;
  for (let k = 1; k < terms.length; k++) if (terms[k]! > terms[best]!) best = k;
  return best;
}

function logSum(terms: Float64Array): number {
  const max = terms[largest(terms)]!;
  if (!(max > -Infinity)) return -Infinity;
  let sum = 0;
  for (let k = 0; k < terms.length; k++) sum += Math.exp(terms[k]! - max);
  return max + Math.log(sum);
}

function writeResponsibilities(terms: Float64Array, responsibilities: Float64Array, at: number): void {
  const best = largest(terms);
  const max = terms[best]!;
  let sum = 0;
  for (let k = 0; k < terms.length; k++) sum += responsibilities[at + k] = max > -Infinity ? Math.exp(terms[k]! - max) : Number(k === best);
  for (let k = 0; k < terms.length; k++) responsibilities[at + k]! /= sum;
}
