import type { MatrixLike } from "@mixtura/core";
import { isUploadedMatrix } from "@mixtura/core";
import type { DeviceMatrix, PassBackend } from "../contract.ts";
import type { Spread } from "../single/frame.ts";
import type * as SingleGuard from "../single/guard.ts";

/** What is loaded for float32 backends. */
type SinglePrecision = typeof SingleGuard;

/** Rows that lie where a backend can read them. */
type Resident<H> = Pick<DeviceMatrix<H>, "handle" | "origin">;

/** Which device stands behind a guard, and which uploaded matrix it reads in place. */
const guards = new WeakMap<
  object,
  { readonly device: PassBackend; readonly X: object | undefined; readonly resident: Resident<unknown> | undefined }
>();

/**
 * A backend whose results can be relied on: a float64 one as it is, a float32 one under guard, which is loaded when the first one comes.
 *
 * @param X the rows that it is for. What was uploaded to this very backend is there once for all fits
 * @param spreadBy says how other rows are spread
 */
export async function precise<H>(
  backend: PassBackend<H>,
  X: unknown,
  spreadBy: (single: SinglePrecision) => Spread,
): Promise<PassBackend<H>> {
  const device = deviceOf(backend);
  if (device.precision === "float64") return backend;
  const single = await import("../single/guard.ts");
  const there = isUploadedMatrix(X) && (X as DeviceMatrix<H>).backend.kernels === device.kernels ? (X as DeviceMatrix<H>) : undefined;
  const shared = there && single.companionOf(there, device);
  const guarded = single.guard(device, shared?.frames ?? single.framesOf(spreadBy(single)));
  const resident = there && shared && { handle: shared.rows, origin: there.origin };
  guards.set(guarded, { device: device, X: there, resident });
  // Whoever uses a backend hands its handles back to it and looks into none.
  return guarded as unknown as PassBackend<H>;
}

/** The backend itself, or the float32 device behind its guard. */
function deviceOf<H>(backend: PassBackend<H>): PassBackend<H> {
  return (guards.get(backend)?.device as PassBackend<H> | undefined) ?? backend;
}

/** Whether passes over rows on this backend may run in single precision. */
export function isSingle<H>(backend: PassBackend<H>): boolean {
  return deviceOf(backend).precision === "float32";
}

/** The uploaded rows behind `X`, if they lie where the kernels of this backend can read them. */
export function residentOn<H>(X: MatrixLike, backend: PassBackend<H>): Resident<H> | undefined {
  if (!isUploadedMatrix(X)) return undefined;
  const guarded = guards.get(backend);
  if (guarded !== undefined) return guarded.X === X ? (guarded.resident as Resident<H>) : undefined;
  const uploaded = X as DeviceMatrix<H>;
  return uploaded.backend.kernels === backend.kernels ? uploaded : undefined;
}
