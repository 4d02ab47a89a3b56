import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** A seeded stream of random numbers. The same seed gives the same stream on every machine and engine. */
export interface Random {
  /** A number in [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number;
  /** A standard normal number (Marsaglia's polar method). */
  normal(): number;
  /** An integer in [0, below). */
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
 * createRandom(7).integer(1000) === createRandom(7).integer(1000) // => true
 * createRandom(7, 0).integer(1000) === createRandom(7, 1).integer(1000) // => false
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
  const generator = xoroshiro128plusFromState(words);
  let spare: number | undefined;

  const random: Random = {
    uniform: () => uniformFloat64(generator),
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      for (;;) {
        const u = 2 * uniformFloat64(generator) - 1;
        const v = 2 * uniformFloat64(generator) - 1;
        const square = u * u + v * v;
        if (square >= 1 || square === 0) continue;
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        spare = v * factor;
        return u * factor;
      }
    },
    integer: (below) => uniformInt(generator, 0, below - 1),
    choice(weights, total) {
      let sum = total;
      if (sum === undefined) {
        sum = 0;
        for (let i = 0; i < weights.length; i++) sum += weights[i]!;
      }
      let left = uniformFloat64(generator) * sum;
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
        const j = uniformInt(generator, 0, i);
        const kept = order[i]!;
        order[i] = order[j]!;
        order[j] = kept;
      }
      return order;
    },
  };
  return random;
}

/**
 * A seed from the platform's entropy, for a call that named none.
 *
 * @example
 * ```ts run
 * const seed = drawSeed();
 * Number.isInteger(seed) && seed >= 0 && seed < SEED_LIMIT // => true
 * ```
 */
export function drawSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}

/** MurmurHash3's 32-bit finaliser: every bit of the input reaches every bit of the output. */
function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
