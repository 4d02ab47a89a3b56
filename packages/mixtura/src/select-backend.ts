import type { TensorFlow } from "@mixtura/backend-tfjs";
import type { BackendName } from "@mixtura/backends";
import type { ChosenBackend } from "@mixtura/backend/trial";

/** Options of a choice. */
export interface SelectBackendOptions {
  /**
   * The most wanted first; the first that is there and right is taken. A name is the only way to a float32 backend. Default: the fastest that
   * computes in float64.
   */
  readonly prefer?: readonly BackendName[];
  /** The namespace of TensorFlow.js, for names that begin with "tfjs-". Absent, an installed package is loaded, which bundles do not allow. */
  readonly tf?: TensorFlow;
  /** Ends the choice. */
  readonly signal?: AbortSignal;
}

/**
 * The backend that is wanted most among those that are there and agree with the reference, with the reasons in words.
 *
 * Without `prefer` it is always a float64 one. One in single precision has to be named; fits on it estimate their error, and report it in
 * `trace.diagnostics`.
 *
 * @throws (by rejection) MixturaError `invalid-option` for an unknown name, `aborted`
 * @remarks Every backend on the way is loaded and tried on a thousand rows: some tens of milliseconds each.
 * @example
 * ```ts run
 * const { backend, name, explanation } = await selectBackend({
 *   prefer: ["tfjs-node-gpu", "wasm"],
 * });
 * name // => "wasm"
 * explanation.includes("wasm: chosen, the first that is there")
 * // => true
 * const model = await new GaussianMixture({
 *   nComponents: 2,
 *   randomState: 1,
 *   backend,
 * }).fit([[0], [1], [8], [9]]);
 * model.trace.backend // => "wasm"
 * ```
 */
export async function selectBackend({ prefer, tf, signal }: SelectBackendOptions = {}): Promise<ChosenBackend> {
  const [{ chooseBackend }, { knownBackends }] = await Promise.all([import("@mixtura/backend/trial"), import("@mixtura/backends")]);
  const host = tf === undefined ? {} : { tensorFlow: async () => tf };
  const candidates = knownBackends.map(({ name, precision, load }) => ({ name, precision, load: () => load(host) }));
  return chooseBackend(candidates, {
    ...(prefer === undefined ? {} : { prefer }),
    ...(signal === undefined ? {} : { signal }),
  });
}
