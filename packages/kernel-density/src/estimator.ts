import type { BlockSource, Estimator, FitContext, Matrix, MatrixLike } from "@mixtura/core";
import { checkFitContext, checkOptions, checkSampleWeight, createPace, isBlockSource, MixturaError, toMatrix } from "@mixtura/core";
import { widthOf } from "./bandwidth.ts";
import { FittedKernelDensity } from "./model.ts";
import type { CheckedKernelDensityOptions, KernelDensityOptions } from "./options.ts";
import { kernelDensityOptions } from "./options.ts";
import { KERNEL_DENSITY } from "./payload.ts";
import type { Rows } from "./spread.ts";

/**
 * Kernel density estimation: the mean of kernels about the training rows. Nothing is approximated.
 *
 * With bandwidths hⱼ and kernel K, p(x) = Σᵢ wᵢ K(L⁻¹ ((x − xᵢ) / h)) / (Σᵢ wᵢ · ∏ hⱼ Lⱼⱼ · ∫K), where L is the factor of the features' correlation
 * for `scaling: "whitened"` and the identity otherwise.
 *
 * @example
 * ```ts run
 * const model = await new KernelDensity({ bandwidth: { relative: 0.4 } }).fit([[0], [0.2], [0.3], [9]]);
 * model.point.logDensity([0.1]) > model.point.logDensity([5]) // => true
 * ```
 * @remarks A fit takes O(n·d²) time and keeps a copy of the rows; a density takes O(n·d) time per row asked for.
 * @see Silverman, Density Estimation for Statistics and Data Analysis (1986), chapter 4
 */
export class KernelDensity implements Estimator<FittedKernelDensity> {
  readonly type: typeof KERNEL_DENSITY = KERNEL_DENSITY;
  readonly options: CheckedKernelDensityOptions;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: KernelDensityOptions = {}) {
    const checked = checkOptions(KERNEL_DENSITY, kernelDensityOptions, options);
    if (typeof checked.bandwidth === "number" && checked.scaling === "whitened") {
      throw new MixturaError(
        "invalid-option",
        `${KERNEL_DENSITY}: "bandwidth" ${checked.bandwidth} is absolute, and scaling "whitened" has no units of its own. ` +
          `Give { relative: r }, or leave "scaling" out.`,
        { option: "bandwidth", found: checked.bandwidth },
      );
    }
    this.options = checked;
    Object.freeze(this);
  }

  /**
   * A copy with some options changed.
   *
   * @example
   * ```ts run
   * new KernelDensity({ bandwidth: 2 }).with({ kernel: "tophat" }).options.bandwidth // => 2
   * ```
   */
  with(changes: KernelDensityOptions): KernelDensity {
    return new KernelDensity({ ...this.options, ...changes });
  }

  /**
   * Keeps the rows of positive weight and works out the bandwidths. Features without spread are reported in `trace.diagnostics`.
   *
   * @param X n×d rows; a source of blocks is turned down, since the model is its rows
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `invalid-weight`, `not-supported`, `aborted`
   */
  async fit(X: MatrixLike | BlockSource, context: FitContext = {}): Promise<FittedKernelDensity> {
    const started = performance.now();
    const caller = `${KERNEL_DENSITY}.fit`;
    checkFitContext(context, caller);
    const pace = createPace(context.signal);
    pace.check();
    if (isBlockSource(X)) {
      throw new MixturaError("not-supported", `${caller}: a kernel density keeps all its rows. Read the blocks into one matrix first.`, {
        feature: "blocks",
      });
    }
    const data = toMatrix(X, { caller });
    const rows = positiveRows(data, checkSampleWeight(context.sampleWeight, data.rows, caller));
    const { diagnostics, ...width } = await widthOf(rows, this.options, caller, pace);
    pace.check();
    return new FittedKernelDensity({
      featureCount: data.columns,
      ...(data.featureNames === undefined ? {} : { featureNames: data.featureNames }),
      kernel: this.options.kernel,
      ...width,
      rows: rows.data,
      ...(rows.weights === undefined ? {} : { weights: rows.weights }),
      trace: {
        converged: true,
        iterations: 1,
        lowerBounds: Object.freeze([]),
        seed: 0,
        backend: "none",
        restarts: Object.freeze([]),
        diagnostics: Object.freeze(diagnostics),
        elapsedMilliseconds: performance.now() - started,
      },
    });
  }

  /**
   * Reads a fitted density from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @throws MixturaError `invalid-model`, `unsupported-version`
   * @example
   * ```ts run
   * const model = await new KernelDensity({ bandwidth: 1 }).fit([[0], [3]]);
   * KernelDensity.load(JSON.stringify(model)).point.logDensity([1]) === model.point.logDensity([1]) // => true
   * KernelDensity.load("{}") // throws invalid-model
   * ```
   */
  static load(json: unknown): FittedKernelDensity {
    return FittedKernelDensity.fromJSON(json);
  }
}

/** A copy of the rows that count. Weights that are all 1 are no weights. */
function positiveRows({ data, rows: n, columns: d, featureNames }: Matrix, weights: Float64Array | undefined): Rows {
  const names = featureNames === undefined ? {} : { featureNames };
  if (weights === undefined || weights.every((w) => w === 1)) return { data: data.slice(), features: d, ...names };
  const kept = Array.from({ length: n }, (_, i) => i).filter((i) => weights[i]! > 0);
  const out = new Float64Array(kept.length * d);
  kept.forEach((from, i) => out.set(data.subarray(from * d, (from + 1) * d), i * d));
  return { data: out, features: d, weights: Float64Array.from(kept, (i) => weights[i]!), ...names };
}
