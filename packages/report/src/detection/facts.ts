import type { Diagnostic, Matrix } from "@mixtura/core";
import type { MixtureParameters } from "@mixtura/plot/internal";
import type { RowIds } from "../facts.ts";

/** A row that was found, with what is odd about it. */
export interface Anomaly {
  /** Index among the rows that were judged, from 0. */
  readonly index: number;
  readonly score: number;
  /** How likely a clean row would score as low; where the detector is calibrated. */
  readonly pValue?: number;
  /** Why, in words. Empty where the detector gives no reasons. */
  readonly reason: string;
  /** Length d. */
  readonly values: Float64Array;
  /** What each feature adds to how unusual the row is, length d; where the detector tells. */
  readonly contributions?: Float64Array;
  /** What each feature should have been given the others, and how far from there is usual. */
  readonly expected?: Float64Array;
  readonly deviation?: Float64Array;
}

/** The detector in words. */
interface DetectorDescription {
  /** Its type: "EllipticEnvelope". */
  readonly type: string;
  /** What it is based on, in sentences. */
  readonly sentences: readonly string[];
  /** How many rows were found and by which rule, without a full stop: "14 of 75 rows of hbk.csv stand apart, by --apart 0.1". Default: the number alone. */
  readonly verdict?: string;
  /** What its threshold means, in a sentence. */
  readonly thresholdSentence: string;
  /** What its scores are, for axes: "minus squared distance". */
  readonly scoreName: string;
}

/** Distances of the rows, where the detector uses them. */
export interface DistanceFacts {
  /** Squared distances from the mean and covariance of all rows. */
  readonly classical: Float64Array;
  /** Squared distances that the detector uses. */
  readonly robust: Float64Array;
  /** Squared distance beyond which the detector calls rows outliers. */
  readonly cutoff: number;
}

/** What a cleaning did: fitted, removed the most extreme rows, fitted again. */
interface CleaningFacts {
  /** One mark per row: 1 for a row that the last fit is without. */
  readonly removed: Uint8Array;
  /** The Gaussian components before and after, where there are some. */
  readonly before?: MixtureParameters;
  readonly after?: MixtureParameters;
  /** What changed, in sentences. */
  readonly sentences: readonly string[];
}

/** How the scores agree with rows that are known to be outliers. */
export interface KnownOutliers {
  /** Where they are known from, such as a column's name. */
  readonly column: string;
  /** The label that stands for an outlier. */
  readonly positive: string;
  readonly count: number;
  readonly rocAuc: number;
  readonly averagePrecision: number;
  /** Of the rows that were found, those that are known outliers. */
  readonly found: number;
}

/** Everything that a page about a detection is made from. */
export interface DetectionFacts {
  /** The heading. Default: the source's name. */
  readonly title?: string;
  /** What the data is called: a file's name, or a word. */
  readonly source: string;
  /** The rows that were judged, n×d. */
  readonly X: Matrix;
  /** For each row of `X` its index in the source, where rows were left out. */
  readonly rowIndices?: ArrayLike<number>;
  /** What the rows are named by, where a column identifies them. Default: their numbers. */
  readonly ids?: RowIds;
  /** Rows of the source that were left out for a missing value. Default 0. */
  readonly droppedRows?: number;
  /** Rows of the source that could not be read: how many, and the first of them with what is wrong. */
  readonly notJudged?: { readonly count: number; readonly first: readonly string[] };
  /** Columns of the source that are no features. */
  readonly skippedColumns?: readonly string[];
  readonly detector: DetectorDescription;
  /** One per row, higher is more normal. */
  readonly scores: Float64Array;
  /** Rows that score less are outliers. */
  readonly threshold: number;
  /** One mark per row: 1 for an outlier. */
  readonly outliers: Uint8Array;
  /** The most extreme outliers, the worst first. */
  readonly anomalies: readonly Anomaly[];
  /** The Gaussian components of the detector, where it has any. */
  readonly components?: MixtureParameters;
  /** The natural-log density of `components` that the threshold amounts to, where there is one. */
  readonly logDensityThreshold?: number;
  readonly distances?: DistanceFacts;
  readonly cleaning?: CleaningFacts;
  readonly known?: KnownOutliers;
  /** What the fit met. */
  readonly diagnostics: readonly Diagnostic[];
  /** How to repeat and to use the result: command lines or code, each with a caption. */
  readonly recipes?: readonly { readonly caption: string; readonly text: string }[];
  /** Puts the library's advice in other words, such as those of a command line. */
  readonly phrase?: (advice: string) => string;
  /** When the report was made, as it should be shown. Default: not shown, so that equal facts give equal bytes. */
  readonly createdAt?: string;
}
