import type { Matrix, MatrixLike } from "@mixtura/core";
import { createPace, inStrides, toMatrix } from "@mixtura/core";
import type { Backend, BackendDefinition, DeviceMatrix } from "./contract.ts";
import { BACKEND_CONTRACT_VERSION } from "./contract.ts";
import { deriveKernels } from "./derived/kernels.ts";

/**
 * Makes a backend of its primitives: kernels that the definition does not bring are derived from them.
 *
 * @example
 * ```ts run
 * // Primitives borrowed from another backend; without its fused kernels all of them are derived.
 * const { kernels: _kernels, matrix: _matrix, contractVersion: _version, ...primitives } = referenceBackend;
 * const backend = defineBackend({ ...primitives, name: "mine" });
 * const data = await backend.upload(matrix(Float64Array.of(1, 9), 2, 1));
 * await backend.kernels.labels(data, centroidComponents(Float64Array.of(0, 10), 2)) // => [0, 1]
 * ```
 */
export function defineBackend<H>(definition: BackendDefinition<H>): Backend<H> {
  const backend: Backend<H> = {
    ...definition,
    contractVersion: BACKEND_CONTRACT_VERSION,
    kernels: { ...deriveKernels(definition), ...definition.kernels },
    async matrix(X: MatrixLike) {
      const host = toMatrix(X, { caller: `${definition.name}.matrix` });
      const origin = await columnMeans(host);
      const handle = await definition.upload(host, { origin });
      return deviceMatrix(backend, handle, host, origin);
    },
  };
  return Object.freeze(backend);
}

function deviceMatrix<H>(backend: Backend<H>, handle: H, host: Matrix, origin: Float64Array): DeviceMatrix<H> {
  const { rows, columns, featureNames } = host;
  let released = false;
  return Object.freeze({
    rows,
    columns,
    ...(featureNames === undefined ? {} : { featureNames }),
    backendName: backend.name,
    backend,
    host,
    handle,
    origin,
    async [Symbol.asyncDispose]() {
      if (!released) backend.release(handle);
      released = true;
    },
  });
}

/** The mean of each column, by a running update that neither overflows nor loses a far offset. */
async function columnMeans(m: Matrix): Promise<Float64Array> {
  const { data, rows, columns } = m;
  const means = new Float64Array(columns);
  await inStrides(rows, createPace(), (start, end) => {
    for (let i = start, at = start * columns; i < end; i++) {
      const share = 1 / (i + 1);
      for (let j = 0; j < columns; j++, at++) means[j]! += (data[at]! - means[j]!) * share;
    }
  });
  return means;
}
