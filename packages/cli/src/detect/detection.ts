import type { AnyEstimatorPlugin, FittedModel } from "@mixtura/core";
import type { Threshold } from "@mixtura/outliers";
import type { FeatureTable } from "../files/left-out.ts";
import type { TableChoice } from "../files/table.ts";
import type { Detector } from "./detector.ts";
import type { RowSource } from "./rows.ts";

/** A detector, and the rows to judge by it. */
export interface Detection {
  /** The data as it was named; absent for standard input. */
  readonly path: string | undefined;
  readonly choice: TableChoice;
  readonly detector: Detector;
  /** The threshold rule, kept by the detector or given for this fit. */
  readonly rule: Threshold | undefined;
  /** The plugin of `--estimator`, where the detector was fitted now. */
  readonly plugin?: AnyEstimatorPlugin;
  /** Whether the rows chose the detector, none being named. */
  readonly chosen?: boolean;
  /** The rows to judge; absent where there is only something to fit. */
  readonly rows: RowSource | undefined;
  /** The rows to judge, where they lie in memory. */
  readonly table?: FeatureTable;
  /** The rows that the detector was fitted on, where it was fitted now. */
  readonly trained?: FeatureTable;
  /** The file of these rows, where it is another one. */
  readonly train?: string;
  /** The model of the file `model`: the detector, or the density that it judges by. */
  readonly saved?: FittedModel;
  /** The file of the detector, where it was fitted before. */
  readonly model?: string;
}
