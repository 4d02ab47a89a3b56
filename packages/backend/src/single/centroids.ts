import type { GaussianComponents } from "../components.ts";

/** Centroids measure distances in the data's units: only relative errors mean something. */
export function areCentroids({ logOffsets }: GaussianComponents): boolean {
  return logOffsets.every((offset) => offset === 0);
}

/** Components in a unit of length of their own. */
export interface Rescaled {
  readonly components: GaussianComponents;
  /** Squared distances, and log-likelihoods under hard assignment, are to be multiplied by the square of this. */
  readonly unit: number;
}

/** Centroids in a unit in which distances fit single precision, however large or small the data's own is. Other components stay as they are. */
export function rescaled(components: GaussianComponents): Rescaled {
  if (!areCentroids(components)) return { components, unit: 1 };
  const unit = components.whitening.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return { components: { ...components, whitening: components.whitening.map((value) => value / unit) }, unit };
}
