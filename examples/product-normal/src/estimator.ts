import type { Diagnostic } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { defineEstimator } from "@mixtura/core/authoring";
import { FittedProductNormal, PRODUCT_NORMAL } from "./model.ts";
import type { ProductNormalOptions } from "./options.ts";
import { productNormalOptions } from "./options.ts";
import { spreadOf } from "./spread.ts";

/** Density by a normal distribution for every feature by itself, as if no two of them were related. */
export class ProductNormal extends defineEstimator<ProductNormalOptions, typeof productNormalOptions, FittedProductNormal>({
  type: PRODUCT_NORMAL,
  summary: "Density by a normal distribution for every feature by itself.",
  capabilities: ["density", "sampling", "weights"],
  options: productNormalOptions,
  async fit(given, job) {
    const read = await job.read(given);
    const { means, deviations } = await spreadOf(read.X, read.weights, job.pace);
    const beyond = deviations.findIndex((deviation) => !Number.isFinite(deviation));
    if (beyond !== -1) {
      const message = `${job.caller}: the values of feature ${beyond} are too far apart. Divide the feature by a large number.`;
      throw new MixturaError("not-finite", message, { row: 0, column: beyond, found: deviations[beyond] });
    }
    job.pace.check();
    const own = deviations.map((deviation) => (deviation > 0 ? deviation : job.options.constantDeviation));
    return new FittedProductNormal({ ...job.record(read, { diagnostics: diagnosticsOf(deviations) }), means, deviations: own });
  },
  revive: (json) => FittedProductNormal.fromJSON(json),
}) {}

function diagnosticsOf(deviations: Float64Array): Diagnostic[] {
  const constant = Array.from(deviations.keys()).filter((feature) => deviations[feature] === 0);
  return constant.map((feature) => ({
    code: "constant-feature",
    severity: "warning",
    message: `Feature ${feature} is constant: its density is a guess (constantDeviation). Leave it out.`,
    detail: { feature },
  }));
}
