import type { Backend, GaussianComponents, GaussianKernels } from "@mixtura/backend";
import type { MatrixLike, Pace } from "@mixtura/core";
import { isUploadedMatrix, toMatrix } from "@mixtura/core";
import { translated } from "../em/parameters.ts";
import { requireFloat64 } from "../em/precision.ts";
import { residentOn } from "../em/matrix-rows.ts";

/** What a batch method works with: rows on the backend, and components in the rows' coordinates. */
export interface BatchWork {
  readonly kernels: GaussianKernels<unknown>;
  readonly handle: unknown;
  readonly components: GaussianComponents;
  readonly rows: number;
  readonly pace: Pace;
}

/** What a batch method is asked. */
export interface BatchProblem {
  readonly X: MatrixLike;
  readonly features: { readonly count: number; readonly names?: readonly string[] };
  /** In the data's own coordinates. */
  readonly components: GaussianComponents;
  readonly backend: Backend | undefined;
  readonly pace: Pace;
  readonly caller: string;
}

/** Uploads rows, lets `work` compute on them, and frees them whatever happens. Rows that already lie on the backend are used in place. */
export async function withRows<T>(
  { X, features, components, backend, pace, caller }: BatchProblem,
  work: (batch: BatchWork) => Promise<T>,
): Promise<T> {
  pace.check();
  const host = toMatrix(X, { caller, features });
  const device: Backend = backend ?? (await import("./reference-backend.ts")).referenceBackend;
  requireFloat64(device, caller);
  const resident = isUploadedMatrix(X) && X.host === host ? residentOn(X, device) : undefined;
  // Far offsets cost digits only if coordinates keep them: rows and means are both taken relative to the first mean.
  const origin = resident?.origin ?? components.means.slice(0, features.count);
  const handle = resident?.handle ?? (await device.upload(host, { origin }));
  try {
    const moved = { ...components, means: translated(components.means, origin, -1) };
    return await work({ kernels: device.kernels, handle, components: moved, rows: host.rows, pace });
  } finally {
    if (resident === undefined) device.release(handle);
  }
}
