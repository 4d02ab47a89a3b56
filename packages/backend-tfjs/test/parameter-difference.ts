import type { SklearnBayesianEntry, SklearnEntry } from "@mixtura/fixtures";
import type { FittedBayesianGaussianMixture, FittedGaussianMixture } from "@mixtura/mixture";

/** Differences of parameters, in standard deviations of the component that they belong to. */
export function parameterDifference(
  model: FittedGaussianMixture | FittedBayesianGaussianMixture,
  entry: SklearnEntry | SklearnBayesianEntry,
): number {
  const d = model.featureCount;
  let worst = 0;
  const note = (found: number, right: number, scale: number): void => void (worst = Math.max(worst, Math.abs(found - right) / scale));
  entry.weights.forEach((weight, k) => {
    note(model.weights[k]!, weight, 1);
    const { data } = model.covariance(k);
    const deviation = (j: number): number => Math.sqrt(data[j * (d + 1)]!);
    entry.means[k]!.forEach((mean, j) => note(model.means.data[k * d + j]!, mean, deviation(j)));
    covarianceOf(entry, k, d).forEach((value, at) => note(data[at]!, value, deviation(Math.floor(at / d)) * deviation(at % d)));
  });
  return worst;
}

/** Component k's covariance as scikit-learn has it, d×d. */
function covarianceOf({ covarianceType, covariances }: SklearnEntry | SklearnBayesianEntry, k: number, d: number): number[] {
  const diagonal = (variance: (j: number) => number): number[] =>
    Array.from({ length: d * d }, (_, at) => (at % (d + 1) === 0 ? variance(at % d) : 0));
  if (covarianceType === "full") return (covariances as number[][][])[k]!.flat();
  if (covarianceType === "tied") return (covariances as number[][]).flat();
  if (covarianceType === "diag") return diagonal((j) => (covariances as number[][])[k]![j]!);
  return diagonal(() => (covariances as number[])[k]!);
}
