import type { BlockSource, Diagnostic, Estimator, FitContext, MatrixLike } from "@mixtura/core";
import { checkOptions, createPace, isBlockSource, MixturaError, toMatrix } from "@mixtura/core";
import { centreAndSpread } from "./median.ts";
import { FittedMedianBox, MEDIAN_BOX } from "./model.ts";
import type { MedianBoxOptions } from "./options.ts";
import { medianBoxOptions } from "./options.ts";

/** Outlier detection by the median and the median deviation of each feature. Up to half of the rows may be outliers. */
export class MedianBox implements Estimator<FittedMedianBox> {
  readonly type: typeof MEDIAN_BOX = MEDIAN_BOX;
  readonly options: Readonly<Required<MedianBoxOptions>>;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: MedianBoxOptions = {}) {
    this.options = checkOptions(MEDIAN_BOX, medianBoxOptions, options);
    Object.freeze(this);
  }

  /**
   * Fits the model.
   *
   * @param X n×d rows
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `not-supported`, `aborted`
   */
  async fit(X: MatrixLike | BlockSource, { sampleWeight, signal }: FitContext = {}): Promise<FittedMedianBox> {
    const started = performance.now();
    const caller = `${MEDIAN_BOX}.fit`;
    const pace = createPace(signal);
    pace.check();
    if (isBlockSource(X)) throw unsupported(caller, "blocks");
    if (sampleWeight !== undefined) throw unsupported(caller, "sampleWeight");
    const { data, rows, columns, featureNames } = toMatrix(X, { caller });
    const centre = new Float64Array(columns);
    const spread = new Float64Array(columns);
    for (let j = 0; j < columns; j++) {
      const values = Float64Array.from({ length: rows }, (_, i) => data[i * columns + j]!);
      const found = centreAndSpread(values);
      if (!Number.isFinite(found.spread)) {
        throw new MixturaError(
          "not-finite",
          `${caller}: the values of feature ${j} are too far apart. Divide the feature by a large number.`,
          {
            row: 0,
            column: j,
            found: found.spread,
          },
        );
      }
      centre[j] = found.centre + 0; // JSON cannot hold negative zeros
      spread[j] = found.spread;
      if (pace.due()) await pace.turn();
    }
    pace.check();
    return new FittedMedianBox({
      featureCount: columns,
      ...(featureNames === undefined ? {} : { featureNames }),
      cutoff: this.options.cutoff,
      centre,
      spread,
      trace: {
        converged: true,
        iterations: 1,
        lowerBounds: Object.freeze([]),
        seed: 0,
        backend: "none",
        restarts: Object.freeze([]),
        diagnostics: Object.freeze(diagnosticsOf(spread)),
        elapsedMilliseconds: performance.now() - started,
      },
    });
  }
}

function diagnosticsOf(spread: Float64Array): Diagnostic[] {
  const constant = Array.from(spread.keys()).filter((feature) => spread[feature] === 0);
  return constant.map((feature) => ({
    code: "constant-feature",
    severity: "warning",
    message: `Feature ${feature} is constant and is left out: the training rows do not say how far it may spread.`,
    detail: { feature },
  }));
}

function unsupported(caller: string, feature: string): MixturaError<"not-supported"> {
  return new MixturaError("not-supported", `${caller}: ${feature} cannot be used here. Pass plain rows, each of which counts once.`, {
    feature,
  });
}
