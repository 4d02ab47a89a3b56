import { logBeta } from "@mixtura/distributions";
import type { WeightConcentrationPriorType } from "./choices.ts";

/**
 * How many of k components n rows are expected to fall into before anything is known of the rows but how many they are.
 *
 * @param concentration γ of a Dirichlet process cut off at k components, or α of each of them
 * @remarks O(1) for the distribution; for the process O(n·k) up to a hundred thousand rows, then O(k) for every doubling.
 */
export function expectedOccupied(type: WeightConcentrationPriorType, concentration: number, k: number, rows: number): number {
  if (k === 1 || rows <= 1) return Math.min(1, rows);
  if (type === "dirichlet_process") return occupiedOfProcess(concentration, k, rows);
  // A weight is Beta(α, (K − 1) α); this is log E (1 − π)ⁿ, of which next to nothing is left of the gamma functions where α is far above n.
  const empty =
    concentration > EVEN * rows ? rows * Math.log1p(-1 / k) : logBeta(k * concentration, rows) - logBeta((k - 1) * concentration, rows);
  return -k * Math.expm1(empty);
}

/** Weights of a concentration this many times the rows are even, to the last digit of what is sought. */
const EVEN = 2 ** 53;

/** Rows that are counted one by one. */
const COUNTED = 1e5;
/** Steps beyond them, in natural logarithms of the number of rows. */
const LOG_STEP = 2 ** -5;

/**
 * Let A_k(n) be the number sought. The first component takes a fraction v ~ Beta(1, γ) and is used with probability n/(γ + n); of the rows that it
 * leaves the others make G_k(n) = E A_{k−1}(rows left). Integration by parts over v gives (n + γ) G_k(n) = n G_k(n − 1) + γ A_{k−1}(n), and for
 * many rows dG_k/d log n = γ (A_{k−1} − G_k).
 */
function occupiedOfProcess(gamma: number, k: number, rows: number): number {
  /** G of 1 … k components; that of one is not used. */
  const rest = new Float64Array(k);
  const counted = Math.min(Math.floor(rows), COUNTED);
  for (let n = 1; n <= counted; n++) {
    const own = n / (gamma + n);
    for (let j = 1, fewer = 1; j < k; j++) {
      rest[j]! += (fewer - rest[j]!) * (gamma / (n + gamma));
      fewer = own + rest[j]!;
    }
  }
  const first = (log: number): number => 1 / (1 + gamma * Math.exp(-log));
  for (let log = Math.log(counted), last = Math.log(rows); log < last;) {
    const step = Math.min(LOG_STEP, last - log);
    const kept = Math.exp(-gamma * step);
    const [before, after] = [first(log), first(log + step)];
    for (let j = 1, fewer = 1, fewerBefore = 1; j < k; j++) {
      // Exact for an A that changes evenly over the step.
      const lag = (fewer - fewerBefore) / step / gamma;
      const restBefore = rest[j]!;
      rest[j] = fewer - lag + (restBefore - fewerBefore + lag) * kept;
      fewerBefore = before + restBefore;
      fewer = after + rest[j]!;
    }
    log += step;
  }
  return rows / (gamma + rows) + rest[k - 1]!;
}
