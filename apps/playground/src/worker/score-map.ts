import type { FittedModel, Matrix, MatrixLike } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { contours } from "d3-contour";
import type { MixtureModel } from "mixtura";
import { GaussianMixture } from "mixtura";
import type { Projection } from "../data/projection.ts";
import { rowAt } from "../data/projection.ts";
import { valueAt } from "../stage/scale.ts";
import { abilitiesOf, isMixture } from "./abilities.ts";
import type { Contour, ScoreMap } from "./protocol.ts";
import { shapesOf } from "./shapes.ts";
import { SHAPE_SIZE } from "./protocol.ts";

/** Scores on a lattice over a part of the plane. A mixture of many features is shown whole, as its marginal; other models are cut through. */
export async function scoreMap(
  model: FittedModel,
  projection: Projection,
  box: ScoreMap["box"],
  [columns, rows]: readonly [number, number],
  signal: AbortSignal,
): Promise<ScoreMap> {
  const { scoreSamples } = abilitiesOf(model);
  const mixture = isMixture(model) ? model : undefined;
  const flat = mixture === undefined || model.featureCount < 3 ? undefined : marginal(mixture, projection);
  const points = latticeOf(box, columns, rows);
  const isCut = flat === undefined && model.featureCount > 2;
  const scores =
    flat === undefined ? await scoreSamples!(lifted(points, projection), { signal }) : await flat.scoreSamples(points, { signal });
  return { columns, rows, values: Float32Array.from(scores), box, isCut };
}

/** The mixture as it looks in the plane. */
function marginal(model: FittedModel & MixtureModel, projection: Projection): ReturnType<typeof GaussianMixture.fromParameters> {
  const shapes = shapesOf(model, projection)!;
  const at = (k: number, field: number): number => shapes[SHAPE_SIZE * k + field]!;
  const count = Array.from({ length: model.nComponents }, (_, k) => k);
  return GaussianMixture.fromParameters({
    weights: count.map((k) => at(k, 0)),
    means: count.map((k) => [at(k, 1), at(k, 2)]),
    covariances: count.map((k) => [
      [at(k, 3), at(k, 4)],
      [at(k, 4), at(k, 5)],
    ]),
  });
}

function latticeOf([left, bottom, right, top]: ScoreMap["box"], columns: number, rows: number): Matrix {
  const data = new Float64Array(2 * columns * rows);
  for (let j = 0, at = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      data[at++] = valueAt((i + 0.5) / columns, left, right);
      data[at++] = valueAt((j + 0.5) / rows, bottom, top);
    }
  }
  return matrix(data, columns * rows, 2);
}

function lifted({ data, rows }: Matrix, projection: Projection): MatrixLike {
  const d = projection.centre.length;
  const out = new Float64Array(rows * d);
  for (let row = 0; row < rows; row++) rowAt(projection, data[2 * row]!, data[2 * row + 1]!, out.subarray(row * d, (row + 1) * d));
  return matrix(out, rows, d);
}

/** Lines of equal score, in the units of the plane. */
export function contoursOf(
  { columns, rows, values, box }: ScoreMap,
  levels: readonly { readonly level: number; readonly mass?: number }[],
): Contour[] {
  const [left, bottom, right, top] = box;
  const least = values.reduce((low, value) => (value > -Infinity ? Math.min(low, value) : low), Infinity);
  // Marching between a number and −∞ ends in NaN.
  const finite = Array.from(values, (value) => (value > -Infinity ? value : least - 50));
  const lines = contours().size([columns, rows]);
  return levels
    .filter(({ level }) => Number.isFinite(level))
    .map(({ level, mass }) => {
      const { coordinates } = lines.contour(finite, level);
      const rings = coordinates
        .flat()
        .map((ring) => Float64Array.from(ring.flatMap(([x, y]) => [valueAt(x! / columns, left, right), valueAt(y! / rows, bottom, top)])));
      return { level, mass, rings };
    });
}

/** The levels above which given fractions of the mass on the map lie. */
export function levelsOf({ values }: ScoreMap, masses: readonly number[]): { level: number; mass: number }[] {
  const order = values.toSorted().reverse();
  const highest = order[0]!;
  let total = 0;
  for (const value of order) total += Math.exp(value - highest);
  return masses.map((mass) => {
    let sum = 0;
    for (const value of order) {
      sum += Math.exp(value - highest);
      if (sum >= mass * total) return { level: value, mass };
    }
    return { level: order.at(-1)!, mass };
  });
}
