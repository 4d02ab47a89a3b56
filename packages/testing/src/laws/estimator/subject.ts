import type { Backend } from "@mixtura/backend";
import type { AnyEstimatorPlugin, Capability, Data, ErrorCode, FitContext, FitStep, Matrix } from "@mixtura/core";
import type { Law } from "../../law.ts";
import type { DataCopy } from "./data-copy.ts";
import type { Ledger } from "./ledger.ts";
import type { ModelUnderTest } from "./model.ts";

/** Options of an estimator, by name. */
export type Options = Readonly<Record<string, unknown>>;

/** What decides whether a law of estimators applies. */
export type EstimatorCapability =
  | Capability // declared by the plugin
  | "seed" // there is an option `randomState`
  | "contamination" // there is an option for the fraction of outliers
  | "backend" // the subject names the backend that walks the rows
  | "monotone" // the subject says how to switch regularisation off
  | "minimum-rows" // the subject needs more than one row
  | "refused-options" // the subject lists options that do not fit its data
  | "host" // laws of what the host makes of a model's parameters are checked, too, which no backend can change
  | "whole-contract"; // laws that neither backends nor values of options can change are checked, too

/** Options of a fit that must be rejected, though each alone is of the right kind. */
export interface RefusedOptions {
  readonly options: Options;
  readonly code: ErrorCode;
}

/** An estimator on trial. Every fit runs with the subject's options, a fixed seed and its backend; laws add theirs. */
export interface EstimatorUnderTest {
  readonly plugin: AnyEstimatorPlugin;
  readonly capabilities: ReadonlySet<EstimatorCapability>;
  /** The subject's rows, rounded to multiples of 2⁻²⁶ and without names. */
  readonly data: Matrix;
  readonly minimumRows: number;
  readonly backend: Backend | undefined;
  /** Counts what lives on the backend. */
  readonly ledger: Ledger | undefined;
  /** Options that fix the start without any draw, for a copy of the data. */
  readonly starts: readonly ((copy: DataCopy) => Options)[];
  readonly scaling: "per-feature" | "uniform" | "none";
  readonly unregularised: Options;
  /** Options that end a fit after a few iterations, for laws that need many rows but no optimum. */
  readonly brief: Options;
  readonly refused: readonly RefusedOptions[];
  /** What the score of a model becomes when feature j is multiplied by scale[j]; absent where the score is not a mean log-density. */
  scaledScore?(score: number, scale: readonly number[]): number;
  /** An estimator with the subject's options and these besides. */
  create(options?: Options): EstimatorOnTrial;
  /** Creates such an estimator and fits it. */
  fit(X: Data, options?: Options, context?: FitContext): Promise<ModelUnderTest>;
}

/** An estimator whose models are asked by method name. */
export interface EstimatorOnTrial {
  readonly type: string;
  readonly options: Options;
  /** Fits a model. */
  fit(X: Data, context?: FitContext): Promise<ModelUnderTest>;
  /** Every state of the fit, where the capability "steps" promises it. */
  steps?(X: Data, context?: FitContext): AsyncGenerator<FitStep<ModelUnderTest>, ModelUnderTest>;
}

/** A law of the estimator contract. */
export type EstimatorLaw = Law<EstimatorUnderTest, EstimatorCapability>;
