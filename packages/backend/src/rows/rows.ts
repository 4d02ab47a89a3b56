import type { Diagnostic } from "@mixtura/core";
import type { GaussianComponents, Metric } from "../components.ts";
import type { ExpectationOptions, PassBackend } from "../contract.ts";
import type { Moments, Scatter } from "../moments.ts";
import type { ColumnProfile } from "./profile.ts";
import type { Potentials } from "./potentials.ts";
import type { RandomResponsibilities } from "./random-responsibilities.ts";
import type { Reduction, RowValue } from "./reduction.ts";

/** What a pass of expectation is asked for. */
export interface ExpectationRequest extends Pick<ExpectationOptions, "scatter" | "precision"> {
  /** Default "soft": a row counts for every component with its responsibility. */
  readonly assignment?: ExpectationOptions["assignment"];
  /** What first and second moments are taken about, k×d; default: the means of the components. */
  readonly centres?: Float64Array;
}

/**
 * How the groups of a pass of moments are made of rows: by labels in the order of the rows (−1 leaves a row out), or by random responsibilities of a
 * seed, drawn for each place separately. Nothing: all rows are one group.
 */
type Groups = { readonly labels?: Int32Array; readonly random?: undefined } | { readonly labels?: undefined; readonly random: number };

/** What a pass of moments is asked for. */
export interface MomentsRequest {
  /** k×d, one centre per group. */
  readonly centres: Float64Array;
  readonly scatter: Scatter;
}

/**
 * Rows that passes can run over, wherever they are stored. Points in arguments and results (means, centres, extreme rows) are relative to
 * {@link Passes.origin}, so that a far offset costs no digits.
 *
 * Every pass yields to the event loop and rejects with `aborted` when the fit is aborted.
 */
export interface Passes {
  /** d */
  readonly features: number;
  readonly featureNames: readonly string[] | undefined;
  /** What coordinates are relative to. Length d. */
  readonly origin: Float64Array;
  /** Name of the place where passes run, for traces. */
  readonly name: string;
  /** "float32" where passes may run in single precision, with their error under guard. */
  readonly precision: "float64" | "float32";
  /** Where a model of these rows goes on computing. */
  readonly backend: PassBackend | undefined;
  /** What there is to say about the passes so far. */
  readonly diagnostics: () => readonly Diagnostic[];
  /** One pass of expectation and moments: what an M-step needs. O(n·k·d²) for full covariances; nothing of size n×k is kept. */
  expectation(components: GaussianComponents, request: ExpectationRequest): Promise<Moments>;
  /** Moments of groups of rows. O(n·d²) for full scatter. */
  moments(groups: Groups, request: MomentsRequest): Promise<Moments>;
  /** One value per row, reduced without handing the values out: sums, extremes, quantiles. */
  reduce<Result>(value: RowValue, reduction: Reduction<Result>): Promise<Result>;
  /** Frees what the rows hold. Releasing twice does nothing. */
  release(): void;
}

/** The data of a fit. */
export interface Rows extends Passes {
  /** Statistics of each column, from one pass over all rows. */
  readonly profile: ColumnProfile;
  /** Rows to choose starting points from: all of them where they are resident, else a seeded sample. Released with these rows. */
  sample(): ResidentRows;
}

/** Rows all of which lie in memory: they answer row by row, too. */
export interface ResidentRows extends Passes {
  /** As for all rows; and by responsibilities that are drawn for the rows of several runs, one run after the other. */
  moments(
    groups: Groups | { readonly labels?: undefined; readonly random: RandomResponsibilities },
    request: MomentsRequest,
  ): Promise<Moments>;
  /** n */
  readonly count: number;
  /** Frequencies, length n; absent where every row counts once. */
  readonly weights: Float64Array | undefined;
  /** Natural-log density of each row under the whole mixture. Length n. */
  logDensities(components: GaussianComponents): Promise<Float64Array>;
  /** The responsibility of each component for each row, n×k row-major; rows sum to 1. */
  responsibilities(components: GaussianComponents): Promise<Float64Array>;
  /** The likeliest component of each row; the first of equals. */
  labels(components: GaussianComponents): Promise<Int32Array>;
  /** ‖W (x − μ)‖² of each row for each component, n×k row-major. */
  squaredMahalanobis(components: GaussianComponents): Promise<Float64Array>;
  /** The potentials of k-means++ under a metric that is not "full": see {@link Potentials}. */
  readonly potentials: (metric: Metric) => Potentials;
  /** Coordinates of the listed rows, in that order. */
  readonly at: (rows: ArrayLike<number>) => Float64Array;
  /** The rows `start` (included) to `end` (left out), to be released by themselves. */
  slice(start: number, end: number): ResidentRows;
  /** The listed rows, each counting as often as it is listed, in the same coordinates: a copy, to be released by itself. */
  readonly drawn: (rows: ArrayLike<number>) => ResidentRows;
  /** The listed rows as W (x − centre), a copy in coordinates of its own, to be released by itself. W is d×d, lower triangular. */
  readonly mapped: (rows: ArrayLike<number>, whitening: Float64Array, centre: Float64Array) => ResidentRows;
}
