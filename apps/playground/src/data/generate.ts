import type { Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import type { GeneratedData } from "../state/state.ts";

/** Rows, and the group each was drawn from; scattered rows are of none. */
export interface Generated {
  readonly data: Float64Array;
  readonly columns: number;
  readonly groups: Int16Array;
}

/** The group of rows that are scattered over the whole range. */
export const SCATTERED = -1;

/** Draws rows from a recipe; the same recipe gives the same rows. */
export function generate({ generator, rows, features, groups, spread, outliers, seed }: GeneratedData): Generated {
  const random = createRandom(seed);
  const count = generator === "moons" ? 2 : groups;
  const draw = { blobs, moons, rings, anisotropic }[generator]({ random, features, groups: count, spread });
  const data = new Float64Array(rows * features);
  const members = new Int16Array(rows);
  const scattered = Math.round(rows * outliers);
  for (let row = 0; row < rows; row++) {
    const group = row < rows - scattered ? random.integer(count) : SCATTERED;
    members[row] = group;
    if (group !== SCATTERED) draw(group, data, row * features);
  }
  scatter(random, data, features, rows - scattered);
  return { data, columns: features, groups: members };
}

type Draw = (group: number, out: Float64Array, at: number) => void;

interface Recipe {
  readonly random: Random;
  readonly features: number;
  readonly groups: number;
  readonly spread: number;
}

/** Round clouds about centres that keep their distance. */
function blobs({ random, features, groups, spread }: Recipe): Draw {
  const centres = apart(random, features, groups);
  return (group, out, at) => {
    for (let j = 0; j < features; j++) out[at + j] = centres[group * features + j]! + spread * random.normal();
  };
}

/** Clouds that are stretched and turned, each its own way. */
function anisotropic({ random, features, groups, spread }: Recipe): Draw {
  const centres = apart(random, features, groups);
  const factors = Float64Array.from({ length: groups * features * features }, (_, index) => {
    const [i, j] = [Math.floor(index / features) % features, index % features];
    return i === j ? 0.35 + 1.2 * random.uniform() : i > j ? 1.6 * (random.uniform() - 0.5) : 0;
  });
  const normals = new Float64Array(features);
  return (group, out, at) => {
    for (let j = 0; j < features; j++) normals[j] = spread * random.normal();
    for (let i = 0; i < features; i++) {
      let sum = centres[group * features + i]!;
      for (let j = 0; j <= i; j++) sum += factors[(group * features + i) * features + j]! * normals[j]!;
      out[at + i] = sum;
    }
  };
}

/** Two half circles that reach into each other, in the first two features; further ones are noise. */
function moons({ random, features, spread }: Recipe): Draw {
  return (group, out, at) => {
    const angle = Math.PI * random.uniform();
    out[at] = 5 * (group === 0 ? Math.cos(angle) : 1 - Math.cos(angle)) + 0.5 * spread * random.normal();
    out[at + 1] = 5 * (group === 0 ? Math.sin(angle) : 0.5 - Math.sin(angle)) + 0.5 * spread * random.normal();
    noise(random, out, at, features, spread);
  };
}

/** Circles about one centre, in the first two features; further ones are noise. */
function rings({ random, features, spread }: Recipe): Draw {
  return (group, out, at) => {
    const angle = 2 * Math.PI * random.uniform();
    const radius = 3 * (group + 0.4) + 0.35 * spread * random.normal();
    out[at] = radius * Math.cos(angle);
    out[at + 1] = radius * Math.sin(angle);
    noise(random, out, at, features, spread);
  };
}

function noise(random: Random, out: Float64Array, at: number, features: number, spread: number): void {
  for (let j = 2; j < features; j++) out[at + j] = spread * random.normal();
}

/** Centres in a cube, drawn again while they are too near to others, which after some time they may be. */
function apart(random: Random, features: number, groups: number): Float64Array {
  const side = 5 * Math.max(2, groups ** (1 / Math.min(2, features)) * 1.6);
  const centres = new Float64Array(groups * features);
  for (let k = 0; k < groups; k++) {
    for (let attempt = 0; attempt < 60; attempt++) {
      for (let j = 0; j < features; j++) centres[k * features + j] = side * (random.uniform() - 0.5);
      if (nearest(centres, k, features) > 5.5 - attempt / 15) break;
    }
  }
  return centres;
}

function nearest(centres: Float64Array, k: number, features: number): number {
  let least = Infinity;
  for (let other = 0; other < k; other++) {
    let square = 0;
    for (let j = 0; j < features; j++) square += (centres[k * features + j]! - centres[other * features + j]!) ** 2;
    least = Math.min(least, Math.sqrt(square));
  }
  return least;
}

/** Fills the rows from `start` on with points all over the range of those before, and somewhat beyond. */
function scatter(random: Random, data: Float64Array, features: number, start: number): void {
  if (start * features === data.length) return;
  for (let j = 0; j < features; j++) {
    let [low, high] = [Infinity, -Infinity];
    for (let at = j; at < start * features; at += features) {
      low = Math.min(low, data[at]!);
      high = Math.max(high, data[at]!);
    }
    if (low > high) [low, high] = [-5, 5];
    const room = 0.25 * (high - low || 1);
    for (let at = start * features + j; at < data.length; at += features)
      data[at] = low - room + (high - low + 2 * room) * random.uniform();
  }
}
