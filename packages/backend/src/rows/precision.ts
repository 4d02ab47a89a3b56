import { MixturaError } from "@mixtura/core";
import type { PassBackend } from "../contract.ts";

/** Refuses backends of single precision: what they would lose is not estimated yet, and nothing is to be lost in silence. */
export function requireFloat64(backend: PassBackend, caller: string): void {
  if (backend.precision === "float64") return;
  throw new MixturaError(
    "not-supported",
    `${caller}: the backend "${backend.name}" computes in ${backend.precision}; only float64 backends are supported so far.`,
    {
      feature: `${backend.precision} backends`,
    },
  );
}
