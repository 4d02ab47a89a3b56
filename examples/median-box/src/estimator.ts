import type { Diagnostic } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { defineEstimator } from "@mixtura/core/authoring";
import { centreAndSpread } from "./median.ts";
import { FittedMedianBox, MEDIAN_BOX } from "./model.ts";
import type { MedianBoxOptions } from "./options.ts";
import { medianBoxOptions } from "./options.ts";

/**
 * Outlier detection by the median and the median deviation of each
 * feature. Up to half of the rows may be outliers.
 */
export class MedianBox extends defineEstimator<
  MedianBoxOptions,
  typeof medianBoxOptions,
  FittedMedianBox
>({
  type: MEDIAN_BOX,
  summary: "Outliers by medians and median deviations.",
  capabilities: ["outlier"],
  options: medianBoxOptions,
  async fit(given, job) {
    const read = await job.read(given);
    const { data, rows, columns } = read.X;
    const centre = new Float64Array(columns);
    const spread = new Float64Array(columns);
    for (let j = 0; j < columns; j++) {
      const values = Float64Array.from(
        { length: rows },
        (_, i) => data[i * columns + j]!,
      );
      const found = centreAndSpread(values);
      if (!Number.isFinite(found.spread)) {
        const message =
          `${job.caller}: the values of feature ${j} are too far ` +
          "apart. Divide the feature by a large number.";
        throw new MixturaError("not-finite", message, {
          row: 0,
          column: j,
          found: found.spread,
        });
      }
      centre[j] = found.centre + 0; // JSON cannot hold negative zeros
      spread[j] = found.spread;
      if (job.pace.due()) await job.pace.turn();
    }
    job.pace.check();
    return new FittedMedianBox({
      ...job.record(read, { diagnostics: diagnosticsOf(spread) }),
      ...job.options,
      centre,
      spread,
    });
  },
  revive: (json) => FittedMedianBox.fromJSON(json),
}) {}

function diagnosticsOf(spread: Float64Array): Diagnostic[] {
  const constant = Array.from(spread.keys()).filter(
    (feature) => spread[feature] === 0,
  );
  return constant.map((feature) => ({
    code: "constant-feature",
    severity: "warning",
    message:
      `Feature ${feature} is constant and is left out: ` +
      "the training rows do not say how far it may spread.",
    detail: { feature },
  }));
}
