/** What of a distribution lies below and above a value; each with its own digits, so that the smaller one is not the rest of the larger. */
export interface Tails {
  readonly below: number;
  readonly above: number;
}

export const NOTHING_BELOW: Tails = Object.freeze({ below: 0, above: 1 });
export const NOTHING_ABOVE: Tails = Object.freeze({ below: 1, above: 0 });
export const UNDEFINED: Tails = Object.freeze({ below: NaN, above: NaN });

/** The tails the other way round. */
export function mirrored({ below, above }: Tails): Tails {
  return { below: above, above: below };
}

/** Whether a probability of at least `mass` lies below, judged by the smaller tail. */
export function holds({ below, above }: Tails, mass: number): boolean {
  return mass > 0.5 ? above <= 1 - mass : below >= mass;
}
