import type { Coordinates } from "./coordinates.ts";
import { QuasiNewton } from "./quasi-newton.ts";

/** What became of a state in one iteration. */
export interface Move<State> {
  /** Where the rows were passed over. */
  readonly at: State;
  /** What EM makes of it. */
  readonly mapped: State;
  /** Nats per row gained over the iteration before. */
  readonly gain: number;
  /** The blocks that a limit holds, as a text to compare. */
  readonly held: string;
}

/** Beyond plain EM's step by this factor at first, and by so much more after every success. */
const BEYOND = 1.2;
/** Gains below this, in nats per row, are left to L-BFGS. */
const SMALL_GAIN = 1e-3;
/** Most plain steps after L-BFGS has failed again and again. */
const LONGEST_WAIT = 64;

/**
 * Proposes where to look instead of at plain EM's next state: beyond it along the way it goes while gains are large, then where L-BFGS points.
 *
 * What it proposes is judged by the objective; after a failure the caller takes the plain step, which it knows.
 */
export class Accelerator<State> {
  readonly #about: (anchor: State) => Promise<Coordinates<State>>;
  #last: Move<State> | undefined;
  #factor = 1;
  #coordinates: Coordinates<State> | undefined;
  #newton: QuasiNewton | undefined;
  #wait = 0;
  #nextWait = 1;
  #isNearEnd = false;
  #ahead: { readonly place: Float64Array; readonly gain: number } | undefined;

  /** @param about coordinates about a state */
  constructor(about: (anchor: State) => Promise<Coordinates<State>>) {
    this.#about = about;
  }

  /** A state to look at next, or nothing where plain EM's is as good. */
  async proposal(): Promise<State | undefined> {
    if (this.#last === undefined) return undefined;
    if (!this.#isNearEnd) return this.#beyond(this.#last);
    if (this.#wait > 0) {
      this.#wait--;
      return undefined;
    }
    return this.#ahead === undefined ? undefined : this.#coordinates!.at(this.#ahead.place);
  }

  /** What is left to gain, in nats per row, as L-BFGS sees it; nothing where it has seen too little. */
  get remaining(): number | undefined {
    return this.#ahead?.gain;
  }

  async #beyond({ at, mapped }: Move<State>): Promise<State | undefined> {
    if (this.#factor === 1) return undefined;
    const coordinates = await this.#about(at);
    const from = await coordinates.of(at);
    const to = await coordinates.of(mapped);
    return coordinates.at(from.map((value, i) => value + this.#factor * (to[i]! - value)));
  }

  /** The proposal was no gain. */
  failed(): void {
    if (!this.#isNearEnd) {
      this.#factor = 1;
      return;
    }
    this.#wait = this.#nextWait - 1;
    this.#nextWait = Math.min(LONGEST_WAIT, 2 * this.#nextWait);
    this.#newton = undefined;
    this.#ahead = undefined;
  }

  /** Takes in what an iteration did. */
  async moved(move: Move<State>, wasProposed: boolean): Promise<void> {
    const before = this.#last;
    this.#last = move;
    if (!this.#isNearEnd && move.gain < SMALL_GAIN) this.#isNearEnd = true;
    if (!this.#isNearEnd) {
      this.#factor *= BEYOND;
      return;
    }
    if (wasProposed) this.#nextWait = 1;
    if (this.#newton === undefined || before?.held !== move.held) return this.#begin(move);
    const place = await this.#coordinates!.of(move.at);
    if (this.#coordinates!.isFar(place)) return this.#begin(move);
    this.#newton.moved(place, await this.#coordinates!.slope(move.at, move.mapped));
    this.#ahead = this.#newton.isReady ? this.#newton.next() : undefined;
  }

  async #begin({ at, mapped }: Move<State>): Promise<void> {
    this.#coordinates = await this.#about(at);
    this.#newton = new QuasiNewton(await this.#coordinates.of(at), await this.#coordinates.slope(at, mapped));
    this.#ahead = undefined;
  }

  /** Something broke and was repaired: nothing known holds any more. */
  reset(): void {
    this.#last = undefined;
    this.#factor = 1;
    this.#newton = undefined;
    this.#isNearEnd = false;
    this.#ahead = undefined;
  }
}
