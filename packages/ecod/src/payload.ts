import type { FieldReader, Features, ModelRecord } from "@mixtura/core/authoring";
import { readObject } from "@mixtura/core/internal";
import type { Distribution } from "./distribution.ts";
import type { TailRule } from "./options.ts";
import { tailRules } from "./options.ts";

/** The name of the model in files. */
export const ECOD_TYPE = "ECOD";

/** What an ECOD model is made of; its JSON holds the same. */
export interface ECODPayload extends ModelRecord, ECODParameters {}

interface ECODParameters {
  readonly tails: TailRule;
  /** One per feature. */
  readonly distributions: readonly Distribution[];
  /** Rows that score less are outliers; in the units of `scoreSamples`. */
  readonly threshold: number;
}

/** The parameters as plain JSON data. */
export function parametersToJSON({ tails, distributions, threshold }: ECODParameters): Record<string, unknown> {
  const lists = distributions.map(({ values, masses, skewness }) => ({ values: [...values], masses: [...masses], skewness }));
  return { tails, threshold, distributions: lists };
}

/** Reads parameters from untrusted JSON. */
export function readParameters(reader: FieldReader, { featureCount: d }: Features): ECODParameters {
  const items = reader.list("distributions");
  if (items.length !== d) throw reader.fail("distributions", `a list of ${d}`);
  return {
    tails: reader.oneOf("tails", tailRules),
    distributions: items.map((item, j) => readDistribution(readObject(item, `distributions[${j}]`))),
    threshold: reader.number("threshold"),
  };
}

function readDistribution(reader: FieldReader): Distribution {
  const values = reader.numbers("values");
  if (values.length === 0 || values.some((value, i) => i > 0 && value <= values[i - 1]!)) {
    throw reader.fail("values", "different numbers in ascending order");
  }
  const masses = reader.numbers("masses", values.length);
  // A tail probability of 0 would give an infinite score.
  if (masses.some((mass) => !(mass > 0)) || !(masses.reduce((sum, mass) => sum + mass, 0) < Infinity)) {
    throw reader.fail("masses", "positive numbers with a finite sum");
  }
  return { values, masses, skewness: reader.number("skewness") };
}
