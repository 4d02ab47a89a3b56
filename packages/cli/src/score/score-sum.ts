/** Sums of log-densities that arrive in blocks; means and deviations are updated, so nothing cancels (Welford). */
export class ScoreSum {
  rows = 0;
  weight = 0;
  mean = 0;
  lowest = Infinity;
  /** Rows whose log-density is −∞. */
  impossible = 0;
  #squares = 0;

  add(logDensities: ArrayLike<number>, weights: ArrayLike<number> | undefined): void {
    for (let row = 0; row < logDensities.length; row++) {
      const value = logDensities[row]!;
      const weight = weights?.[row] ?? 1;
      this.rows++;
      if (value === -Infinity) this.impossible++;
      if (weight === 0) continue;
      this.lowest = Math.min(this.lowest, value);
      this.weight += weight;
      if (value === -Infinity || this.mean === -Infinity) {
        this.mean = -Infinity;
        continue;
      }
      const before = value - this.mean;
      this.mean += (before * weight) / this.weight;
      this.#squares += weight * before * (value - this.mean);
    }
  }

  get deviation(): number {
    return this.weight > 0 ? Math.sqrt(this.#squares / this.weight) : 0;
  }
}
