import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import {
  boundPlot,
  cleaningPlot,
  contributionsPlot,
  criterionPlot,
  densityPlot,
  distancePlot,
  histogramPlot,
  pairPlot,
  plotMixture,
  qqPlot,
  scatterPlot,
  scorePlot,
  stabilityPlot,
  weightsPlot,
} from "@mixtura/plot";
import type { Expectation } from "./chart-faults.ts";

/** Some values that charts are hard to draw of. */
export interface Values {
  readonly name: string;
  readonly values: readonly number[];
  /** Whether they are one value but for rounding. */
  readonly flat?: boolean;
}

const repeat = (count: number, value: (index: number) => number): number[] => Array.from({ length: count }, (_, index) => value(index));

/** So many that every chart must count, thin or sum them up. */
export const million: Values = { name: "a million values", values: repeat(1e6, (row) => Math.sin(row * 12.9898) * 43.7585) };

/** A bound as a fit of separated groups gives it: all but level, and falling by rounding. */
const FALLING = [-4.428279813631, -4.428279813632, -4.4282798136325, -4.428279813633];

export const cases: readonly Values[] = [
  { name: "usual", values: [-4.6, -4.31, -4.2, -4.16, -4.151, -4.15] },
  { name: "falling by rounding", values: FALLING, flat: true },
  { name: "flat", values: repeat(20, () => -9.385550743), flat: true },
  { name: "equal", values: [7, 7, 7, 7], flat: true },
  { name: "zero", values: [0, 0, 0], flat: true },
  { name: "one value", values: [3.7] },
  { name: "two values", values: [1, 2] },
  { name: "tiny", values: [1e-320, 2e-320, 5e-320] },
  { name: "tiny steps", values: repeat(8, (index) => 1 + index * 1e-7) },
  { name: "steps above the finest", values: repeat(12, (index) => -9.385550743 + index * 2e-6) },
  { name: "huge", values: [1e300, 3e300, 2e300, 2.5e300] },
  { name: "both ends of doubles", values: [-1.7e308, 0, 1.7e308, 1e-300] },
  { name: "negative", values: [-11_660, -20_307, -16_197, -11_122.49326448172] },
  { name: "far from zero", values: repeat(9, (index) => 1e8 + index) },
  { name: "one 1e12 above", values: [...repeat(20, (index) => index / 10), 1e12] },
  { name: "one 1e12 below", values: [-1e12, ...repeat(20, (index) => -4 + index / 100)] },
  { name: "one far below a level", values: [-5000, ...repeat(30, (index) => -4.16 + index / 3000)] },
  { name: "long numbers", values: [123_456.789, 123_457.123, 123_458.5, 123_999.9] },
  { name: "infinities left out", values: [-Infinity, 2, 3, Infinity, 2.5, NaN, 2.75] },
];

interface Picture {
  readonly draw: () => string;
  readonly expected: Expectation;
}

/** Pictures of any values, by name, and what they are held to. */
export function picturesOf({ values, flat = false }: Values, width: number): Record<string, Picture> {
  const finite = values.filter((value) => Number.isFinite(value));
  const most = finite.reduce((size, value) => Math.max(size, Math.abs(value)), 0) || 1;
  /** Rows of the values, and of the same in another order. */
  const rows = (features: number): Matrix =>
    matrix(
      Float64Array.from({ length: finite.length * features }, (_, at) => {
        const row = Math.floor(at / features);
        return [finite[row]!, finite[(row * 7 + 3) % finite.length]!, row, -finite[row]! / 2][at % features]!;
      }),
      finite.length,
      features,
    );
  const X = rows(2);
  /** Nobody tries a million candidates, or has a million features. */
  const few = finite.slice(0, 1000);
  const spread = (most / 4) ** 2;
  const variance = Number.isFinite(spread) && spread > 0 ? spread : 1;
  /** Two components: one in the middle of the values, one far beyond them. */
  const components = (d: number, far = most > 1e300 ? most : most * 50) => ({
    weights: [0.7, 0.3],
    means: [repeat(d, (j) => (j === 2 ? 1 : finite[0]!)), repeat(d, () => far)],
    covariances: [0, 1].map(() => repeat(d, (i) => i).map((i) => repeat(d, (j) => (i === j ? variance : 0)))),
  });
  const removed = finite.map((_, row) => Number(row === finite.length - 1 && finite.length > 1));
  const outliers = removed;
  const labels = finite.map((_, row) => row % 2);
  const squared = finite.map((value) => Math.min(1e300, value * value));
  const names = ["a rather long name of a first feature (mm)", "b"];
  const candidates = values
    .slice(0, 1000)
    .map((bic, index) => ({ nComponents: 1 + Math.floor(index / 2), covarianceType: ["full", "tied"][index % 2]!, bic }));
  const looks = { width, background: false };
  const up = finite.length <= 400 ? { values: finite } : {};
  const own = (draw: () => string, expected: Expectation = {}): Picture => ({ draw, expected });
  return {
    boundPlot: own(() => boundPlot({ ...looks, lowerBounds: values, restarts: [{ iterations: 3, score: finite[0] }] }), { ...up, flat }),
    criterionPlot: own(() => criterionPlot({ ...looks, candidates }), { ...up, flat }),
    stabilityPlot: own(() =>
      stabilityPlot({ ...looks, rows: [2, 3].map((nComponents) => ({ nComponents, covarianceType: "full", scores: values })) }),
    ),
    weightsPlot: own(() => weightsPlot({ ...looks, weights: finite.map(Math.abs) }), { bars: true }),
    contributionsPlot: own(() => contributionsPlot({ ...looks, contributions: few, values: few, expected: few }), { bars: true }),
    scorePlot: own(() => scorePlot({ ...looks, scores: values.filter((value) => !Number.isNaN(value)), threshold: finite[0]! })),
    qqPlot: own(() => qqPlot({ ...looks, squaredDistances: squared, features: 2, cutoff: 7.4 })),
    distancePlot: own(() => distancePlot({ ...looks, classical: squared, robust: squared.toReversed(), features: 2 })),
    histogramPlot: own(() => histogramPlot({ ...looks, X: rows(1), components: components(1) })),
    scatterPlot: own(() => scatterPlot({ ...looks, X, labels, outliers, components: components(2), featureNames: names })),
    densityPlot: own(() => densityPlot({ ...looks, X, outliers, components: components(2), threshold: -300 })),
    "densityPlot of one feature": own(() => densityPlot({ ...looks, X: rows(1), components: components(1, finite[0]), threshold: 3 })),
    cleaningPlot: own(() => cleaningPlot({ ...looks, X, removed, before: components(2), after: components(2, finite[0]) })),
    "cleaningPlot of one feature": own(() => cleaningPlot({ ...looks, X: rows(1), removed })),
    pairPlot: own(() => pairPlot({ ...looks, width: Math.max(480, width), X: rows(4), outliers, components: components(4) })),
    plotMixture: own(() => plotMixture({ ...looks, X, components: components(2), labels })),
  };
}
