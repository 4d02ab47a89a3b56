import type { Random } from "@mixtura/core/authoring";

/** Below this a von Mises distribution is uniform to all digits. */
const UNIFORM = 1e-8;

/**
 * A draw from a von Mises distribution, from −π to π.
 *
 * @see Best & Fisher, Efficient simulation of the von Mises distribution, Applied Statistics 28 (1979)
 */
export function drawVonMises(mean: number, concentration: number, random: Random): number {
  if (concentration < UNIFORM) return (2 * random.uniform() - 1) * Math.PI;
  const tau = 1 + Math.sqrt(1 + 4 * concentration * concentration);
  const rho = (tau - Math.sqrt(2 * tau)) / (2 * concentration);
  const r = (1 + rho * rho) / (2 * rho);
  for (;;) {
    const z = Math.cos(Math.PI * random.uniform());
    const f = (1 + r * z) / (r + z);
    const c = concentration * (r - f);
    const u = random.uniform();
    if (c * (2 - c) - u <= 0 && Math.log(c / u) + 1 - c < 0) continue;
    const angle = mean + (random.uniform() < 0.5 ? -1 : 1) * Math.acos(Math.max(-1, Math.min(1, f)));
    return Math.atan2(Math.sin(angle), Math.cos(angle));
  }
}
