import type { CovarianceType } from "@mixtura/mixture";
import type { Separation } from "./normal-mixture.ts";
import type { Shape } from "./shape.ts";
import { benchedTypes, parseShape, workOf } from "./shape.ts";

/** One line of the grid. */
export interface GridCase {
  readonly shape: Shape;
  readonly separation: Separation;
}

/** What of the grid is wanted; an empty list wants everything. */
export interface GridRequest {
  readonly shapes: readonly string[];
  readonly separations: readonly Separation[];
  readonly covariances: readonly CovarianceType[];
  readonly quick: boolean;
}

const FULL = ["1e4,2,5", "1e5,2,10", "1e6,4,8", "1e5,8,10", "1e5,16,16", "1e5,32,16", "5e4,50,32", "2e4,64,8", "2e4,128,8", "1e4,256,4"];
const WELL = ["1e5,8,10", "1e5,16,16", "1e5,32,16", "5e4,50,32", "2e4,64,8"];
const OTHER = ["1e5,2,10", "1e5,8,10", "1e5,16,16", "2e4,128,8"];

/** Full covariances on overlapping data at ten shapes and on well separated data at five, the other kinds on overlapping data at four. */
const GRID: readonly GridCase[] = [
  ...FULL.map((text): GridCase => ({ shape: parseShape(text), separation: "over" })),
  ...WELL.map((text): GridCase => ({ shape: parseShape(text), separation: "well" })),
  ...benchedTypes
    .filter((type) => type !== "full")
    .flatMap((type) => OTHER.map((text): GridCase => ({ shape: parseShape(`${text},${type}`), separation: "over" }))),
];

/** A quick run keeps the cases with less work per iteration than this: a second or two each. */
export const QUICK_WORK = 1e8;

/** The cases that are wanted: those of the grid, or shapes of one's own (full covariances on overlapping data unless something else is said). */
export function chooseCases({ shapes, separations, covariances, quick }: GridRequest): GridCase[] {
  const own = shapes.flatMap((text) =>
    orElse(separations, "over").flatMap((separation) => {
      const shape = parseShape(text);
      return orElse(covariances, shape.covarianceType).map((covarianceType) => ({ shape: { ...shape, covarianceType }, separation }));
    }),
  );
  const cases = shapes.length > 0 ? own : GRID;
  return cases.filter(
    ({ shape, separation }) =>
      (separations.length === 0 || separations.includes(separation)) &&
      (covariances.length === 0 || covariances.includes(shape.covarianceType)) &&
      (!quick || shapes.length > 0 || workOf(shape) < QUICK_WORK),
  );
}

function orElse<T>(wanted: readonly T[], otherwise: T): readonly T[] {
  return wanted.length > 0 ? wanted : [otherwise];
}

/** What this project set itself: how many times faster than scikit-learn with two threads, by the number of features. */
export function goalOf({ shape, separation }: GridCase): number | undefined {
  if (separation !== "over" || shape.covarianceType !== "full") return undefined;
  return GOALS.find(([features]) => shape.features <= features)?.[1];
}

const GOALS: readonly (readonly [features: number, ratio: number])[] = [
  [4, 20],
  [8, 10],
  [16, 7],
  [32, 5],
  [64, 3],
  [128, 2],
  [256, 1.2],
];
