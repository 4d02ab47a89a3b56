import type { Pace, Random } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";
import type { Angles, Parameters } from "./angles.ts";
import { shared, termsOf } from "./angles.ts";
import { concentrationOf } from "./bessel.ts";

/** Rows with their weights. */
export interface Training {
  readonly angles: Angles;
  readonly weights: Float64Array | undefined;
}

/** One pass over the rows: what maximum likelihood needs of them. */
export interface Moments {
  readonly logLikelihood: number;
  /** Σ w log maxₖ wₖ pₖ(x). */
  readonly classificationLogLikelihood: number;
  readonly weight: number;
  /** Σ w r, length k. */
  readonly masses: Float64Array;
  /** Σ w r cos x and Σ w r sin x, k×d. */
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/** The E-step. */
export async function expectation({ angles, weights }: Training, parameters: Parameters, pace: Pace): Promise<Moments> {
  const { rows, features: d, cosines: c, sines: s } = angles;
  const count = parameters.weights.length;
  const write = termsOf(parameters);
  const terms = new Float64Array(count);
  const masses = new Float64Array(count);
  const [cosines, sines] = [new Float64Array(count * d), new Float64Array(count * d)];
  let [logLikelihood, classificationLogLikelihood, weight] = [0, 0, 0];
  await inStrides(rows, pace, (start, end) => {
    for (let i = start; i < end; i++) {
      const own = weights?.[i] ?? 1;
      if (own === 0) continue;
      const best = write(c, s, i * d, terms);
      classificationLogLikelihood += own * terms[best]!;
      logLikelihood += own * shared(terms, best);
      weight += own;
      for (let k = 0, at = 0; k < count; k++) {
        const mass = own * terms[k]!;
        masses[k]! += mass;
        for (let j = 0; j < d; j++, at++) {
          cosines[at]! += mass * c[i * d + j]!;
          sines[at]! += mass * s[i * d + j]!;
        }
      }
    }
  });
  return { logLikelihood, classificationLogLikelihood, weight, masses, cosines, sines };
}

/** The M-step: weights, directions and concentrations of maximum likelihood. A component without rows stays as it was. */
export function maximised({ weight, masses, cosines, sines }: Moments, before: Parameters, most: number): Parameters {
  const d = before.means.length / masses.length;
  const means = before.means.slice();
  const concentrations = before.concentrations.slice();
  for (let at = 0; at < means.length; at++) {
    const mass = masses[Math.floor(at / d)]!;
    if (!(mass > 0)) continue;
    const length = Math.hypot(cosines[at]!, sines[at]!) / mass;
    means[at] = Math.atan2(sines[at]!, cosines[at]!) + 0; // JSON cannot hold negative zeros
    concentrations[at] = concentrationOf(length, most);
  }
  return { weights: masses.map((mass) => mass / weight), means, concentrations };
}

/** Concentration of the components of a start: a standard deviation of about 0.7 rad. */
const START_CONCENTRATION = 2;

/** A start at given directions, k×d. */
export function startAt(means: Float64Array, count: number): Parameters {
  return {
    weights: new Float64Array(count).fill(1 / count),
    means,
    concentrations: new Float64Array(means.length).fill(START_CONCENTRATION),
  };
}

/** A start at rows that are drawn, one after the other: the farther from those before, the likelier. */
export function drawnStart({ angles, weights }: Training, count: number, random: Random): Parameters {
  const { rows, features: d, cosines: c, sines: s } = angles;
  const means = new Float64Array(count * d);
  const far = Float64Array.from({ length: rows }, (_, i) => weights?.[i] ?? 1);
  const nearest = new Float64Array(rows).fill(Infinity);
  for (let k = 0; k < count; k++) {
    const total = far.reduce((sum, value) => sum + value, 0);
    let left = random.uniform() * total;
    let row = 0;
    for (let i = 0; i < rows; i++) {
      if (far[i] === 0) continue;
      row = i;
      left -= far[i]!;
      if (left < 0) break;
    }
    for (let j = 0; j < d; j++) means[k * d + j] = Math.atan2(s[row * d + j]!, c[row * d + j]!) + 0;
    for (let i = 0; i < rows; i++) {
      let distance = 0;
      for (let j = 0; j < d; j++) distance += 1 - c[i * d + j]! * c[row * d + j]! - s[i * d + j]! * s[row * d + j]!;
      nearest[i] = Math.min(nearest[i]!, Math.max(0, distance));
      far[i] = (weights?.[i] ?? 1) * nearest[i]!;
    }
  }
  return startAt(means, count);
}
