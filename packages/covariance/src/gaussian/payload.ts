import { isSymmetric } from "@mixtura/backend/factors";
import type { FieldReader, FitTrace } from "@mixtura/core";
import { featuresToJSON, readFeatures, traceFromJSON, traceToJSON } from "@mixtura/core";
import type { Ellipse, EllipseParts } from "./ellipse.ts";
import { createEllipse } from "./ellipse.ts";

/** What every model of this package is made of; its JSON holds the same. Further fields are the model's own. */
export interface EllipsePayload extends EllipseParts {
  readonly featureNames?: readonly string[];
  readonly trace: FitTrace;
}

/** The fields of {@link EllipsePayload} as plain JSON data. */
export function ellipseToJSON({ location, covariance, floor, featureNames, trace }: EllipsePayload): Record<string, unknown> {
  return {
    features: featuresToJSON({ featureCount: location.length, ...(featureNames === undefined ? {} : { featureNames }) }),
    location: [...location],
    covariance: squareToJSON(covariance),
    ...(floor === undefined ? {} : { floor: [...floor] }),
    trace: traceToJSON(trace),
  };
}

/** Rows of a d×d matrix. */
export function squareToJSON(square: Float64Array): number[][] {
  const d = Math.sqrt(square.length);
  return Array.from({ length: d }, (_, i) => [...square.subarray(i * d, (i + 1) * d)]);
}

/**
 * Reads the fields that {@link ellipseToJSON} wrote, from JSON that nobody vouches for.
 *
 * @throws MixturaError `invalid-model`, also where the covariance is none
 */
export function readEllipse(reader: FieldReader): EllipsePayload {
  const { featureCount: d, featureNames } = readFeatures(reader);
  const floor = reader.has("floor") ? reader.numbers("floor", d) : undefined;
  if (floor?.some((value) => value < 0)) throw reader.fail("floor", "numbers ≥ 0");
  return {
    ...(featureNames === undefined ? {} : { featureNames }),
    location: reader.numbers("location", d),
    covariance: readCovariance(reader, "covariance", d),
    ...(floor === undefined ? {} : { floor }),
    trace: traceFromJSON(reader.object("trace")),
  };
}

/** Reads a symmetric d×d matrix. */
export function readCovariance(reader: FieldReader, key: string, d: number): Float64Array {
  const covariance = reader.rows(key, d, d);
  if (!isSymmetric(covariance, d)) throw reader.fail(key, "symmetric");
  return covariance;
}

/** The ellipse of a payload; `reader` names the field where it has none. */
export function ellipseOf(payload: EllipseParts, reader: FieldReader): Ellipse {
  const ellipse = createEllipse(payload);
  if (ellipse === undefined || !Number.isFinite(ellipse.logOffset)) throw reader.fail("covariance", "positive definite");
  return ellipse;
}
