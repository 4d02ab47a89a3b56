import type { Matrix, MatrixLike } from "@mixtura/core";
import { toMatrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { checkSampleWeight, createPace } from "@mixtura/core/authoring";
import { isUploadedMatrix } from "@mixtura/core/internal";
import type { GaussianComponents } from "../components.ts";
import type { PassBackend } from "../contract.ts";
import { plainBackend } from "../reference/plain-backend.ts";
import { shapes } from "../shapes/table.ts";
import type { FastBackendModule } from "./fast-backend.ts";
import { fastBackend, WORK_PER_PAIR } from "./fast-backend.ts";
import { checkBackend } from "./check-backend.ts";
import { deviceOf, placeOn, uploadedTo } from "./place.ts";
import type { ResidentRows } from "./rows.ts";
import { translated } from "./translated.ts";

/** What a batch method works with: the rows, and components in their coordinates. */
export interface BatchWork {
  readonly rows: ResidentRows;
  readonly components: GaussianComponents;
  /** The rows as the caller has them, in the data's own coordinates. */
  readonly host: Matrix;
  readonly pace: Pace;
}

/** What a batch method is asked. */
export interface BatchProblem {
  readonly X: MatrixLike;
  readonly features: { readonly count: number; readonly names?: readonly string[] };
  /** In the data's own coordinates. */
  readonly components: GaussianComponents;
  readonly backend: PassBackend | undefined;
  readonly signal: AbortSignal | undefined;
  readonly sampleWeight: ArrayLike<number> | undefined;
  readonly numericStrings?: boolean | undefined;
  readonly caller: string;
  /** `() => import("@mixtura/backend-wasm/default")`. */
  readonly load: () => Promise<FastBackendModule>;
}

/** Where rows are worked on when nobody said: in WASM where they are many, else by the plain kernels. */
async function defaultBackend(
  { count, shape, features }: GaussianComponents,
  { rows }: Matrix,
  load: () => Promise<FastBackendModule>,
): Promise<PassBackend> {
  const work = rows * count * (shapes[shape].work(features) + WORK_PER_PAIR);
  return (await fastBackend(work, load)).backend ?? plainBackend;
}

/** Uploads rows, lets `work` compute on them, and frees them in every case. Rows that are on the backend already are used in place. */
export async function withRows<T>(
  { X, features, components, backend, signal, sampleWeight, numericStrings, caller, load }: BatchProblem,
  work: (batch: BatchWork) => Promise<T>,
): Promise<T> {
  if (backend !== undefined) checkBackend(caller, backend);
  const pace = createPace(signal);
  pace.check();
  const host = toMatrix(X, { caller, features, numericStrings });
  const weights = checkSampleWeight(sampleWeight, host.rows, caller);
  const chosen = backend ?? (isUploadedMatrix(X) ? deviceOf(X) : undefined) ?? (await defaultBackend(components, host, load));
  const uploaded = isUploadedMatrix(X) && X.host === host ? uploadedTo(chosen, X) : undefined;
  const place = await placeOn(chosen, { uploaded, like: { components }, pace });
  // Far offsets cost digits only if coordinates keep them: rows and means are both taken relative to the first mean.
  const origin = uploaded?.origin ?? components.means.slice(0, features.count);
  const rows = place.rows(host, weights, origin);
  try {
    return await work({ rows, components: { ...components, means: translated(components.means, origin, -1) }, host, pace });
  } finally {
    rows.release();
  }
}
