import type { IterativeTrace } from "@mixtura/core";
import type { Features, FieldReader, ModelRecord } from "@mixtura/core/authoring";
import { present } from "@mixtura/core/authoring";
import type { EllipseParts } from "../gaussian/ellipse.ts";
import { ellipseToJSON, readCovariance, readEllipse, squareToJSON } from "../gaussian/payload.ts";
import type { CorrectionFactors, Regularization, RobustParts } from "./estimate.ts";
import { targetNames } from "./mrcd/target.ts";

/** The parameters of a robust model; its JSON holds the same, except for the masks of the training rows. */
export interface RobustPayload extends ModelRecord<IterativeTrace>, RobustParameters {
  readonly support?: Uint8Array;
  readonly rawSupport?: Uint8Array;
}

interface RobustParameters extends EllipseParts, RobustParts {}

/** The parameters as plain JSON data. */
export function robustToJSON(payload: RobustParameters): Record<string, unknown> {
  const { rawLocation, rawCovariance, criterion, supportCount, correction, regularization } = payload;
  return {
    ...ellipseToJSON(payload),
    raw: { location: [...rawLocation], covariance: squareToJSON(rawCovariance) },
    criterion,
    supportCount,
    correction: { raw: [...correction.raw], reweighted: [...correction.reweighted] },
    ...present({ regularization }),
  };
}

/**
 * Reads what {@link robustToJSON} wrote, from untrusted JSON.
 *
 * @throws MixturaError `invalid-model`
 */
export function readRobust(reader: FieldReader, features: Features): RobustParameters {
  const ellipse = readEllipse(reader, features);
  const d = ellipse.location.length;
  const raw = reader.object("raw");
  const correction = reader.object("correction");
  return {
    ...ellipse,
    rawLocation: raw.numbers("location", d),
    rawCovariance: readCovariance(raw, "covariance", d),
    criterion: reader.number("criterion"),
    supportCount: reader.count("supportCount", 1),
    correction: Object.freeze({ raw: readFactors(correction, "raw"), reweighted: readFactors(correction, "reweighted") }),
    ...(reader.has("regularization") ? { regularization: readRegularization(reader.object("regularization")) } : {}),
  };
}

function readFactors(reader: FieldReader, key: keyof CorrectionFactors): readonly [number, number] {
  const [consistency, smallSample] = reader.numbers(key, 2);
  if (!(consistency! > 0 && smallSample! > 0)) throw reader.fail(key, "two numbers above 0");
  return Object.freeze([consistency!, smallSample!]);
}

function readRegularization(reader: FieldReader): Regularization {
  const rho = reader.number("rho");
  if (rho < 0 || rho > 1) throw reader.fail("rho", "a number from 0 to 1");
  const correlation = reader.number("correlation");
  if (!(Math.abs(correlation) < 1)) throw reader.fail("correlation", "a number between −1 and 1");
  return Object.freeze({ rho, target: reader.oneOf("target", targetNames), correlation });
}
