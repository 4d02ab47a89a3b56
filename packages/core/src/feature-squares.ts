import { MixturaError } from "./errors.ts";

/** What matrices of features × features may take together, in bytes: 8 GiB, one matrix of 32,768 features. */
const MOST_BYTES = 2 ** 33;

/**
 * Refuses features too many for the square matrices that a model has of them, before any work: the machine would run out of memory hours later, or
 * in an error that names no cause.
 *
 * @param squares matrices of features × features that are held at once
 * @param holder what has them, such as "a full covariance"
 * @param instead what to try, as a sentence
 * @throws MixturaError `too-many-features`
 * @example
 * ```ts run
 * checkFeatureSquares(2_000, 9, "example", {
 *   holder: "a covariance",
 *   instead: "Leave features out.",
 * })
 * checkFeatureSquares(70_000, 1, "example", {
 *   holder: "a covariance",
 *   instead: "Leave features out.",
 * }) // throws too-many-features
 * ```
 */
export function checkFeatureSquares(
  features: number,
  squares: number,
  caller: string,
  { holder, instead }: { readonly holder: string; readonly instead: string },
): void {
  const bytes = 8 * features * features * squares;
  if (bytes <= MOST_BYTES) return;
  const matrices = squares === 1 ? "a matrix" : `${squares} matrices`;
  throw new MixturaError(
    "too-many-features",
    `${caller}: ${holder} of ${features} features takes ${(bytes / 1e9).toPrecision(3)} GB, ${matrices} of ${features} × ${features} numbers; ` +
      `at most ${(MOST_BYTES / 1e9).toPrecision(2)} GB are taken. ${instead}`,
    { features, bytes, limit: MOST_BYTES },
  );
}
