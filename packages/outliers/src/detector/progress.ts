import type { FitContext, FitProgress } from "@mixtura/core";

/**
 * Passes on what the fits inside a fit tell, under its own name and with their starts counted through.
 *
 * @param restarts the most starts that all fits inside have together
 */
export function passedOn(
  estimator: string,
  restarts: number,
  { onProgress }: FitContext,
): { readonly onProgress?: (event: FitProgress) => void } {
  if (onProgress === undefined) return {};
  let restart = -1;
  let last: FitProgress | undefined;
  return {
    onProgress(event) {
      const next = last === undefined || event.restart !== last.restart || event.iteration < last.iteration;
      if (next) restart = Math.min(restart + 1, restarts - 1);
      last = event;
      onProgress({ ...event, estimator, restart, restarts });
    },
  };
}
