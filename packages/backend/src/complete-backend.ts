import type { Matrix, MatrixLike } from "@mixtura/core";
import { toMatrix } from "@mixtura/core";
import type { Backend, DeviceMatrix, Primitives, SharedPlacement } from "./contract.ts";
import { BACKEND_CONTRACT_VERSION } from "./contract.ts";
import { columnMeans } from "./running-means.ts";

/**
 * Makes a backend of primitives and all kernels, for those that bring every kernel themselves: nothing is derived, so programs do not carry
 * what derives kernels. Members of the parts outside the contract stay on the backend.
 *
 * @example
 * ```ts run
 * const {
 *   kernels,
 *   matrix: _matrix,
 *   contractVersion: _version,
 *   ...primitives
 * } = referenceBackend;
 * const backend = completeBackend({
 *   ...primitives,
 *   name: "mine",
 *   kernels,
 * });
 * backend.contractVersion === BACKEND_CONTRACT_VERSION // => true
 * ```
 */
export function completeBackend<H>(parts: Primitives<H> & Pick<Backend<H>, "kernels" | "accelerates" | "diagnostics">): Backend<H> {
  const backend: Backend<H> = {
    ...parts,
    contractVersion: BACKEND_CONTRACT_VERSION,
    async matrix(X: MatrixLike) {
      const host = toMatrix(X, { caller: `${parts.name}.matrix` });
      const origin = await columnMeans(host);
      const handle = await parts.upload(host, { origin });
      return deviceMatrix(backend, handle, host, origin);
    },
  };
  return Object.freeze(backend);
}

function deviceMatrix<H>(backend: Backend<H>, handle: H, host: Matrix, origin: Float64Array): DeviceMatrix<H> {
  const { rows, columns, featureNames } = host;
  const shared: SharedPlacement = {};
  let released = false;
  const uploaded: DeviceMatrix<H> = Object.freeze({
    rows,
    columns,
    ...(featureNames === undefined ? {} : { featureNames }),
    backendName: backend.name,
    backend,
    host,
    handle,
    origin,
    shared,
    async [Symbol.asyncDispose]() {
      if (released) return;
      released = true;
      backend.release(handle);
      shared.single?.release();
    },
  });
  return uploaded;
}
