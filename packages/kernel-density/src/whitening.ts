import type { Pace } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";

/** Coordinates without correlation, in bandwidths: y = L⁻¹ ((x − centre) / bandwidth). */
export interface Whitening {
  readonly centre: Float64Array;
  readonly bandwidth: Float64Array;
  /** L⁻¹, d×d lower triangular. */
  readonly inverseFactor: Float64Array;
}

/** Whitens the row at `at`, in place. O(d²). */
export function whitenRow({ centre, bandwidth, inverseFactor }: Whitening, rows: Float64Array, at: number): void {
  const d = centre.length;
  for (let j = 0; j < d; j++) rows[at + j] = (rows[at + j]! - centre[j]!) / bandwidth[j]!;
  // From the last coordinate to the first: each needs only those before it.
  for (let i = d - 1; i >= 0; i--) {
    let y = 0;
    for (let k = 0; k <= i; k++) y += inverseFactor[i * d + k]! * rows[at + k]!;
    rows[at + i] = y;
  }
}

/** A whitened copy of rows. O(n·d²). */
export async function whitened(whitening: Whitening, rows: Float64Array, pace: Pace): Promise<Float64Array> {
  const d = whitening.centre.length;
  const out = rows.slice();
  await inStrides(out.length / d, pace, (start, end) => {
    for (let i = start; i < end; i++) whitenRow(whitening, out, i * d);
  });
  return out;
}
