/** How many times longer one contender took than another: measured round by round, so that what slows the machine down slows both. */
export interface Ratio {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** The middle value; the mean of the two middle ones where their number is even. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("The median of no values is not defined.");
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * The ratios of two series, round by round: their median and their spread.
 *
 * @param slower times of each round; above 1 the other one is faster
 */
export function ratioOf(slower: readonly number[], faster: readonly number[]): Ratio {
  if (slower.length !== faster.length) throw new RangeError(`Rounds do not match: ${slower.length} and ${faster.length}.`);
  const ratios = slower.map((value, round) => value / faster[round]!);
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}
