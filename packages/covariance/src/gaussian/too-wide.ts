import { checkFeatureSquares } from "@mixtura/core/internal";

/** Matrices that a fit holds at once: the scatter, the covariance and its factor. */
const HELD = 3;

/**
 * Refuses more features than a covariance can be held for.
 *
 * @throws MixturaError `too-many-features`
 */
export function checkWidth(features: number, caller: string): void {
  checkFeatureSquares(features, HELD, caller, {
    holder: "a covariance",
    instead: 'Take fewer features, or a mixture with covarianceType "diag" or "spherical", whose memory is that of the rows.',
  });
}
