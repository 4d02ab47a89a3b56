import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chiSquareQuantile } from "@mixtura/distributions";
import { loadData } from "@mixtura/fixtures";
import { EmpiricalCovariance, LedoitWolf, MinCovDet, OAS, ShrunkCovariance } from "mixtura";
import type { Comparison } from "./results.ts";
import { worstDifference } from "./results.ts";

const ESTIMATORS = { empirical: EmpiricalCovariance, shrunk: ShrunkCovariance, ledoitWolf: LedoitWolf, oas: OAS } as const;

interface Fit {
  readonly location: readonly number[];
  readonly variances: readonly number[];
  readonly logLikelihood: number;
  readonly squaredMahalanobisFirst10: readonly number[];
}

interface Reference {
  readonly sound: readonly {
    readonly data: string;
    readonly features: number;
    readonly centred: Readonly<Record<keyof typeof ESTIMATORS, Fit>>;
    /** With 40 digits, where scikit-learn's own has too few. */
    readonly exact?: Partial<Fit>;
  }[];
}

function read<T>(root: string, file: string): T {
  return JSON.parse(readFileSync(join(root, "packages", "covariance", "test", "reference", file), "utf8")) as T;
}

/** Covariances compared with scikit-learn's. */
export async function covariances(root: string): Promise<Comparison> {
  const rows = [];
  for (const { data, features, centred, exact } of read<Reference>(root, "sklearn.json").sound) {
    const { rows: X } = loadData(data, features);
    let worst = 0;
    for (const [name, Estimator] of Object.entries(ESTIMATORS)) {
      const right = { ...centred[name as keyof typeof ESTIMATORS], ...(name === "empirical" ? exact : {}) };
      const model = await new Estimator().fit(X);
      const d = model.location.length;
      worst = Math.max(
        worst,
        worstDifference(model.location, right.location),
        worstDifference(
          right.variances.map((_, j) => model.covariance.data[j * (d + 1)]!),
          right.variances,
        ),
        worstDifference([await model.score(X)], [right.logLikelihood]),
        worstDifference(await model.mahalanobis(X.slice(0, 10)), right.squaredMahalanobisFirst10),
      );
    }
    rows.push({ what: `${data} (${X.length} × ${features})`, cases: 4, worst });
  }
  return {
    title: "Covariances",
    against: "scikit-learn 1.9.1: empirical, shrunk, Ledoit–Wolf and OAS; the empirical one partly against 40 digits",
    measure: "largest relative difference of a location, variance, mean log-density or squared distance",
    rows,
  };
}

interface RobustReference {
  readonly minCovDet: readonly {
    readonly data: string;
    readonly features: number;
    readonly criterion: number;
    readonly flagged: readonly number[] | number;
  }[];
}

/** The minimum covariance determinant compared with robustbase's. */
export async function robustCovariances(root: string): Promise<Comparison> {
  const rows = [];
  for (const { data, features, criterion, flagged } of read<RobustReference>(root, "robustbase.json").minCovDet) {
    const { rows: X } = loadData(data, features);
    const model = await new MinCovDet().fit(X);
    const edge = chiSquareQuantile(0.975, features);
    const found = Array.from(await model.mahalanobis(X), (distance, row) => (distance > edge ? row + 1 : 0)).filter((row) => row > 0);
    const same = typeof flagged === "number" ? found.length === flagged : String(found) === String(flagged);
    rows.push({
      what: data,
      cases: 1,
      worst: model.criterion - criterion,
      remark: same ? `the same ${found.length} rows flagged` : "other rows flagged",
    });
  }
  return {
    title: "Minimum covariance determinant",
    against: "R robustbase 0.95-0, `covMcd` with its deterministic starts",
    measure: "log-determinant here minus there; lower is better, and the reference has twelve digits",
    rows,
  };
}
