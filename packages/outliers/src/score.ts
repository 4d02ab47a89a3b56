// Reviving and judging only: no options, no fitting, and neither kernels nor explanations until they are asked for.
import type { ReviveContext } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { readModelHeads } from "@mixtura/core/internal";
import { FittedRefitOnInliers } from "./clean/model.ts";
import { REFIT_ON_INLIERS } from "./clean/payload.ts";
import { FittedEllipticEnvelope } from "./elliptic-envelope/model.ts";
import { ELLIPTIC_ENVELOPE } from "./elliptic-envelope/payload.ts";
import { FittedMixtureDetector } from "./mixture-detector/model.ts";
import { MIXTURE_DETECTOR } from "./mixture-detector/payload.ts";

export { FittedEllipticEnvelope, FittedMixtureDetector, FittedRefitOnInliers };

const READERS = [
  { type: ELLIPTIC_ENVELOPE, fromJSON: (json: unknown, context?: ReviveContext) => FittedEllipticEnvelope.fromJSON(json, context) },
  { type: MIXTURE_DETECTOR, fromJSON: (json: unknown, context?: ReviveContext) => FittedMixtureDetector.fromJSON(json, context) },
  { type: REFIT_ON_INLIERS, fromJSON: (json: unknown, context?: ReviveContext) => FittedRefitOnInliers.fromJSON(json, context) },
];

/**
 * Reads a detector of this package, for services that only judge rows.
 *
 * @param json a JSON text or the parsed value; nothing in it is trusted
 * @param context plugins that read a model inside which is none of ours
 * @throws MixturaError `invalid-model`, `unsupported-version`, `unknown-model-type`
 * @example
 * ```ts run
 * import { reviveDetector } from "@mixtura/outliers/score";
 *
 * const model = await new MixtureDetector({
 *   nComponents: 1,
 *   covarianceType: "diag",
 * }).fit([[0, 0], [1, 1], [2, 1], [1, 0]]);
 * const { point } = reviveDetector(JSON.stringify(model));
 * point.isOutlier([1, 40]) // => true
 * ```
 */
export function reviveDetector(
  json: unknown,
  context?: ReviveContext,
): FittedEllipticEnvelope | FittedMixtureDetector | FittedRefitOnInliers {
  const heads = readModelHeads(json);
  const reader = READERS.find(({ type }) => type === heads.type);
  if (reader !== undefined) return reader.fromJSON(heads, context);
  const known = READERS.map(({ type }) => type);
  throw new MixturaError("unknown-model-type", `The model is a ${show(heads.type)}; this entry reads ${known.join(", ")}.`, {
    type: heads.type,
    known,
  });
}
