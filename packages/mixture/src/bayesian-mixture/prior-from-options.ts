import { cholesky } from "@mixtura/backend/internal/factors";
import { translated } from "@mixtura/backend/internal/rows";
import type { Diagnostic, Matrix, MatrixLike } from "@mixtura/core";
import { MixturaError, toMatrix } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockDimensions, isSymmetric } from "../covariance/kind.ts";
import type { FitSetting } from "../em/fit-mixture.ts";
import type { CheckedBayesianGaussianMixtureOptions } from "./options.ts";
import type { GaussianPrior } from "./prior.ts";
import { flooredPrior, sampleCovariance } from "./prior.ts";

/**
 * The prior of means and precisions: what the caller gave, checked, and the data's own moments for the rest.
 *
 * @throws MixturaError `invalid-option`, `invalid-shape`, `not-finite`, `not-positive-definite`
 */
export async function priorFromOptions(
  options: CheckedBayesianGaussianMixtureOptions,
  { rows, kind, floors, session, caller }: FitSetting,
): Promise<{ prior: GaussianPrior; diagnostics: readonly Diagnostic[] }> {
  const { meanPrior, covariancePrior, degreesOfFreedomPrior, meanPrecisionPrior: meanPrecision, priorConvention } = options;
  const { features: d, origin, profile } = rows;
  const degreesOfFreedom = degreesOfFreedomPrior ?? d;
  if (!(degreesOfFreedom > d - 1)) {
    throw new MixturaError(
      "invalid-option",
      `${caller}: "degreesOfFreedomPrior" must exceed the number of features minus one (${d - 1}), found ${degreesOfFreedom}. ` +
        "Otherwise the prior is improper.",
      { option: "degreesOfFreedomPrior", found: degreesOfFreedom },
    );
  }
  const mean = translated(meanPrior === undefined ? profile.means : readMean(meanPrior, d, caller), origin, -1);
  const parts = { meanPrecision, mean, degreesOfFreedom };
  if (covariancePrior !== undefined) {
    return {
      prior: { ...parts, covariance: readCovariance(covariancePrior, kind, d, caller) },
      diagnostics: outweighed(parts, profile.weight),
    };
  }
  checkFloors(floors.repair, rows.featureNames, caller);
  const sample = await sampleCovariance(rows, kind);
  const { covariance, diagnostics } =
    priorConvention === "conjugate" ? await flooredPrior(kind, sample, floors, session.pace) : { covariance: sample, diagnostics: [] };
  return { prior: { ...parts, covariance }, diagnostics: [...diagnostics, ...outweighed(parts, profile.weight)] };
}

/** Variances of which a millionth is no double any more allow no prior. */
function checkFloors(floor: Float64Array, names: readonly string[] | undefined, caller: string): void {
  const column = floor.findIndex((value) => !(value > 0));
  if (column === -1) return;
  const feature = names?.[column];
  const name = feature === undefined ? `column ${column}` : `column "${feature}"`;
  throw new MixturaError(
    "not-finite",
    `${caller}: the variance of ${name} is close to the smallest double. Rescale the column first, nearer to 1.`,
    {
      row: 0,
      column,
      found: floor[column],
      ...(feature === undefined ? {} : { feature }),
    },
  );
}

function outweighed({ degreesOfFreedom }: Pick<GaussianPrior, "degreesOfFreedom">, weight: number): Diagnostic[] {
  if (weight > degreesOfFreedom) return [];
  return [
    {
      code: "prior-outweighs-data",
      severity: "warning",
      message:
        `The prior of the covariances weighs as much as ${degreesOfFreedom} rows, and there are ${weight}: the prior dominates the model. ` +
        `Use more rows, fewer features or a smaller degreesOfFreedomPrior. Sample weights are frequencies: if yours sum to 1, multiply them by the number of rows.`,
      detail: { degreesOfFreedom, rows: weight },
    },
  ];
}

function readMean(given: ArrayLike<number>, d: number, caller: string): Float64Array {
  const mean = Float64Array.from(given);
  if (mean.length !== d) {
    throw new MixturaError("invalid-shape", `${caller}: "meanPrior" must be ${d} numbers, one per feature, found ${show(given)}.`, {
      expected: `${d} numbers`,
      found: `${mean.length} numbers`,
    });
  }
  const column = mean.findIndex((value) => !Number.isFinite(value));
  if (column === -1) return mean;
  throw new MixturaError("not-finite", `${caller}: "meanPrior" of feature ${column} is ${mean[column]}. Priors are finite numbers.`, {
    row: 0,
    column,
    found: mean[column],
  });
}

function readCovariance(given: MatrixLike | ArrayLike<number> | number, kind: CovarianceKind, d: number, caller: string): Float64Array {
  const shape = kind.rank === 0 ? "one number" : `${blockDimensions(kind, d).join(" × ")} numbers`;
  const wrong = (found: string, cause?: unknown): MixturaError =>
    new MixturaError(
      "invalid-shape",
      `${caller}: "covariancePrior" must be ${shape} for covarianceType "${kind.type}", found ${found}.`,
      { expected: shape, found },
      { cause },
    );
  const covariance = readBlock(given, kind, d, wrong);
  const crooked = !isSymmetric(covariance, kind, d);
  const failed = kind.rank === 2 ? pivotOf(covariance, d) : covariance.find((value) => !(value > 0 && value < Infinity));
  if (!crooked && failed === undefined) return covariance;
  const why = crooked ? "not symmetric" : `not positive definite (pivot ${failed})`;
  throw new MixturaError("not-positive-definite", `${caller}: "covariancePrior" is ${why}. Pass a covariance matrix, or leave it out.`, {
    option: "covariancePrior",
    pivot: crooked ? NaN : failed!,
  });
}

function pivotOf(matrix: Float64Array, d: number): number | undefined {
  const result = cholesky(matrix, d);
  return result.ok ? undefined : result.pivot;
}

/** The numbers of one block of a covariance type. */
function readBlock(
  given: MatrixLike | ArrayLike<number> | number,
  kind: CovarianceKind,
  d: number,
  wrong: (found: string, cause?: unknown) => MixturaError,
): Float64Array {
  if (typeof given === "number") {
    if (kind.rank === 0 || (kind.rank === 1 && d === 1)) return Float64Array.of(given);
    throw wrong(show(given));
  }
  if (kind.rank === 0) throw wrong(show(given));
  if (kind.rank === 1) {
    const list = "length" in given ? Array.from(given as ArrayLike<unknown>) : [];
    if (list.length !== d || !list.every((value) => typeof value === "number")) throw wrong(show(given));
    return Float64Array.from(list);
  }
  let found: Matrix;
  try {
    found = toMatrix(given as MatrixLike, { caller: "covariancePrior" });
  } catch (error) {
    throw wrong(show(given), error);
  }
  if (found.rows !== d || found.columns !== d) throw wrong(`${found.rows} × ${found.columns}`);
  return found.data.slice();
}
