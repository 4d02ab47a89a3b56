import type { DeviceMatrix, PassBackend } from "../contract.ts";
import { plainBackend } from "../reference/plain-backend.ts";
import type { Place, PlaceRequest } from "../rows/place.ts";
import { residentRows } from "../rows/resident-rows.ts";
import type { Frames } from "./frame.ts";
import { framesOf } from "./frame.ts";
import { takeNotes } from "./notes.ts";
import type { PlacedRows } from "./placed-rows.ts";
import { placeRows } from "./placed-rows.ts";
import type { GuardedDevice } from "./rows.ts";
import { singleRows } from "./rows.ts";
import { spreadOfComponents, spreadOfRows } from "./spread.ts";

/** Rows of an uploaded matrix in the frames that serve all fits of it. */
interface Companion<H> {
  readonly frames: Frames;
  readonly rows: PlacedRows<H>;
  release(): void;
}

/**
 * A float32 backend as estimators may use it, for the rows of one fit or batch: rows are standardised or whitened on the host before they reach
 * the device, the error of every pass is estimated, and passes whose error is too large are made in float64 on the host.
 */
export function singlePlace<H>(device: PassBackend<H>, { uploaded, like, pace }: PlaceRequest): Place {
  const shared = uploaded && companionOf(uploaded as DeviceMatrix<H>, device);
  const frames = shared?.frames ?? framesOf("rows" in like ? spreadOfRows(like.rows) : spreadOfComponents(like.components));
  const notes = takeNotes(device.name);
  const guarded: GuardedDevice<H> = { device, frames, notes };
  return {
    name: device.name,
    precision: "float32",
    backend: device,
    diagnostics: () => [...(device.diagnostics?.() ?? []), ...notes.diagnostics()],
    rows(host, weights, origin) {
      const exact = residentRows({ backend: plainBackend, host, weights, origin, pace });
      if (shared !== undefined && uploaded?.host === host) return singleRows(guarded, exact, shared.rows, () => undefined, pace);
      const placed = placeRows(device, host, origin);
      return singleRows(guarded, exact, placed, () => placed.release(), pace);
    },
  };
}

/** The rows that serve all fits of an uploaded matrix; they are freed with it. */
function companionOf<H>(uploaded: DeviceMatrix<H>, device: PassBackend<H>): Companion<H> {
  const { shared } = uploaded;
  if (shared.single !== undefined) return shared.single as Companion<H>;
  const rows = placeRows(device, uploaded.host, uploaded.origin);
  const companion: Companion<H> = { frames: framesOf(spreadOfRows(uploaded.host)), rows, release: () => rows.release() };
  shared.single = companion;
  return companion;
}
