import type { Random } from "@mixtura/core/authoring";
import type { CubeIntegral } from "./genz.ts";

/** Independent random shifts of the lattice; their spread is the error that is reported. */
export const SHIFTS = 16;

/**
 * Standard errors in the bound of 99 %. Student's t with `SHIFTS − 1` degrees of freedom says 2.95, but points are added until the spread is
 * small, which ends sooner where it is small by chance, and few points are not quite normal on average: with 2.95 the bound held in 98.7 % of 1,452
 * random cases (bench/probability-coverage.ts).
 */
export const BOUND_ERRORS = 3.5;

/** The average of an integrand over lattice points, which grows more exact as points are added. */
export class LatticeAverage {
  readonly #integral: CubeIntegral;
  readonly #generator: Float64Array;
  readonly #shifts: Float64Array[];
  readonly #sums = new Float64Array(SHIFTS);
  readonly #point: Float64Array;
  /** Points of each shift that are summed. */
  #done = 0;

  constructor(integral: CubeIntegral, random: Random) {
    const { dimensions } = integral;
    this.#integral = integral;
    this.#generator = richtmyer(dimensions);
    this.#shifts = Array.from({ length: SHIFTS }, () => Float64Array.from({ length: dimensions }, () => random.uniform()));
    this.#point = new Float64Array(dimensions);
  }

  /** Points of all shifts. */
  get points(): number {
    return this.#done * SHIFTS;
  }

  get mean(): number {
    return this.#sums.reduce((sum, value) => sum + value, 0) / this.points;
  }

  /** Standard error of {@link mean}, from the spread of the shifts. */
  get standardError(): number {
    const mean = this.mean;
    const squares = this.#sums.reduce((sum, value) => sum + (value / this.#done - mean) ** 2, 0);
    return Math.sqrt(squares / (SHIFTS - 1) / SHIFTS);
  }

  /** Adds points to every shift. */
  add(count: number): void {
    const point = this.#point;
    for (const [s, shift] of this.#shifts.entries()) {
      let sum = 0;
      for (let i = this.#done; i < this.#done + count; i++) {
        for (let j = 0; j < point.length; j++) {
          const x = i * this.#generator[j]! + shift[j]!;
          // Folded over at ½, the integrand is continuous from one copy of the cube to the next.
          point[j] = Math.abs(2 * (x - Math.floor(x)) - 1);
        }
        sum += this.#integral.at(point);
      }
      this.#sums[s]! += sum;
    }
    this.#done += count;
  }
}

/**
 * Richtmyer's generator: the fractional parts of the square roots of the primes.
 *
 * @see Richtmyer, The evaluation of definite integrals, and a quasi-Monte-Carlo method based on the properties of algebraic numbers (1951)
 */
function richtmyer(dimensions: number): Float64Array {
  const primes: number[] = [];
  for (let n = 2; primes.length < dimensions; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return Float64Array.from(primes, (prime) => Math.sqrt(prime) % 1);
}
