import type { Matrix } from "@mixtura/core";

/**
 * Log-density of a normal distribution from its definition, −½ (d log 2π + log det Σ + (x − μ)ᵀ Σ⁻¹ (x − μ)), by Gaussian elimination with
 * pivoting on Σ and x − μ: another way than the one that is tested, for small d.
 */
export function naiveLogNormal(x: ArrayLike<number>, mean: ArrayLike<number>, covariance: Matrix): number {
  const d = covariance.columns;
  const difference = Array.from({ length: d }, (_, j) => x[j]! - mean[j]!);
  const system = difference.map((value, i) => [...covariance.data.slice(i * d, (i + 1) * d), value]);
  let logDeterminant = 0;
  for (let i = 0; i < d; i++) {
    let best = i;
    for (let row = i + 1; row < d; row++) if (Math.abs(system[row]![i]!) > Math.abs(system[best]![i]!)) best = row;
    [system[i], system[best]] = [system[best]!, system[i]!];
    const pivot = system[i]![i]!;
    logDeterminant += Math.log(Math.abs(pivot));
    for (let row = i + 1; row < d; row++) {
      const factor = system[row]![i]! / pivot;
      for (let column = i; column <= d; column++) system[row]![column]! -= factor * system[i]![column]!;
    }
  }
  const solution = new Float64Array(d);
  for (let i = d - 1; i >= 0; i--) {
    let rest = system[i]![d]!;
    for (let j = i + 1; j < d; j++) rest -= system[i]![j]! * solution[j]!;
    solution[i] = rest / system[i]![i]!;
  }
  const squaredDistance = difference.reduce((sum, value, i) => sum + value * solution[i]!, 0);
  return -0.5 * (d * Math.log(2 * Math.PI) + logDeterminant + squaredDistance);
}
