/** A p-value that was found by simulation, and how sure it is. */
export interface MonteCarloPValue {
  readonly pValue: number;
  /** 95 % interval of the p-value that endless simulation would give. */
  readonly interval: readonly [number, number];
}

/** One minus the confidence of intervals, half on each side. */
const TAIL = 0.025;

/**
 * The p-value after `draws` simulations of which `exceedances` were at least as extreme as what was observed.
 *
 * After a fixed number of draws it is (g + 1) / (l + 1); where drawing was to end with the g-th exceedance, and did, it is g / l. Either way
 * a true null hypothesis gives p ≤ α with probability at most α.
 *
 * @param stopped whether drawing ended because the last draw was the agreed number of exceedances
 * @see Besag & Clifford, Sequential Monte Carlo p-values, Biometrika 78 (1991); Clopper & Pearson, Biometrika 26 (1934) for the interval
 */
export function monteCarloPValue(exceedances: number, draws: number, stopped: boolean): MonteCarloPValue {
  // The count until the g-th success is at most l just when l trials have at least g successes, so both kinds of sampling share the lower end.
  const lower = exceedances === 0 ? 0 : solve((p) => atLeast(draws, exceedances, p) - TAIL);
  const upper = stopped
    ? exceedances === draws
      ? 1
      : solve((p) => TAIL - (1 - atLeast(draws - 1, exceedances, p)))
    : exceedances === draws
      ? 1
      : solve((p) => TAIL - (1 - atLeast(draws, exceedances + 1, p)));
  return { pValue: stopped ? exceedances / draws : (exceedances + 1) / (draws + 1), interval: [lower, upper] };
}

/** P(X ≥ least) of a binomial number of n trials, summed in the log domain. */
function atLeast(n: number, least: number, p: number): number {
  if (least <= 0) return 1;
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  const [logP, logQ] = [Math.log(p), Math.log1p(-p)];
  let logChoose = 0;
  let sum = 0;
  for (let x = 0; x <= n; x++) {
    if (x > 0) logChoose += Math.log(n - x + 1) - Math.log(x);
    if (x >= least) sum += Math.exp(logChoose + x * logP + (n - x) * logQ);
  }
  return Math.min(1, sum);
}

/** Where an increasing function of a probability is 0, by bisection to 1e-9. */
function solve(f: (p: number) => number): number {
  let [low, high] = [0, 1];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
