import type { Backend } from "../contract.ts";
import { checkBackend } from "./check-backend.ts";

/** Where the passes run; accepted together with the options but not one of them, since it cannot be written to a file. */
export interface BackendChoice {
  /**
   * Default: the backend that the data was uploaded to; else WASM where there is enough work to repay loading it; else the reference backend, plain
   * TypeScript in float64.
   */
  backend?: Backend;
}

/**
 * Separates the backend from the options; `checkOptions` checks those.
 *
 * @param owner whose options they are, for error texts: "GaussianMixture"
 * @throws MixturaError `invalid-option` where the backend is none
 * @example
 * ```ts run
 * const given = { backend: referenceBackend, tol: 1 };
 * takeBackend("Example", given).options // => { tol: 1 }
 * takeBackend("Example", { backend: "wasm" }) // throws invalid-option
 * ```
 */
export function takeBackend<Options extends object>(
  owner: string,
  given: Options & BackendChoice,
): { readonly backend: Backend | undefined; readonly options: Options } {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return { backend: undefined, options: given };
  const { backend, ...options } = given;
  if (backend !== undefined) checkBackend(owner, backend);
  return { backend, options: options as object as Options };
}
