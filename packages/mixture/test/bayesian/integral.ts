import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import type { FittedBayesianGaussianMixture } from "../../src/index.ts";

/** Two groups of rows of one size to the other as 2 to 1, of variance about 1 within and some standard deviations apart. */
export function twoGroups(n: number, d: number, seed: number): Matrix {
  const random = createRandom(seed);
  const data = Float64Array.from({ length: n * d }, (_, at) => {
    const far = Math.floor(at / d) % 3 === 0;
    return random.normal() + (far ? 4 : 0) + (at % d) / 4;
  });
  return matrix(data, n, d);
}

/** Steps of a feature's grid: x = centre + spread sinh u, u evenly from −REACH to REACH. So tails as heavy as 1/x² end at e⁻ᴿᴱᴬᶜᴴ. */
const STEPS = [0, 8000, 1400] as const;
const REACH = 16;

/**
 * The integral of exp(scoreSamples) over one or two features, by the trapezoidal rule.
 *
 * @param fineness steps per step of the table
 */
export async function integralOnGrid(model: FittedBayesianGaussianMixture, X: Matrix, fineness = 1): Promise<number> {
  const d = X.columns;
  const steps = Math.round(fineness * STEPS[d]!);
  const axes = Array.from({ length: d }, (_, j) => {
    const values = Array.from({ length: X.rows }, (_value, i) => X.data[i * d + j]!);
    const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length);
    const h = (2 * REACH) / (steps - 1);
    const u = Array.from({ length: steps }, (_value, i) => i * h - REACH);
    return { x: u.map((v) => centre + spread * Math.sinh(v)), weight: u.map((v) => h * spread * Math.cosh(v)) };
  });
  let total = 0;
  // Line by line, so that no more than one line of the grid is in memory.
  for (let line = 0; line < (d === 1 ? 1 : steps); line++) {
    const points = new Float64Array(steps * d);
    for (let i = 0; i < steps; i++) {
      points[i * d] = axes[0]!.x[i]!;
      if (d === 2) points[i * d + 1] = axes[1]!.x[line]!;
    }
    const logDensities = await model.scoreSamples(matrix(points, steps, d));
    const outer = d === 1 ? 1 : axes[1]!.weight[line]!;
    for (let i = 0; i < steps; i++) total += outer * axes[0]!.weight[i]! * Math.exp(logDensities[i]!);
  }
  return total;
}

/** Rows drawn at a time. */
const BATCH = 50_000;

/**
 * The integral of exp(scoreSamples) over all features by importance sampling: from t distributions about the model's components, a little wider and of
 * heavier tails; products of univariate ones where features are independent, since only those have their tails.
 */
export async function integralBySampling(
  model: FittedBayesianGaussianMixture,
  draws: number,
  seed: number,
): Promise<{ integral: number; standardError: number }> {
  const random = createRandom(seed);
  const d = model.featureCount;
  const k = model.nComponents;
  const { weights, covarianceType, degreesOfFreedom, meanPrecision, density } = model;
  const means = model.means.data;
  const independent = covarianceType === "diag" || covarianceType === "tied-diag";
  const isMatrix = covarianceType === "full" || covarianceType === "tied";
  const own = Array.from(degreesOfFreedom, (nu) => (isMatrix ? nu - d + 1 : nu));
  const freedoms = own.map((nu) => (density === "predictive" ? Math.max(1, Math.min(100, Math.floor(0.9 * nu))) : 100));
  const factors = own.map((nu, c) => {
    const beta = meanPrecision[c]!;
    const wider = density === "predictive" ? (degreesOfFreedom[c]! * (1 + beta)) / (beta * nu) : 1;
    return lowerFactor(
      model.covariance(c).data.map((value) => 1.03 * wider * value),
      d,
    );
  });
  const logRatio = freedoms.map((nu) => (independent ? logHalfRatio(nu, 1) : logHalfRatio(nu, d)));
  const [sum, squares] = [new Float64Array(1), new Float64Array(1)];
  const [y, z] = [new Float64Array(d), new Float64Array(d)];
  for (let done = 0; done < draws; done += BATCH) {
    const rows = Math.min(BATCH, draws - done);
    const points = new Float64Array(rows * d);
    const logProposals = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      const c = random.choice(weights, 1);
      const nu = freedoms[c]!;
      let stretch = 1;
      for (let j = 0; j < d; j++) {
        if (independent || j === 0) stretch = Math.sqrt(nu / chiSquare(random, nu));
        y[j] = stretch * random.normal();
      }
      for (let j = 0; j < d; j++) {
        let value = means[c * d + j]!;
        for (let t = 0; t <= j; t++) value += factors[c]![j * d + t]! * y[t]!;
        points[i * d + j] = value;
      }
      let density = 0;
      for (let m = 0; m < k; m++)
        density += weights[m]! * Math.exp(logT(points, i * d, means, m * d, factors[m]!, d, freedoms[m]!, logRatio[m]!, independent, z));
      logProposals[i] = Math.log(density);
    }
    const logDensities = await model.scoreSamples(matrix(points, rows, d));
    for (let i = 0; i < rows; i++) {
      const ratio = Math.exp(logDensities[i]! - logProposals[i]!);
      sum[0]! += ratio;
      squares[0]! += ratio * ratio;
    }
  }
  const integral = sum[0]! / draws;
  return { integral, standardError: Math.sqrt((squares[0]! / draws - integral ** 2) / draws) };
}

/** A χ² number of whole degrees of freedom: twice a sum of exponential numbers, and the square of a normal one where they are odd. */
function chiSquare(random: { normal(): number; uniform(): number }, freedom: number): number {
  let product = 1;
  let sum = freedom % 2 === 1 ? random.normal() ** 2 : 0;
  for (let i = 1; i < freedom; i += 2) {
    product *= 1 - random.uniform();
    if (product > 1e-200) continue;
    sum -= 2 * Math.log(product);
    product = 1;
  }
  return sum - 2 * Math.log(product);
}

function logT(
  x: Float64Array,
  at: number,
  means: Float64Array,
  mean: number,
  factor: Float64Array,
  d: number,
  nu: number,
  logRatio: number,
  independent: boolean,
  z: Float64Array,
): number {
  let [square, log, logs] = [0, 0, 0];
  for (let i = 0; i < d; i++) {
    let rest = x[at + i]! - means[mean + i]!;
    for (let j = 0; j < i; j++) rest -= factor[i * d + j]! * z[j]!;
    z[i] = rest / factor[i * d + i]!;
    log -= Math.log(factor[i * d + i]!);
    square += z[i]! ** 2;
    logs += Math.log1p(z[i]! ** 2 / nu);
  }
  if (independent) return log + d * logRatio - (d / 2) * Math.log(nu * Math.PI) - 0.5 * (nu + 1) * logs;
  return log + logRatio - (d / 2) * Math.log(nu * Math.PI) - 0.5 * (nu + d) * Math.log1p(square / nu);
}

/** log Γ((ν + d)/2) − log Γ(ν/2) for whole ν and d, by Γ(x + ½)/Γ(x) stepped up from Γ(1)/Γ(½). */
function logHalfRatio(nu: number, d: number): number {
  let log = 0;
  for (let m = nu; m < nu + d; m++) log += logHalfStep(m);
  return log;
}

/** log Γ((m + 1)/2) − log Γ(m/2). */
function logHalfStep(m: number): number {
  // For m = 1: Γ(1)/Γ(½) = 1/√π; then each step divides m/2 by the one before.
  let log = -0.5 * Math.log(Math.PI);
  for (let i = 1; i < m; i++) log = Math.log(i / 2) - log;
  return log;
}

function lowerFactor(a: Float64Array, d: number): Float64Array {
  const factor = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = a[i * d + j]!;
      for (let t = 0; t < j; t++) rest -= factor[i * d + t]! * factor[j * d + t]!;
      factor[i * d + j] = i === j ? Math.sqrt(rest) : rest / factor[j * d + j]!;
    }
  }
  return factor;
}
