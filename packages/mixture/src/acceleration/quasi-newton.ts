/** A step and what it did to the slope, the other way round: both point uphill. */
interface Pair {
  readonly step: Float64Array;
  readonly bend: Float64Array;
  /** step · bend, > 0 */
  readonly product: number;
}

/** Pairs that are kept; fewer where they are long. */
const MOST_PAIRS = 10;
const MOST_NUMBERS = 4e6;
/** A step of EM is a whole step along the slope or less than half of one: the bend of the observed data over that of complete data is in [½, 1]. */
const GAIN = { least: 1, most: 2 };
/** Pairs whose bend is less than this part of step and slope are rounding. */
const FLAT = 1e-10;
/** Longest step, in root nats per row. */
const LONGEST = 2;

/** L-BFGS: a step uphill from the last places and their slopes. Its first guess is the step of EM. */
export class QuasiNewton {
  #pairs: Pair[] = [];
  #place: Float64Array;
  #slope: Float64Array;
  readonly #most: number;

  constructor(place: Float64Array, slope: Float64Array) {
    this.#place = place;
    this.#slope = slope;
    this.#most = Math.max(2, Math.min(MOST_PAIRS, Math.floor(MOST_NUMBERS / (2 * place.length))));
  }

  get isReady(): boolean {
    return this.#pairs.length > 0;
  }

  /** Takes in another place. */
  moved(place: Float64Array, slope: Float64Array): void {
    const step = place.map((value, at) => value - this.#place[at]!);
    const bend = slope.map((value, at) => this.#slope[at]! - value);
    const product = dot(step, bend);
    this.#place = place;
    this.#slope = slope;
    if (!(product > FLAT * Math.sqrt(dot(step, step) * dot(bend, bend)))) return;
    this.#pairs.push({ step, bend, product });
    if (this.#pairs.length > this.#most) this.#pairs.shift();
  }

  /** Where to look next, and what is to be gained by that, in nats per row, if the objective is as it seems. */
  next(): { readonly place: Float64Array; readonly gain: number } {
    const direction = this.#slope.slice();
    const parts: number[] = [];
    for (const { step, bend, product } of this.#pairs.toReversed()) {
      const part = dot(step, direction) / product;
      parts.push(part);
      add(direction, bend, -part);
    }
    const last = this.#pairs.at(-1)!;
    const scale = Math.max(GAIN.least, Math.min(GAIN.most, last.product / dot(last.bend, last.bend)));
    for (let at = 0; at < direction.length; at++) direction[at]! *= scale;
    for (const { step, bend, product } of this.#pairs) add(direction, step, parts.pop()! - dot(bend, direction) / product);
    const gain = dot(this.#slope, direction) / 2;
    const length = Math.sqrt(dot(direction, direction));
    const factor = length > LONGEST ? LONGEST / length : 1;
    return { place: this.#place.map((value, at) => value + factor * direction[at]!), gain };
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

function add(target: Float64Array, values: Float64Array, factor: number): void {
  for (let at = 0; at < target.length; at++) target[at]! += factor * values[at]!;
}
