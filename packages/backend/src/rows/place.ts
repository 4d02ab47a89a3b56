import type { Diagnostic, Matrix, UploadedMatrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import type { GaussianComponents } from "../components.ts";
import type { DeviceMatrix, PassBackend } from "../contract.ts";
import { checkBackend } from "./check-backend.ts";
import { residentRows } from "./resident-rows.ts";
import type { ResidentRows } from "./rows.ts";

/** A backend as the rows of one fit or batch use it: float64 ones as they are, float32 ones under guard. */
export interface Place {
  readonly name: string;
  readonly precision: "float64" | "float32";
  readonly backend: PassBackend;
  /** What there is to say about the passes that were made here. */
  readonly diagnostics: () => readonly Diagnostic[];
  /** A matrix as rows to pass over, brought to the device when a pass first needs it. Whoever asked for them releases them. */
  rows(host: Matrix, weights: Float64Array | undefined, origin: Float64Array): ResidentRows;
}

/** What is known of rows before they are placed. */
export interface PlaceRequest {
  /** The matrix that lies on the backend already, where one does. */
  readonly uploaded: DeviceMatrix | undefined;
  /** What is spread as the rows are, for the coordinates of single precision: the rows themselves, some of them, or a model of them. */
  readonly like: { readonly rows: Matrix } | { readonly components: GaussianComponents };
  readonly pace: Pace;
}

/** A place on a backend. The guard of single precision is loaded when the first float32 backend comes. */
export async function placeOn(backend: PassBackend, request: PlaceRequest): Promise<Place> {
  if (backend.precision === "float32") {
    const { singlePlace } = await import("../single/place.ts");
    return singlePlace(backend, request);
  }
  const { uploaded, pace } = request;
  return {
    name: backend.name,
    precision: backend.precision,
    backend,
    diagnostics: () => backend.diagnostics?.() ?? [],
    rows: (host, weights, origin) => {
      const there = uploaded?.host === host ? { handle: uploaded.handle } : {};
      return residentRows({ backend, host, weights, origin, pace, ...there });
    },
  };
}

/** The backend that holds an uploaded matrix; none for one that holds rows on the host alone. */
export function deviceOf(X: UploadedMatrix): PassBackend | undefined {
  const { backend } = X as Partial<DeviceMatrix>;
  if (backend !== undefined) checkBackend("an uploaded matrix", backend);
  return backend;
}

/** The uploaded matrix behind X, if it lies where the kernels of this backend can read it. */
export function uploadedTo(backend: PassBackend, X: unknown): DeviceMatrix | undefined {
  const uploaded = X as DeviceMatrix;
  return uploaded.backend?.kernels === backend.kernels ? uploaded : undefined;
}
