import { isSymmetric } from "@mixtura/backend/internal/factors";
import type { Features, FieldReader, ModelRecord } from "@mixtura/core/authoring";
import { present } from "@mixtura/core/authoring";
import { invalidField } from "@mixtura/core/internal";
import type { Ellipse, EllipseParts } from "./ellipse.ts";
import { createEllipse } from "./ellipse.ts";

/** The parameters of every model of this package; its JSON holds the same. Models may have further fields. */
export interface EllipsePayload extends ModelRecord, EllipseParts {}

/** Location, covariance and floor as plain JSON data. */
export function ellipseToJSON({ location, covariance, floor }: EllipseParts): Record<string, unknown> {
  return { location: [...location], covariance: squareToJSON(covariance), ...present({ floor: floor && [...floor] }) };
}

/** Rows of a d×d matrix. */
export function squareToJSON(square: Float64Array): number[][] {
  const d = Math.sqrt(square.length);
  return Array.from({ length: d }, (_, i) => [...square.subarray(i * d, (i + 1) * d)]);
}

/**
 * Reads what {@link ellipseToJSON} wrote, from untrusted JSON.
 *
 * @throws MixturaError `invalid-model`
 */
export function readEllipse(reader: FieldReader, { featureCount: d }: Features): EllipseParts {
  const floor = reader.has("floor") ? reader.numbers("floor", d) : undefined;
  if (floor?.some((value) => value < 0)) throw reader.fail("floor", "numbers ≥ 0");
  return { location: reader.numbers("location", d), covariance: readCovariance(reader, "covariance", d), ...present({ floor }) };
}

/** Reads a symmetric d×d matrix. */
export function readCovariance(reader: FieldReader, key: string, d: number): Float64Array {
  const covariance = reader.rows(key, d, d);
  if (!isSymmetric(covariance, d)) throw reader.fail(key, "symmetric");
  return covariance;
}

/**
 * The ellipse of parts that come from a fit or from a file.
 *
 * @throws MixturaError `invalid-model` where the covariance is none
 */
export function ellipseOf(parts: EllipseParts): Ellipse {
  const ellipse = createEllipse(parts);
  if (ellipse === undefined || !Number.isFinite(ellipse.logOffset))
    throw invalidField("covariance", "positive definite", "one that is not");
  return ellipse;
}
