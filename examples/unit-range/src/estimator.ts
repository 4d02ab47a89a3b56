import type { Diagnostic } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { defineEstimator } from "@mixtura/core/authoring";
import { FittedUnitRange, UNIT_RANGE } from "./model.ts";
import type { UnitRangeOptions } from "./options.ts";
import { unitRangeOptions } from "./options.ts";
import { rangesOf } from "./ranges.ts";

/** A change of coordinates: every feature from its least to its largest value becomes one unit. One far value squeezes all others. */
export class UnitRange extends defineEstimator<UnitRangeOptions, typeof unitRangeOptions, FittedUnitRange>({
  type: UNIT_RANGE,
  summary: "Every feature from 0 to 1, by its own range.",
  capabilities: ["transform"],
  options: unitRangeOptions,
  async fit(given, job) {
    const read = await job.read(given);
    const { least, largest } = await rangesOf(read.X, job.pace);
    const found = largest.map((value, j) => value - least[j]!);
    const beyond = found.findIndex((range) => !Number.isFinite(range));
    if (beyond !== -1) {
      const message = `${job.caller}: the values of feature ${beyond} are too far apart. Divide the feature by a large number.`;
      throw new MixturaError("not-finite", message, { row: 0, column: beyond, found: found[beyond] });
    }
    job.pace.check();
    const range = found.map((value) => (value > 0 ? value : 1));
    const origin = job.options.ends === "zero-to-one" ? least : least.map((value, j) => value + range[j]! / 2);
    return new FittedUnitRange({ ...job.record(read, { diagnostics: diagnosticsOf(found) }), origin, range });
  },
  revive: (json) => FittedUnitRange.fromJSON(json),
}) {}

function diagnosticsOf(ranges: Float64Array): Diagnostic[] {
  const constant = Array.from(ranges.keys()).filter((feature) => ranges[feature] === 0);
  return constant.map((feature) => ({
    code: "constant-feature",
    severity: "warning",
    message: `Feature ${feature} is constant, so its range is taken for 1. Leave it out.`,
    detail: { feature },
  }));
}
