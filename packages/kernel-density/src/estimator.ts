import type { Matrix } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { defineEstimator, present } from "@mixtura/core/authoring";
import { widthOf } from "./bandwidth.ts";
import { FittedKernelDensity } from "./model.ts";
import type { KernelDensityOptions } from "./options.ts";
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
 * const model = await new KernelDensity({
 *   bandwidth: { relative: 0.4 },
 * }).fit([[0], [0.2], [0.3], [9]]);
 * model.point.logDensity([0.1]) > model.point.logDensity([5]) // => true
 * ```
 * @example Options are copied with changes; models are read back from their JSON.
 * ```ts run
 * new KernelDensity({ bandwidth: 2 }).with({ kernel: "tophat" }).options
 *   .bandwidth // => 2
 * const model = await new KernelDensity({ bandwidth: 1 }).fit([[0], [3]]);
 * KernelDensity.load(JSON.stringify(model)).point.logDensity([1]) ===
 *   model.point.logDensity([1]) // => true
 * KernelDensity.load("{}") // throws invalid-model
 * ```
 * @remarks A fit keeps the rows of positive weight and computes the bandwidths; features without spread are reported in `trace.diagnostics`. Rows
 *   must be in memory: a source of blocks is rejected with `not-supported`, since the model is its rows. A fit takes O(n·d) time, whitened O(n·d²), and keeps a copy of the rows; a
 *   density takes O(n·d) time per row.
 * @see Silverman, Density Estimation for Statistics and Data Analysis (1986), chapter 4
 */
export class KernelDensity extends defineEstimator<KernelDensityOptions, typeof kernelDensityOptions, FittedKernelDensity>({
  type: KERNEL_DENSITY,
  summary: "Density of any shape, as the mean of kernels about the training rows.",
  capabilities: ["density", "sampling", "weights"],
  options: kernelDensityOptions,
  rowsNeeded: "a kernel density keeps all its rows. Read the blocks into one matrix first",
  check({ bandwidth, scaling }) {
    if (typeof bandwidth !== "number" || scaling !== "whitened") return;
    throw new MixturaError(
      "invalid-option",
      `${KERNEL_DENSITY}: "bandwidth" ${bandwidth} is absolute, but scaling "whitened" has no units. ` +
        `Give { relative: r }, or leave "scaling" out.`,
      { option: "bandwidth", found: bandwidth },
    );
  },
  async fit(X, job) {
    const read = await job.read(X);
    const { data: rows, weights, ...rest } = positiveRows(read.X, read.weights);
    const { diagnostics, ...width } = await widthOf({ data: rows, ...present({ weights }), ...rest }, job.options, job.caller, job.pace);
    const { columnDiagnostics } = await import("@mixtura/backend/internal/columns"); // as large as the rest of this package
    const columns = await columnDiagnostics(read.X, read.weights, job.pace);
    job.pace.check();
    return new FittedKernelDensity({
      ...job.record(read, { diagnostics: [...columns, ...diagnostics] }),
      kernel: job.options.kernel,
      ...width,
      rows,
      ...present({ weights }),
    });
  },
  revive: (json) => FittedKernelDensity.fromJSON(json),
}) {}

/** A copy of the rows that count. Weights that are all 1 are no weights. */
function positiveRows({ data, rows: n, columns: d, featureNames }: Matrix, weights: Float64Array | undefined): Rows {
  const names = present({ featureNames });
  if (weights === undefined || weights.every((w) => w === 1)) return { data: data.slice(), features: d, ...names };
  const kept = Array.from({ length: n }, (_, i) => i).filter((i) => weights[i]! > 0);
  const out = new Float64Array(kept.length * d);
  kept.forEach((from, i) => out.set(data.subarray(from * d, (from + 1) * d), i * d));
  return { data: out, features: d, weights: Float64Array.from(kept, (i) => weights[i]!), ...names };
}
