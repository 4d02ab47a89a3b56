// How long the fuzzers work. `npm test` runs a small form with the seed below, the same on every machine; `npm run fuzz` more cases, from other seeds.
// Cases are counted, not seconds: a busy machine tries the same ones.

const times = Number(process.env["MIXTURA_FUZZ"] ?? 1);

/** Seed of every generator here; a failure names it, and `MIXTURA_FUZZ_SEED` brings it back. */
export const seed = Number(process.env["MIXTURA_FUZZ_SEED"] ?? 20261130);

/** How many cases to try where `npm test` tries `few`. */
export const cases = (few: number): number => Math.max(1, Math.round(few * times));

/** Settings of `fc.assert` for a property of which `npm test` tries `few` cases. */
export const trials = (few: number): { readonly numRuns: number; readonly seed: number } => ({ numRuns: cases(few), seed });
