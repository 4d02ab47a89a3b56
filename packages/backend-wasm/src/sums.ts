import type { Scatter } from "@mixtura/backend";
import { SCATTERS } from "./job.ts";
import type { Layout } from "./layout.ts";
import { SMALL } from "./layout.ts";

/** How the binary sums a scatter. */
export interface ScatterSums {
  /** Its code in a job. */
  readonly code: number;
  /** Whether a row costs d² per component. */
  readonly square: boolean;
  /** Whether it can be summed in single precision. */
  readonly single: boolean;
  /** Whether a part of the sums is left to be closed after the last row. */
  closes(layout: Layout): boolean;
  /** Numbers that it takes while it is summed. */
  numbers(count: number, layout: Layout): number;
  /** S2, taken out of memory. */
  read(doubles: Float64Array, base: number, count: number, layout: Layout): Float64Array;
}

const plain: Pick<ScatterSums, "square" | "single" | "closes"> = { square: false, single: false, closes: () => false };

/** The scatters that the binary sums. */
export const SUMS: Readonly<Partial<Record<Scatter, ScatterSums>>> = {
  full: {
    ...plain,
    code: SCATTERS.full,
    square: true,
    single: true,
    numbers: (count, { padded }) => count * padded * padded,
    read: readMatrices,
  },
  pooled: {
    ...plain,
    code: SCATTERS.pooled,
    closes: ({ features }) => features > SMALL,
    // After it come the k×k products of responsibilities.
    numbers: (count, { features, padded }) => padded * padded + (features > SMALL ? count * count : 0),
    read: (doubles, base, _count, layout) => readMatrices(doubles, base, 1, layout),
  },
  diag: {
    ...plain,
    code: SCATTERS.diag,
    numbers: (count, { features }) => count * features,
    read: (doubles, base, count, { features }) => doubles.slice(base, base + count * features),
  },
  spherical: {
    ...plain,
    code: SCATTERS.spherical,
    numbers: (count) => count,
    read: (doubles, base, count) => doubles.slice(base, base + count),
  },
  none: { ...plain, code: SCATTERS.none, single: true, numbers: () => 0, read: () => new Float64Array(0) },
};

/** How a scatter is summed; none where a pass makes no sums. */
export function sumsOf(scatter: Scatter | undefined): ScatterSums {
  return SUMS[scatter ?? "none"]!;
}

function readMatrices(doubles: Float64Array, base: number, matrices: number, { features: d, padded }: Layout): Float64Array {
  const out = new Float64Array(matrices * d * d);
  for (let m = 0; m < matrices; m++) {
    const from = base + m * padded * padded;
    const to = m * d * d;
    for (let i = 0; i < d; i++) {
      for (let j = 0; j <= i; j++) {
        const value = doubles[from + i * padded + j]!;
        out[to + i * d + j] = value;
        out[to + j * d + i] = value;
      }
    }
  }
  return out;
}
