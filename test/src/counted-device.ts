// By path: the packages under these tests cannot be this package's dependencies, as it is theirs.
import type { Primitives } from "../../packages/backend/src/index.ts";
import { referenceBackend } from "../../packages/backend/src/index.ts";
import type { Matrix } from "../../packages/core/src/index.ts";
import { zeros } from "../../packages/core/src/matrix.ts";

/** A handle that must be released, as on an accelerator. */
interface Handle {
  readonly matrix: Matrix;
}

/** A toy device that counts its handles, refuses released ones, and rounds as its precision says. */
export interface CountedDevice {
  readonly primitives: Primitives<Handle>;
  readonly liveHandles: () => number;
}

/** Makes a device with its own count. */
export function countedDevice(precision: "float64" | "float32" = "float64"): CountedDevice {
  const live = new Set<Handle>();
  const scopes: Set<Handle>[] = [];
  const round = precision === "float32" ? Math.fround : (value: number): number => value;

  const make = (matrix: Matrix): Handle => {
    const handle = { matrix: { ...matrix, data: matrix.data.map(round) } };
    live.add(handle);
    scopes.at(-1)?.add(handle);
    return handle;
  };
  const read = (handle: Handle): Matrix => {
    if (!live.has(handle)) throw new Error("a released handle was used");
    return handle.matrix;
  };
  const release = (handle: Handle): void => void live.delete(handle);
  const host = referenceBackend;

  const primitives: Primitives<Handle> = {
    name: `counted ${precision}`,
    precision,
    upload: async (m, options) => make(await host.upload(m, options)),
    download: async (handle) => host.download(read(handle)),
    release,
    scope(work) {
      const made = new Set<Handle>();
      scopes.push(made);
      let survivors = new Set<unknown>();
      try {
        const result = work();
        survivors = new Set<unknown>([result, ...(typeof result === "object" && result !== null ? Object.values(result) : [])]);
        return result;
      } finally {
        scopes.pop();
        for (const handle of made) {
          if (survivors.has(handle)) scopes.at(-1)?.add(handle);
          else release(handle);
        }
      }
    },
    shape: (handle) => host.shape(read(handle)),
    matmul: (a, b, options) =>
      make(precision === "float64" ? host.matmul(read(a), read(b), options) : narrowProduct(read(a), read(b), options)),
    add: (a, b) => make(host.add(read(a), read(b))),
    subtract: (a, b) => make(host.subtract(read(a), read(b))),
    multiply: (a, b) => make(host.multiply(read(a), read(b))),
    divide: (a, b) => make(host.divide(read(a), read(b))),
    exp: (a) => make(host.exp(read(a))),
    log: (a) => make(host.log(read(a))),
    square: (a) => make(host.square(read(a))),
    sum: (a, axis) => make(precision === "float64" ? host.sum(read(a), axis) : narrowSum(read(a), axis)),
    max: (a, axis) => make(host.max(read(a), axis)),
    argmax: (a, axis) => make(host.argmax(read(a), axis)),
    logSumExp: (a, axis) => make(host.logSumExp(read(a), axis)),
    gatherRows: (a, rows) => make(host.gatherRows(read(a), rows)),
    sliceRows: (a, start, end) => make(host.sliceRows(read(a), start, end)),
    joinColumns: (parts) => make(host.joinColumns(parts.map(read))),
  };
  return { primitives, liveHandles: () => live.size };
}

/** A product that is summed in float32, as a device does that has no wider accumulator. */
function narrowProduct(a: Matrix, b: Matrix, { transposeA = false, transposeB = false } = {}): Matrix {
  const [rows, inner] = transposeA ? [a.columns, a.rows] : [a.rows, a.columns];
  const columns = transposeB ? b.rows : b.columns;
  const out = zeros(rows, columns);
  const [stepA, lineA] = transposeA ? [a.columns, 1] : [1, a.columns];
  const [stepB, lineB] = transposeB ? [1, b.columns] : [b.columns, 1];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let t = 0; t < inner; t++) sum = Math.fround(sum + Math.fround(a.data[i * lineA + t * stepA]! * b.data[j * lineB + t * stepB]!));
      out.data[i * columns + j] = sum;
    }
  }
  return out;
}

function narrowSum(m: Matrix, axis: 0 | 1): Matrix {
  const out = axis === 0 ? zeros(1, m.columns) : zeros(m.rows, 1);
  m.data.forEach((value, index) => {
    const line = axis === 0 ? index % m.columns : Math.floor(index / m.columns);
    out.data[line] = Math.fround(out.data[line]! + value);
  });
  return out;
}
