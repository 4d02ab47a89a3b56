import { MixturaError, show } from "./errors.ts";

/** A seeded stream of random numbers. The same seed gives the same stream on every machine and engine. */
export interface Random {
  /** A number in [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number;
  /** A standard normal number (Marsaglia's polar method). */
  normal(): number;
  /** An integer in [0, below), below ≤ 2³². */
  integer(below: number): number;
  /** An index drawn with probability proportional to its weight. Weights are ≥ 0 with a positive sum. */
  choice(weights: ArrayLike<number>, total?: number): number;
  /** The integers 0 … n−1 in random order. */
  permutation(n: number): Int32Array;
}

/** The number of seeds there are: `randomState` is an integer in [0, 2³²). */
export const SEED_LIMIT = 2 ** 32;

/**
 * A stream of random numbers for a seed.
 *
 * @param seed an integer in [0, 2³²)
 * @param streams numbers that set independent streams of one seed apart, such as the index of a restart: what one restart draws
 *   does not depend on how many others ran before it
 * @example
 * ```ts run
 * createRandom(7).integer(1000) === createRandom(7).integer(1000)
 * // => true
 * createRandom(7, 0).integer(1000) === createRandom(7, 1).integer(1000)
 * // => false
 * ```
 */
export function createRandom(seed: number, ...streams: number[]): Random {
  let state = mix(seed >>> 0);
  for (const stream of streams) state = mix(state ^ mix((stream >>> 0) + 0x9e3779b9));
  const words = Array.from({ length: 4 }, () => {
    state = mix(state + 0x9e3779b9);
    return state | 0;
  });
  if (!words.some(Boolean)) words[0] = 1; // the one state that xoroshiro cannot leave
  const bits = xoroshiro(words as [number, number, number, number]);
  const uniform = (): number => (bits() & 0x3ffffff) * 2 ** -26 + (bits() & 0x7ffffff) * 2 ** -53;
  /** Draws beyond the last whole multiple of `below` are passed over, so that every integer is as likely as any other. */
  const integer = (below: number): number => {
    if (!(below >= 1 && below <= 2 ** 32)) throw noRange(below); // nothing would ever be drawn
    for (;;) {
      const drawn = bits() + 2 ** 31;
      if (drawn < 2 ** 32 - (2 ** 32 % below)) return drawn % below;
    }
  };
  let spare: number | undefined;

  const random: Random = {
    uniform,
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const square = u * u + v * v;
        if (square >= 1 || square === 0) continue;
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        spare = v * factor;
        return u * factor;
      }
    },
    integer,
    choice(weights, total) {
      let sum = total;
      if (sum === undefined) {
        sum = 0;
        for (let i = 0; i < weights.length; i++) sum += weights[i]!;
      }
      let left = uniform() * sum;
      let last = 0;
      for (let i = 0; i < weights.length; i++) {
        const weight = weights[i]!;
        if (weight === 0) continue;
        last = i;
        left -= weight;
        if (left < 0) return i;
      }
      return last; // rounding left a crumb: the last index that can be drawn
    },
    permutation(n) {
      const order = Int32Array.from({ length: n }, (_, index) => index);
      for (let i = n - 1; i > 0; i--) {
        const j = integer(i + 1);
        const kept = order[i]!;
        order[i] = order[j]!;
        order[j] = kept;
      }
      return order;
    },
  };
  return random;
}

function noRange(below: number): MixturaError {
  return new MixturaError("invalid-option", `integer: below must be from 1 to 2³², found ${show(below)}.`, {
    option: "below",
    found: below,
  });
}

/**
 * A seed from the platform's entropy, for a call that named none.
 *
 * @example
 * ```ts run
 * const seed = drawSeed();
 * Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32 // => true
 * ```
 */
export function drawSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}

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
export function sampleSeed(
  n: number,
  columns: number,
  options: { readonly randomState?: number } | null | undefined,
  caller: string,
): number {
  const most = Math.floor(MOST_NUMBERS / columns);
  const fail = (option: string, expected: string, found: unknown): MixturaError =>
    new MixturaError("invalid-option", `${caller}: ${option} must be an integer ${expected}, found ${show(found)}.`, { option, found });
  if (!Number.isInteger(n) || n < 1) throw fail("n", "≥ 1", n);
  if (n > most) throw fail("n", `≤ ${most}, or in several calls, each with its own randomState`, n);
  const randomState = options?.randomState;
  if (randomState === undefined) return drawSeed();
  if (Number.isInteger(randomState) && randomState >= 0 && randomState < SEED_LIMIT) return randomState;
  throw fail('"randomState"', `≥ 0 and < ${SEED_LIMIT}`, randomState);
}

/**
 * The generator xoroshiro128+ of Blackman and Vigna (rotations 24, 16, 37), on 32-bit words since JavaScript has no fast 64-bit ones: the lower
 * half of each of its numbers, signed.
 *
 * @param state the two 64-bit words of the state, each as its upper and lower half; not all zero
 * @see Blackman & Vigna, Scrambled linear pseudorandom number generators, ACM Trans. Math. Softw. 47 (2021)
 */
function xoroshiro([upper0, lower0, upper1, lower1]: readonly [number, number, number, number]): () => number {
  return () => {
    const sum = (lower0 + lower1) | 0;
    const lower = lower0 ^ lower1;
    const upper = upper0 ^ upper1;
    const lowerBefore = lower0;
    const upperBefore = upper0;
    lower0 = (lowerBefore << 24) ^ (upperBefore >>> 8) ^ lower ^ (lower << 16);
    upper0 = (upperBefore << 24) ^ (lowerBefore >>> 8) ^ upper ^ ((upper << 16) | (lower >>> 16));
    lower1 = (upper << 5) ^ (lower >>> 27);
    upper1 = (lower << 5) ^ (upper >>> 27);
    return sum;
  };
}

/** MurmurHash3's 32-bit finaliser: every bit of the input reaches every bit of the output. */
function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
