import { symmetricEigenInTurns } from "@mixtura/backend/internal/algebra";
import { inStrides } from "@mixtura/core/authoring";
import { SINGULAR_CONDITION } from "./concentrate/concentrate.ts";
import type { Optimum } from "./concentrate/concentrate.ts";
import type { Sample } from "./concentrate/sample.ts";

/** Rows on a hyperplane, or where several planes meet. */
export interface Flat {
  /** 0 for the rows on it, −1 for the others. */
  readonly labels: Int32Array;
  readonly count: number;
  /** Of the rows that it was found by, in standardised coordinates. */
  readonly location: Float64Array;
  readonly covariance: Float64Array;
}

/** All rows on the hyperplane of a subset without spread in some direction: the subset, and those no farther off than what counts as no spread. */
export async function rowsOnFlat(
  { data, rows: n, columns: p, pace }: Sample,
  { location, covariance, labels: subset }: Pick<Optimum, "location" | "covariance" | "labels">,
): Promise<Flat> {
  const { values, vectors } = await symmetricEigenInTurns(covariance, p, pace);
  const floor = Math.max(values[p - 1]!, 1) / SINGULAR_CONDITION;
  const near = Math.sqrt(floor);
  const flatCount = Math.max(1, values.filter((value) => value <= floor).length);
  const labels = new Int32Array(n);
  let count = 0;
  await inStrides(n, pace, (start, end) => {
    for (let i = start; i < end; i++) {
      let on = true;
      for (let k = 0; k < flatCount && on && subset[i] !== 0; k++) {
        let off = 0;
        for (let j = 0; j < p; j++) off += (data[i * p + j]! - location[j]!) * vectors[j * p + k]!;
        on = Math.abs(off) <= near;
      }
      labels[i] = on ? 0 : -1;
      if (on) count++;
    }
  });
  return { labels, count, location, covariance };
}
