import type { Diagnostic, Matrix, MatrixLike, UploadedMatrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import type { Accelerated } from "./accelerated.ts";
import type { GaussianComponents } from "./components.ts";
import type { Moments } from "./moments.ts";
import type { Scatter } from "./scatters/table.ts";

/** The version of the backend contract described here. */
export const BACKEND_CONTRACT_VERSION = 1;

/** How a matrix is laid down on a device. */
export interface UploadOptions {
  /** Subtracted from every row in float64 before the numbers reach the device, so that a far offset costs no digits. Length d. */
  readonly origin?: Float64Array;
}

/**
 * The operations a backend author writes. Arithmetic is synchronous to call (a device may queue it); only
 * {@link Primitives.upload} and {@link Primitives.download} wait. Every operation returns a new handle and leaves its arguments alone.
 *
 * Shapes broadcast: an argument of one row or one column is repeated to fit the other.
 */
export interface Primitives<H> {
  readonly name: string;
  readonly precision: "float64" | "float32";
  /** Copies rows to the device. The matrix is not kept. */
  upload(m: Matrix, options?: UploadOptions): Promise<H>;
  /** Copies a handle's numbers to the host, row-major. */
  download(handle: H): Promise<Matrix>;
  /** Frees a handle. Releasing twice does nothing; using a released handle is an error. */
  release(handle: H): void;
  /**
   * Runs `work` and frees every handle made inside it, except those it returns: a handle, or an array or plain object of handles.
   * Synchronous: nothing may be awaited inside.
   */
  scope<T>(work: () => T): T;
  /** Rows and columns of a handle. */
  shape(handle: H): readonly [rows: number, columns: number];
  /** Matrix product, either factor transposed on request. */
  matmul(a: H, b: H, options?: { readonly transposeA?: boolean; readonly transposeB?: boolean }): H;
  /** a + b, element by element; shapes broadcast, here and in the three that follow. */
  add(a: H, b: H): H;
  /** a − b. */
  subtract(a: H, b: H): H;
  /** a · b, element by element. */
  multiply(a: H, b: H): H;
  /** a / b; IEEE rules: x / 0 is ±Infinity, 0 / 0 is NaN. */
  divide(a: H, b: H): H;
  /** eᵃ, element by element; 0 for −Infinity. */
  exp(a: H): H;
  /** Natural logarithm, element by element; −Infinity for 0, NaN below. */
  log(a: H): H;
  /** a · a, element by element. */
  square(a: H): H;
  /** Sums down the rows (axis 0, result 1 × columns) or along each row (axis 1, result rows × 1). */
  sum(a: H, axis: 0 | 1): H;
  /** Largest element down the rows or along each row. */
  max(a: H, axis: 0 | 1): H;
  /** Index of the largest element; the first of equals. */
  argmax(a: H, axis: 0 | 1): H;
  /** log Σ exp, with the largest term taken out first; −Infinity where all terms are −Infinity. */
  logSumExp(a: H, axis: 0 | 1): H;
  /** The listed rows, in the listed order. */
  gatherRows(a: H, rows: Int32Array): H;
  /** Rows `start` (included) to `end` (left out). */
  sliceRows(a: H, start: number, end: number): H;
  /** Matrices of equally many rows side by side, at least one. */
  joinColumns(parts: readonly H[]): H;
}

/** Options of every kernel. */
export interface KernelOptions {
  /** Gives the event loop its turns and ends the kernel when the call is aborted. */
  readonly pace?: Pace;
}

/** What {@link GaussianKernels.expectation} is asked for. */
export interface ExpectationOptions extends KernelOptions {
  /** The weight of each row, ≥ 0. Length n. */
  readonly rowWeights?: Float64Array | undefined;
  /** The points that first and second moments are taken about, k×d; usually the current means. */
  readonly centres: Float64Array;
  readonly scatter: Scatter;
  /** "soft" counts a row for each component by its responsibility; "hard" assigns it to the most probable one (the first of equals). */
  readonly assignment: "soft" | "hard";
  /**
   * What the caller can live with. Under "float32" a backend may work in single precision where that is faster, to about 1e-6 of each result:
   * enough for the first steps of a fit. Absent, it works in the precision that it declares; under "float64" in float64 in any case, if a float32
   * backend by way of the host.
   */
  readonly precision?: "float64" | "float32" | undefined;
}

/** What {@link GaussianKernels.moments} is asked for. */
export interface MomentsOptions extends KernelOptions {
  /** The group of each row, 0 … k−1; −1 leaves a row out. Absent: all rows belong to the one group. Length n. */
  readonly labels?: Int32Array;
  readonly rowWeights?: Float64Array | undefined;
  /** k×d */
  readonly centres: Float64Array;
  readonly scatter: Scatter;
}

/** What {@link GaussianKernels.potentials} is asked for. */
export interface PotentialsOptions extends KernelOptions {
  /** The squared distance of each row to the nearest of the centres chosen so far; Infinity where there is none yet. Length n. */
  readonly potentials: Float64Array;
  readonly rowWeights?: Float64Array | undefined;
}

/**
 * The passes over rows that everything else is made of. Coordinates are those of the handle: if it was uploaded with an origin, means and
 * centres are relative to it too.
 *
 * A kernel's sums are the in-order merge of its sums over consecutive runs of {@link CHUNK_ROWS} rows, so that the same rows give the same
 * bits however they were cut into blocks or shared among threads.
 */
export interface GaussianKernels<H> {
  /** One pass of expectation and moments. Responsibilities are never stored. O(n·k·d²) for full covariances. */
  expectation(data: H, components: GaussianComponents, options: ExpectationOptions): Promise<Moments>;
  /** Moments of labelled groups of rows: the first M-step from labels, C-steps, trimming. */
  moments(data: H, options: MomentsOptions): Promise<Moments>;
  /** Natural-log density of each row under the whole mixture. Length n. */
  logDensities(data: H, components: GaussianComponents, options?: KernelOptions): Promise<Float64Array>;
  /** The responsibility of each component for each row, n×k row-major; rows sum to 1. */
  responsibilities(data: H, components: GaussianComponents, options?: KernelOptions): Promise<Float64Array>;
  /** The likeliest component of each row; the first of equals. */
  labels(data: H, components: GaussianComponents, options?: KernelOptions): Promise<Int32Array>;
  /** ‖W (x − μ)‖² of each row for each component, n×k row-major; Infinity where coordinates are beyond the largest double, never NaN. */
  squaredMahalanobis(data: H, components: GaussianComponents, options?: KernelOptions): Promise<Float64Array>;
  /**
   * For each candidate the potential that is left if it becomes a centre too: Σ w min(potential, ‖W (x − c)‖²). Length k.
   *
   * Log-offsets are not looked at. A distance that is not a number, from coordinates beyond the largest double, is longer than any potential.
   *
   * @param candidates as `centroidComponents` makes them
   */
  potentials(data: H, candidates: GaussianComponents, options: PotentialsOptions): Promise<Float64Array>;
  /** For each row the nearest of the centroids (k×d) in Euclidean distance, and the squared distance to it. */
  nearestCentroid(
    data: H,
    centroids: Float64Array,
    options?: KernelOptions,
  ): Promise<{ labels: Int32Array; squaredDistances: Float64Array }>;
}

/** What a backend author passes to `defineBackend`: the primitives, and any kernels worth replacing for speed. */
export interface BackendDefinition<H> extends Primitives<H> {
  readonly kernels?: Partial<GaussianKernels<H>>;
  /**
   * What `kernels` compute with; calls with anything else go to the derived kernels. Absent: the kernels take everything in the tables of shapes,
   * scatters and radial parts hold, as the reference backend's do.
   */
  readonly accelerates?: Accelerated;
  /** What a fit should report about where it ran: that a faster engine was unavailable, for example. */
  diagnostics?(): readonly Diagnostic[];
}

/** A place where passes over rows run. Estimators know this interface and never the library behind it. */
export interface Backend<H = unknown> extends Primitives<H> {
  readonly contractVersion: typeof BACKEND_CONTRACT_VERSION;
  readonly kernels: GaussianKernels<H>;
  /** What its own kernels compute with, where that is not everything; the others are slower. */
  readonly accelerates?: Accelerated;
  /** What a fit should report about the place where it ran. */
  diagnostics?(): readonly Diagnostic[];
  /**
   * Uploads data once, centred on its means, for any number of fits and predictions.
   * Dispose of it with `await using`, or by `await m[Symbol.asyncDispose]()`.
   */
  matrix(X: MatrixLike): Promise<DeviceMatrix<H>>;
}

/** The part of a backend that fits and batches use: it holds rows and passes over them. */
export type PassBackend<H = unknown> = Pick<
  Backend<H>,
  "contractVersion" | "name" | "precision" | "kernels" | "diagnostics" | "upload" | "sliceRows" | "release"
>;

/** An {@link UploadedMatrix} as backends and drivers see it. */
export interface DeviceMatrix<H = unknown> extends UploadedMatrix {
  readonly handle: H;
  /** What was subtracted from every row. Length d. */
  readonly origin: Float64Array;
  readonly backend: Backend<H>;
  /** What fits of this matrix have in common besides the handle; freed with it. */
  readonly shared: SharedPlacement;
}

/** The rows of an uploaded matrix in the coordinates of single precision, made when the first fit on a float32 backend needs them. */
export interface SharedPlacement {
  single?: { release(): void };
}

/** Rows per unit of summation: see {@link GaussianKernels}. */
export const CHUNK_ROWS = 4096;
