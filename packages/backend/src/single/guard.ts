import type { PassBackend } from "../contract.ts";
import type { Spread } from "./frame.ts";
import { framesOf } from "./frame.ts";
import { guardedKernels } from "./kernels.ts";
import { takeNotes } from "./notes.ts";
import type { PlacedRows } from "./placed-rows.ts";
import { placeRows } from "./placed-rows.ts";

export { spreadOfComponents, spreadOfRows } from "./spread.ts";

/**
 * A float32 backend as estimators may use it, for the rows of one fit or batch: rows are standardised or whitened on the host before they reach
 * the device, the error of every pass is estimated, and passes whose error is too large are made in float64 on the host.
 *
 * It calls itself a float64 backend, since nothing is lost in silence: what it did is in `diagnostics()`.
 */
export function guard<H>(device: PassBackend<H>, spread: Spread): PassBackend<PlacedRows<H>> {
  const notes = takeNotes(device.name);
  return Object.freeze({
    name: device.name,
    precision: "float64",
    kernels: guardedKernels(device, framesOf(spread), notes),
    diagnostics: () => [...(device.diagnostics?.() ?? []), ...notes.diagnostics()],
    // Rows are kept on the host until a kernel asks for them.
    upload: async (m, options) => placeRows(device, m, options?.origin),
    sliceRows: (rows, start, end) => rows.slice(start, end),
    release: (rows) => rows.release(),
  } satisfies PassBackend<PlacedRows<H>>);
}
