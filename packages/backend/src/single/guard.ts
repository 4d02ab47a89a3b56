import { attachmentsOf } from "../attachments.ts";
import type { DeviceMatrix, PassBackend } from "../contract.ts";
import type { Frames } from "./frame.ts";
import { framesOf } from "./frame.ts";
import { guardedKernels } from "./kernels.ts";
import { takeNotes } from "./notes.ts";
import type { PlacedRows } from "./placed-rows.ts";
import { placeRows } from "./placed-rows.ts";
import { spreadOfRows } from "./spread.ts";

export { framesOf } from "./frame.ts";
export { spreadOfComponents, spreadOfRows } from "./spread.ts";

/**
 * A float32 backend as estimators may use it, for the rows of one fit or batch: rows are standardised or whitened on the host before they reach
 * the device, the error of every pass is estimated, and passes whose error is too large are made in float64 on the host.
 *
 * It calls itself a float64 backend, since nothing is lost in silence: what it did is in `diagnostics()`.
 */
export function guard<H>(device: PassBackend<H>, frames: Frames): PassBackend<PlacedRows<H>> {
  const notes = takeNotes(device.name);
  return Object.freeze({
    name: device.name,
    precision: "float64",
    kernels: guardedKernels(device, frames, notes),
    diagnostics: () => [...(device.diagnostics?.() ?? []), ...notes.diagnostics()],
    // Rows are kept on the host until a kernel asks for them.
    upload: async (m, options) => placeRows(device, m, options?.origin),
    sliceRows: (rows, start, end) => rows.slice(start, end),
    release: (rows) => rows.release(),
  } satisfies PassBackend<PlacedRows<H>>);
}

/** Rows of an uploaded matrix in the frames that fits asked for. */
interface Companion<H> {
  readonly frames: Frames;
  readonly rows: PlacedRows<H>;
}

const companions = new WeakMap<object, Companion<unknown>>();

/** The rows that all fits of an uploaded matrix share; they are freed with it. */
export function companionOf<H>(uploaded: DeviceMatrix<H>, device: PassBackend<H>): Companion<H> {
  let companion = companions.get(uploaded) as Companion<H> | undefined;
  if (companion === undefined) {
    const rows = placeRows(device, uploaded.host, uploaded.origin);
    companion = { frames: framesOf(spreadOfRows(uploaded.host)), rows };
    companions.set(uploaded, companion);
    attachmentsOf(uploaded).add(() => rows.release());
  }
  return companion;
}
