/** In standard deviations of a count: up to here rows beyond a cut-off are chance, from there on outliers. */
const CHANCE = 1;
const OUTLIERS = 3;

/**
 * The fraction of the clean rows that a cut-off kept, as far as the number of rows beyond it tells.
 *
 * As many rows beyond it as clean ones leave by chance are clean ones: then the fraction kept is the best guess, since it says where the cut-off really
 * lies. With more of them some are outliers, of which it says nothing; then the fraction that the cut-off was made for is. Between the two the guess
 * moves from one to the other, so that no single row decides.
 *
 * @param nominal the fraction that the cut-off was made for
 * @param kept rows within it, of n
 */
export function cleanFraction(nominal: number, kept: number, n: number): number {
  const fewer = nominal - kept / n;
  const deviations = fewer / Math.sqrt((nominal * (1 - nominal)) / n);
  const trust = Math.min(1, Math.max(0, (OUTLIERS - deviations) / (OUTLIERS - CHANCE)));
  return nominal - trust * fewer;
}
