import type { Features, FieldReader, ModelRecord } from "@mixtura/core/authoring";
import { present } from "@mixtura/core/authoring";
import type { Kernel } from "./kernel.ts";
import { kernels } from "./kernel.ts";
import { LEAST_BANDWIDTH } from "./options.ts";

/** The name of the model in files. */
export const KERNEL_DENSITY = "KernelDensity";

/** What a kernel density is made of; its JSON holds the same. */
export interface KernelDensityPayload extends ModelRecord, KernelDensityParameters {}

interface KernelDensityParameters {
  readonly kernel: Kernel;
  /** Length d. */
  readonly bandwidth: Float64Array;
  /** d×d lower factor of the features' correlation, where the density is whitened. */
  readonly factor?: Float64Array;
  /** n×d: the training rows of positive weight. */
  readonly rows: Float64Array;
  /** Length n, positive; absent where every row counts once. */
  readonly weights?: Float64Array;
}

/** The parameters as plain JSON data. */
export function parametersToJSON(payload: KernelDensityPayload): Record<string, unknown> {
  const { featureCount: d, kernel, bandwidth, factor, rows, weights } = payload;
  return {
    kernel,
    bandwidth: [...bandwidth],
    ...present({ correlationFactor: factor && nest(factor, d) }),
    training: { rows: nest(rows, d), ...present({ weights: weights && [...weights] }) },
  };
}

/** Reads parameters from untrusted JSON. */
export function readParameters(reader: FieldReader, { featureCount: d }: Features): KernelDensityParameters {
  const bandwidth = reader.numbers("bandwidth", d);
  if (bandwidth.some((width) => width < LEAST_BANDWIDTH)) throw reader.fail("bandwidth", `numbers ≥ ${LEAST_BANDWIDTH}`);
  const factor = reader.has("correlationFactor") ? reader.rows("correlationFactor", d, d) : undefined;
  if (factor !== undefined && !isLowerFactor(factor, d)) {
    throw reader.fail("correlationFactor", "a lower triangle with a positive diagonal");
  }
  const training = reader.object("training");
  const n = training.list("rows").length;
  if (n === 0) throw training.fail("rows", "at least one row");
  const weights = training.has("weights") ? training.numbers("weights", n) : undefined;
  if (weights !== undefined && !(weights.every((w) => w > 0) && weights.reduce((sum, w) => sum + w, 0) < Infinity)) {
    throw training.fail("weights", "positive numbers");
  }
  return { kernel: reader.oneOf("kernel", kernels), bandwidth, rows: training.rows("rows", n, d), ...present({ factor, weights }) };
}

/** The least pivot of a correlation factor; fits widen theirs long before. */
const LEAST_PIVOT = 1e-9;

function isLowerFactor(factor: Float64Array, d: number): boolean {
  return factor.every((value, at) => {
    const [i, j] = [Math.floor(at / d), at % d];
    return i === j ? value >= LEAST_PIVOT : i > j || value === 0;
  });
}

function nest(values: Float64Array, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, index) => [...values.subarray(index * width, (index + 1) * width)]);
}
