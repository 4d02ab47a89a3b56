import type { Scatter } from "@mixtura/backend";

/** The fields of a job in WebAssembly memory, in the order of the class Job in assembly/job.ts; 32 bits each. */
export const JOB_FIELDS = [
  "features",
  "padded",
  "count",
  "block",
  "pitch",
  "step",
  "tile",
  "termStride",
  "shape",
  "scatter",
  "assignment",
  "fallback",
  "data",
  "weights",
  "labels",
  "means",
  "factors",
  "factorStride",
  "offsets",
  "centres",
  "terms",
  "best",
  "perRow",
  "differences",
  "weighted",
  "live",
  "span",
  "chunk",
  "total",
  "sumsBytes",
  "s1",
  "S2",
  "scalars",
  "out",
  "out2",
  "guessing",
  "guesses",
  "directions",
  "distances",
  "lists",
  "counts",
  "single",
  "factors32",
  "potentials",
  "nearest",
  "screen",
] as const;

export type Job = Record<(typeof JOB_FIELDS)[number], number>;

export const JOB_BYTES = 4 * JOB_FIELDS.length;

/** The codes of choices in a job. */
export const SHAPES = { small: 0, full: 1, shared: 2, diag: 3, spherical: 4 } as const satisfies Readonly<Record<string, number>>;
export const SCATTERS = { full: 0, pooled: 1, diag: 2, spherical: 3, none: 4 } as const satisfies Readonly<
  Partial<Record<Scatter, number>>
>;
export const ASSIGNMENTS = { soft: 0, hard: 1, labels: 2, potentials: 3 } as const;
export const GUESSING = { none: 0, learn: 1, use: 2 } as const;

/** Writes a job at an address. */
export function writeJob(integers: Int32Array, address: number, job: Job): void {
  let at = address / 4;
  for (const field of JOB_FIELDS) integers[at++] = job[field];
}
