import type { PassBackend } from "../contract.ts";
import type { Spread } from "../single/frame.ts";

/** What is loaded for float32 backends. */
type SinglePrecision = typeof import("../single/guard.ts");

/** Which device stands behind a guard. */
const devices = new WeakMap<object, PassBackend>();

/**
 * A backend whose results can be relied on: a float64 one as it is, a float32 one under guard, which is loaded when the first one comes.
 *
 * @param spreadBy says how the rows that it is for are spread
 */
export async function precise<H>(backend: PassBackend<H>, spreadBy: (single: SinglePrecision) => Spread): Promise<PassBackend<H>> {
  const device = deviceOf(backend);
  if (device.precision === "float64") return backend;
  const single = await import("../single/guard.ts");
  const guarded = single.guard(device, spreadBy(single));
  devices.set(guarded, device as PassBackend);
  // Whoever uses a backend hands its handles back to it and looks into none.
  return guarded as unknown as PassBackend<H>;
}

/** The backend itself, or the float32 device behind its guard. */
function deviceOf<H>(backend: PassBackend<H>): PassBackend<H> {
  return (devices.get(backend) as PassBackend<H> | undefined) ?? backend;
}

/** Whether passes over rows on this backend may run in single precision. */
export function isSingle<H>(backend: PassBackend<H>): boolean {
  return deviceOf(backend).precision === "float32";
}
