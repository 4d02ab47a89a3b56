import type { FitTrace } from "@mixtura/core";

/** The code of the diagnostic of a degenerate component. */
export const DEGENERATE_COMPONENT = "degenerate-component";

/** The components that a fit found degenerate, ascending. */
export function degenerateComponents({ diagnostics }: FitTrace): readonly number[] {
  return diagnostics.flatMap(({ code, component }) => (code === DEGENERATE_COMPONENT && component !== undefined ? [component] : []));
}
