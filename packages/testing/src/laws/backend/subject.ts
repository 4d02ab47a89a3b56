import type { Backend } from "@mixtura/backend";
import type { Law } from "../../law.ts";
import type { Tolerances } from "./tolerances.ts";

/** Capabilities of a backend for which further laws apply. */
export type BackendCapability =
  | "float64" // declared by its precision
  | "float32"
  | "handles" // the subject can count its live handles
  | "calling-thread"; // arithmetic runs on the caller's thread, where it must let the event loop turn

/** A backend on trial. */
export interface BackendUnderTest {
  readonly backend: Backend;
  readonly tolerances: Tolerances;
  /** Throws when the subject cannot count. */
  readonly liveHandles: () => number;
}

/** A law of the backend contract. */
export type BackendLaw = Law<BackendUnderTest, BackendCapability>;
