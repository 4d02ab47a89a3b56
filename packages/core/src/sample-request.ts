import { MixturaError, show } from "./errors.ts";
import { checkContext } from "./context.ts";
import { drawSeed, SEED_LIMIT } from "./random.ts";

/** What one call draws at most, a gigabyte: it keeps its thread until it is done, so nothing could cancel a longer one. */
const MOST_NUMBERS = 2 ** 27;

/**
 * Checks what `sample` of a model is given, before memory is taken.
 *
 * @param n how many rows are wanted
 * @param columns numbers per row
 * @returns the seed: the given one, or one that is drawn
 * @throws MixturaError `invalid-option`
 * @example
 * ```ts run
 * sampleSeed(10, 2, { randomState: 7 }, "example") // => 7
 * sampleSeed(0, 2, {}, "example") // throws invalid-option
 * sampleSeed(1e9, 2, {}, "example") // throws invalid-option
 * ```
 */
export function sampleSeed(n: number, columns: number, options: { readonly randomState?: number } | undefined, caller: string): number {
  if (!Number.isInteger(n) || n < 1)
    throw new MixturaError("invalid-option", `${caller}: n must be an integer ≥ 1, found ${show(n)}.`, { option: "n", found: n });
  if (n * columns > MOST_NUMBERS) {
    const most = Math.max(1, Math.floor(MOST_NUMBERS / columns));
    const message = `${caller}: n must be ≤ ${most}, found ${n}: a call cannot be cancelled. Draw in several calls, each with its own randomState.`;
    throw new MixturaError("invalid-option", message, { option: "n", found: n });
  }
  const { randomState } = checkContext(options, caller);
  if (randomState === undefined) return drawSeed();
  if (Number.isInteger(randomState) && randomState >= 0 && randomState < SEED_LIMIT) return randomState;
  const message = `${caller}: "randomState" must be an integer ≥ 0 and < ${SEED_LIMIT}, found ${show(randomState)}.`;
  throw new MixturaError("invalid-option", message, { option: "randomState", found: randomState });
}
