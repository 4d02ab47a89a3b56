import type { FitTrace, ModelJSON } from "@mixtura/core";
import { modelJSON, readModelHeads, readObject, traceFromJSON, traceToJSON } from "@mixtura/core";
import type { Kernel } from "./kernel.ts";
import { kernels } from "./kernel.ts";
import { LEAST_BANDWIDTH } from "./options.ts";

/** What a kernel density is made of; its JSON holds the same. */
export interface KernelDensityPayload {
  readonly featureCount: number;
  readonly featureNames?: readonly string[];
  readonly kernel: Kernel;
  /** Length d. */
  readonly bandwidth: Float64Array;
  /** d×d lower factor of the features' correlation, where the density is whitened. */
  readonly factor?: Float64Array;
  /** n×d: the training rows of positive weight. */
  readonly rows: Float64Array;
  /** Length n, positive; absent where every row counts once. */
  readonly weights?: Float64Array;
  readonly trace: FitTrace;
}

/** The name of the model in files. */
export const KERNEL_DENSITY = "KernelDensity";

/** The payload as plain JSON data. */
export function payloadToJSON(payload: KernelDensityPayload): ModelJSON {
  const { featureCount: d, featureNames, kernel, bandwidth, factor, rows, weights, trace } = payload;
  return modelJSON(KERNEL_DENSITY, {
    features: { count: d, ...(featureNames === undefined ? {} : { names: featureNames }) },
    kernel,
    bandwidth: [...bandwidth],
    ...(factor === undefined ? {} : { correlationFactor: nest(factor, d) }),
    training: { rows: nest(rows, d), ...(weights === undefined ? {} : { weights: [...weights] }) },
    trace: traceToJSON(trace),
  });
}

/** Reads a payload from JSON that nobody vouches for. */
export function payloadFromJSON(json: unknown): KernelDensityPayload {
  const reader = readObject(readModelHeads(json));
  if (reader.string("type") !== KERNEL_DENSITY) throw reader.fail("type", `"${KERNEL_DENSITY}"`);
  const features = reader.object("features");
  const d = features.count("count", 1);
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
  return {
    featureCount: d,
    ...(features.has("names") ? { featureNames: features.strings("names", d) } : {}),
    kernel: reader.oneOf("kernel", kernels),
    bandwidth,
    ...(factor === undefined ? {} : { factor }),
    rows: training.rows("rows", n, d),
    ...(weights === undefined ? {} : { weights }),
    trace: traceFromJSON(reader.object("trace")),
  };
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
