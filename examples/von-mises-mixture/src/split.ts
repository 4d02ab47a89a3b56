import type { FittedVonMisesMixture } from "./model.ts";

/** A component while it is split. */
interface Part {
  readonly weight: number;
  readonly mean: readonly number[];
  readonly concentration: readonly number[];
}

/** Directions of more components than a model has: again and again the heaviest is cut in two, half a standard deviation to each side. */
export function splitMeans(model: FittedVonMisesMixture, nComponents: number): number[][] {
  const { means, concentrations } = model.parameters;
  const d = model.featureCount;
  let parts = Array.from(model.weights, (weight, k): Part => ({
    weight,
    mean: [...means.subarray(k * d, k * d + d)],
    concentration: [...concentrations.subarray(k * d, k * d + d)],
  }));
  while (parts.length < nComponents) {
    const heaviest = parts.reduce((best, part) => (part.weight > best.weight ? part : best));
    const half = (side: number): Part => ({
      ...heaviest,
      weight: heaviest.weight / 2,
      mean: heaviest.mean.map((mean, j) => mean + side * Math.min(1, 0.5 / Math.sqrt(Math.max(heaviest.concentration[j]!, 1e-3)))),
    });
    parts = [...parts.map((part) => (part === heaviest ? half(-1) : part)), half(1)];
  }
  return parts.map(({ mean }) => [...mean]);
}
