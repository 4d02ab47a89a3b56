import { setTimeout as sleep } from "node:timers/promises";

/** One side of a comparison. */
export interface Contender<Outcome> {
  readonly name: string;
  /** Takes part in this many rounds only, where a turn takes too long for all of them. */
  readonly rounds?: number;
  /** Does the work once; measures itself, so that a contender in another process does not pay for being spoken to. */
  measure(): Promise<Sample<Outcome>>;
}

/** What one turn gave. */
export interface Sample<Outcome> {
  /** Seconds per unit of work. */
  readonly seconds: number;
  /** What the work led to: a time says nothing without it. */
  readonly outcome: Outcome;
}

/** All turns of one contender. */
export interface Series<Outcome> {
  readonly contender: string;
  /** Seconds per unit of work, round by round. */
  readonly seconds: readonly number[];
  /** Of the last round. */
  readonly outcome: Outcome;
}

/** How contenders take turns. */
export interface Alternation {
  /** Rounds that count. One more goes before them and is left out: it compiles, fills caches and wakes threads. */
  readonly rounds: number;
  /** Milliseconds of rest after each turn: the threads of a BLAS spin for some time after their work and would slow down who comes next. */
  readonly rest?: number;
}

/**
 * Lets contenders take turns, A B C A B C …, in one process tree.
 *
 * Times of different rounds are not comparable on a machine that is not idle; ratios within a round are. See `ratioOf`.
 */
export async function alternate<Outcome>(
  contenders: readonly Contender<Outcome>[],
  { rounds, rest = 300 }: Alternation,
): Promise<Series<Outcome>[]> {
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError(`At least one round is needed, found ${rounds}.`);
  const samples = contenders.map((): Sample<Outcome>[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      if (round > (contender.rounds ?? rounds)) continue;
      const sample = await contender.measure();
      if (round > 0) samples[index]!.push(sample);
      await sleep(rest);
    }
  }
  return contenders.map(({ name }, index) => ({
    contender: name,
    seconds: samples[index]!.map(({ seconds }) => seconds),
    outcome: samples[index]!.at(-1)!.outcome,
  }));
}
