import type { Matrix, Pace, Random } from "@mixtura/core";
import type { PassBackend } from "../contract.ts";
import type { Survey } from "./survey.ts";

/** Rows that a backend holds, and where they stand among all rows. */
export interface RowChunk<H = unknown> {
  readonly handle: H;
  /** The same rows on the host, in the data's own coordinates. */
  readonly host: Matrix;
  readonly start: number;
  readonly rows: number;
  readonly rowWeights: Float64Array | undefined;
}

/** The rows of a fit, wherever they come from: one resident chunk, or chunks that are read and uploaded anew in every pass. */
export interface RowSet<H = unknown> {
  readonly backend: PassBackend<H>;
  readonly features: number;
  readonly featureNames: readonly string[] | undefined;
  readonly survey: Survey;
  /** What the backend's coordinates are relative to. */
  readonly origin: Float64Array;
  /** All rows, where they are uploaded once and stay; absent where they are read anew in every pass. */
  readonly resident: RowChunk<H> | undefined;
  /** All rows in order. A chunk is gone when the next one is asked for. */
  chunks(): AsyncIterable<RowChunk<H>>;
  /** Rows to choose starting points from: all of them where they are resident, else a seeded sample. Weights beside them. */
  readonly sample: { readonly host: Matrix; readonly rowWeights: Float64Array | undefined };
  release(): void;
}

/** What opening data needs besides the data. */
export interface OpenOptions<H> {
  /** Says where rows so many and so wide are to be worked on. */
  readonly backendFor: (rows: number, features: number) => Promise<PassBackend<H>>;
  readonly sampleWeight?: ArrayLike<number> | undefined;
  readonly pace: Pace;
  readonly random: Random;
  /** Who asks, for error texts: "GaussianMixture.fit". */
  readonly caller: string;
}
