import type { SecondMoments } from "./second-moments.ts";

const full: SecondMoments = {
  raw: "products",
  pooled: false,
  base: "full",
  size: (count, d) => count * d * d,
  collect: (raw, at, k, d, S2) => addTriangle(raw, at, S2, k * d * d, d),
};

const pooled: SecondMoments = {
  raw: "products",
  pooled: true,
  base: "pooled",
  size: (_count, d) => d * d,
  collect: (raw, at, _k, d, S2) => addTriangle(raw, at, S2, 0, d),
};

const diag: SecondMoments = {
  raw: "squares",
  pooled: false,
  base: "diag",
  size: (count, d) => count * d,
  collect(raw, at, k, d, S2) {
    for (let j = 0; j < d; j++) S2[k * d + j]! += raw[at + j]!;
  },
};

const spherical: SecondMoments = {
  raw: "squares",
  pooled: false,
  base: "diag",
  size: (count) => count,
  collect(raw, at, k, d, S2) {
    for (let j = 0; j < d; j++) S2[k]! += raw[at + j]!;
  },
};

const none: SecondMoments = { raw: "nothing", pooled: false, base: "none", size: () => 0, collect() {} };

/**
 * Second moments that passes can return: a full matrix per component, one matrix pooled over all, a diagonal, a trace, or none.
 *
 * A new one is an object here and nothing else; backends that do not list it among what they accelerate hand it on to the derived kernels.
 */
export const scatters = { full, pooled, diag, spherical, none } as const satisfies Readonly<Record<string, SecondMoments>>;

/** The name of a kind of second moments. */
export type Scatter = keyof typeof scatters;

/** Adds a matrix of which the lower triangle is given; the upper one follows it, so that the sum is symmetric to the last bit. */
function addTriangle(raw: Float64Array, from: number, S2: Float64Array, to: number, d: number): void {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = S2[to + i * d + j]! + raw[from + i * d + j]!;
      S2[to + i * d + j] = sum;
      S2[to + j * d + i] = sum;
    }
  }
}
