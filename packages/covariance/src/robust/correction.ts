import { chiSquareQuantile, chiSquareTails } from "@mixtura/distributions";

/** What a covariance of chosen rows is multiplied by to be right for normal data. */
export interface Correction {
  /** For many rows: makes up for the rows that were left out. */
  readonly consistency: number;
  /** For few rows, on top of it. */
  readonly smallSample: number;
}

/** Of a covariance that needs none. */
export const NO_CORRECTION: Correction = Object.freeze({ consistency: 1, smallSample: 1 });

/**
 * The factor that makes the covariance of the central fraction of a p-variate normal distribution that of the whole: α / P(χ²ₚ₊₂ ≤ q), where q is the
 * χ²ₚ quantile of α.
 *
 * @param fraction α, in (0, 1]
 * @see Croux & Haesbroeck, Influence function and efficiency of the minimum covariance determinant scatter matrix estimator, J. Multivariate
 *   Analysis 71 (1999)
 */
export function consistencyFactor(fraction: number, features: number): number {
  if (fraction >= 1) return 1;
  return fraction / chiSquareTails(chiSquareQuantile(fraction, features), features + 2).below;
}

/** log |1 − f| as a line in log n: [height, slope] for one and two features. */
type Line = readonly [height: number, slope: number];
/** 1 + θ / p^η at n = q p², from which the line of p features is made: [θ, η]. */
type Anchor = readonly [theta: number, eta: number];

interface Simulated {
  readonly one: Line;
  readonly two: Line;
  /** At n = 2 p² and at n = 3 p². */
  readonly more: readonly [Anchor, Anchor];
}

/** Pison, Van Aelst & Willems' fits to their simulations, for subsets of half of the rows and of seven eighths. */
interface Fits {
  readonly half: Simulated;
  readonly mostly: Simulated;
}

const RAW: Fits = {
  half: {
    one: [0.262024211897096, 0.604756680630497],
    two: [0.673292623522027, 0.691365864961895],
    more: [
      [-1.42764571687802, 1.26263336932151],
      [-1.06141115981725, 1.28907991440387],
    ],
  },
  mostly: {
    one: [-0.351584646688712, 1.01646567502486],
    two: [0.446537815635445, 1.06690782995919],
    more: [
      [-0.455179464070565, 1.11192541278794],
      [-0.294241208320834, 1.09649329149811],
    ],
  },
};

const REWEIGHTED: Fits = {
  half: {
    one: [1.11098143415027, 1.5182890270453],
    two: [3.11101712909049, 1.91401056721863],
    more: [
      [-1.02842572724793, 1.67659883081926],
      [-0.26800273450853, 1.35968562893582],
    ],
  },
  mostly: {
    one: [-0.66046776772861, 0.88939595831888],
    two: [0.79473550581058, 1.10081930350091],
    more: [
      [-0.544482443573914, 1.25994483222292],
      [-0.343791072183285, 1.25159004257133],
    ],
  },
};

const HALF = 0.5;
const MOSTLY = 0.875;

/**
 * The small-sample factor of the covariance of h rows, or of the reweighted covariance that follows.
 *
 * Simulated factors are linear in log n on the scale of log(1 − f), for p > 2 through two points that are powers of p; between fractions of one half,
 * seven eighths and all they are interpolated.
 *
 * @param fraction h as a fraction, as `supportFraction` has it, in [0.5, 1]
 * @see Pison, Van Aelst & Willems, Small sample corrections for LTS and MCD, Metrika 55 (2002)
 */
export function smallSampleFactor(step: "raw" | "reweighted", features: number, rows: number, fraction: number): number {
  const fits = step === "raw" ? RAW : REWEIGHTED;
  const mostly = shrinkage(fits.mostly, features, rows);
  if (fraction >= MOSTLY) return 1 / interpolated(mostly, 1, (Math.min(fraction, 1) - MOSTLY) / (1 - MOSTLY));
  return 1 / interpolated(shrinkage(fits.half, features, rows), mostly, (Math.max(fraction, HALF) - HALF) / (MOSTLY - HALF));
}

/** Below this a fit is used where it was never made: a factor above 4 says nothing. */
const LEAST_SHRINKAGE = 0.25;

/** What the estimate is too small by on average, f. */
function shrinkage({ one, two, more }: Simulated, p: number, n: number): number {
  const [height, slope] = p === 1 ? one : p === 2 ? two : lineThrough(more, p);
  return Math.max(LEAST_SHRINKAGE, 1 - Math.exp(height) / n ** slope);
}

function lineThrough([[theta2, eta2], [theta3, eta3]]: readonly [Anchor, Anchor], p: number): Line {
  const y2 = Math.log(-theta2 / p ** eta2);
  const y3 = Math.log(-theta3 / p ** eta3);
  const slope = (y2 - y3) / Math.log(3 / 2);
  return [y2 + slope * Math.log(2 * p * p), slope];
}

function interpolated(a: number, b: number, fraction: number): number {
  return a + (b - a) * fraction;
}
