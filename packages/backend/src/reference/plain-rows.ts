import type { Matrix } from "@mixtura/core";
import { createPace, inStrides } from "@mixtura/core/authoring";
import type { PassBackend } from "../contract.ts";
import { BACKEND_CONTRACT_VERSION } from "../contract.ts";

/** Holding rows as plain row-major matrices: the primitives that passes need. */
export const plainRows: Omit<PassBackend<Matrix>, "kernels"> = {
  contractVersion: BACKEND_CONTRACT_VERSION,
  name: "reference",
  precision: "float64",
  async upload(m, options) {
    const { rows, columns } = m;
    const origin = options?.origin ?? new Float64Array(columns);
    const data = new Float64Array(rows * columns);
    await inStrides(rows, createPace(), (start, end) => {
      for (let i = start, at = start * columns; i < end; i++) for (let j = 0; j < columns; j++, at++) data[at] = m.data[at]! - origin[j]!;
    });
    return { data, rows, columns };
  },
  release() {}, // the garbage collector does it
  sliceRows: (a, start, end) => ({ data: a.data.slice(start * a.columns, end * a.columns), rows: end - start, columns: a.columns }),
};
