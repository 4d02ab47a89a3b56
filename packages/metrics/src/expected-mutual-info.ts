/**
 * The mutual information in nats that two partitions with these group sizes have on average, over all ways to lay one on the other.
 *
 * The overlap of two groups is hypergeometric. Its probabilities are walked outwards from the likeliest overlap by the ratio of neighbours
 * and divided by their sum, so that no logarithm of a factorial loses digits; groups of equal size are counted once.
 *
 * @see Vinh, Epps & Bailey, Information theoretic measures for clusterings comparison (2010), theorem 1
 */
export function expectedMutualInfo(first: readonly number[], second: readonly number[], rows: number): number {
  let sum = 0;
  for (const [a, timesA] of multiplicities(first)) {
    for (const [b, timesB] of multiplicities(second)) sum += timesA * timesB * expectedTerm(a, b, rows);
  }
  return sum;
}

function multiplicities(sizes: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  return counts;
}

/** Probabilities this much below the largest change no digit of a sum. */
const NEGLIGIBLE = 2 ** -80;

/** E[(m / n) log (n m / (a b))] over the overlap m of groups of a and b rows. */
function expectedTerm(a: number, b: number, n: number): number {
  const least = Math.max(0, a + b - n);
  const most = Math.min(a, b);
  const mode = Math.min(most, Math.max(least, Math.floor(((a + 1) * (b + 1)) / (n + 2))));
  const term = (m: number): number => (m === 0 ? 0 : (m / n) * Math.log((n * m) / (a * b)));
  /** How much likelier an overlap of m + 1 is than one of m. */
  const ratio = (m: number): number => ((a - m) * (b - m)) / ((m + 1) * (n - a - b + m + 1));

  let mass = 1;
  let weighted = term(mode);
  for (let m = mode, ratioToMode = 1; m < most && ratioToMode > NEGLIGIBLE;) {
    ratioToMode *= ratio(m);
    m += 1;
    mass += ratioToMode;
    weighted += ratioToMode * term(m);
  }
  for (let m = mode, ratioToMode = 1; m > least && ratioToMode > NEGLIGIBLE;) {
    m -= 1;
    ratioToMode /= ratio(m);
    mass += ratioToMode;
    weighted += ratioToMode * term(m);
  }
  return weighted / mass;
}
