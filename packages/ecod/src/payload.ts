import type { FieldReader, FitTrace, ModelJSON } from "@mixtura/core";
import { modelJSON, readModelHeads, readObject, traceFromJSON, traceToJSON } from "@mixtura/core";
import type { Distribution } from "./distribution.ts";
import type { TailRule } from "./options.ts";
import { tailRules } from "./options.ts";

/** What an ECOD model is made of; its JSON holds the same. */
export interface ECODPayload {
  readonly featureCount: number;
  readonly featureNames?: readonly string[];
  readonly tails: TailRule;
  /** One per feature. */
  readonly distributions: readonly Distribution[];
  /** Rows that score less are outliers; in the units of `scoreSamples`. */
  readonly threshold: number;
  readonly trace: FitTrace;
}

/** The name of the model in files. */
export const ECOD_TYPE = "ECOD";

/** The payload as plain JSON data. */
export function payloadToJSON({ featureCount, featureNames, tails, distributions, threshold, trace }: ECODPayload): ModelJSON {
  return modelJSON(ECOD_TYPE, {
    features: { count: featureCount, ...(featureNames === undefined ? {} : { names: featureNames }) },
    tails,
    threshold,
    distributions: distributions.map(({ values, masses, skewness }) => ({ values: [...values], masses: [...masses], skewness })),
    trace: traceToJSON(trace),
  });
}

/** Reads a payload from JSON that nobody vouches for. */
export function payloadFromJSON(json: unknown): ECODPayload {
  const reader = readObject(readModelHeads(json));
  if (reader.string("type") !== ECOD_TYPE) throw reader.fail("type", `"${ECOD_TYPE}"`);
  const features = reader.object("features");
  const d = features.count("count", 1);
  const items = reader.list("distributions");
  if (items.length !== d) throw reader.fail("distributions", `a list of ${d}`);
  return {
    featureCount: d,
    ...(features.has("names") ? { featureNames: features.strings("names", d) } : {}),
    tails: reader.oneOf("tails", tailRules),
    distributions: items.map((item, j) => readDistribution(readObject(item, `distributions[${j}]`))),
    threshold: reader.number("threshold"),
    trace: traceFromJSON(reader.object("trace")),
  };
}

function readDistribution(reader: FieldReader): Distribution {
  const values = reader.numbers("values");
  if (values.length === 0 || values.some((value, i) => i > 0 && value <= values[i - 1]!)) {
    throw reader.fail("values", "different numbers in ascending order");
  }
  const masses = reader.numbers("masses", values.length);
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  // A share that vanishes would be a surprise without bound.
  if (masses.some((mass) => !(mass / total > 0)) || !(total < Infinity)) throw reader.fail("masses", "positive numbers of similar size");
  return { values, masses, skewness: reader.number("skewness") };
}
