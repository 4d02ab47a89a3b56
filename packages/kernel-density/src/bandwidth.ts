import { cholesky } from "@mixtura/backend/internal/factors";
import type { Diagnostic } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import type { CheckedKernelDensityOptions } from "./options.ts";
import { LEAST_BANDWIDTH } from "./options.ts";
import type { Rows } from "./spread.ts";
import { spreadOf } from "./spread.ts";

/** The width of the kernel: distances are taken of L⁻¹ ((x − row) / bandwidth). */
export interface Width {
  /** One number per feature, in its units. */
  readonly bandwidth: Float64Array;
  /** The d×d lower factor L of the features' correlation; absent where features are taken by themselves. */
  readonly factor?: Float64Array;
  readonly diagnostics: readonly Diagnostic[];
}

/** Correlations whose factor has a squared pivot below this are widened. */
const LEAST_PIVOT = 1e-10;
/** What is added to the diagonal of a correlation that is widened. */
const RIDGE = 1e-6;

/** The bandwidths by the options. */
export async function widthOf(rows: Rows, options: CheckedKernelDensityOptions, caller: string, pace: Pace): Promise<Width> {
  const { features: d } = rows;
  const { bandwidth, scaling } = options;
  const { deviations, correlation, constant, weight } = await spreadOf(rows, scaling === "whitened", caller, pace);
  const diagnostics = constant.map((feature) => constantFeature(feature, rows.featureNames));
  if (typeof bandwidth === "number") return { bandwidth: new Float64Array(d).fill(bandwidth), diagnostics };
  const relative = relativeBandwidth(bandwidth, weight, d);
  const scaled = deviations.map((deviation) => Math.min(Number.MAX_VALUE, Math.max(LEAST_BANDWIDTH, relative * deviation)));
  if (correlation === undefined) return { bandwidth: scaled, diagnostics };
  const { factor, widened } = correlationFactor(correlation, d);
  return { bandwidth: scaled, factor, diagnostics: widened ? [...diagnostics, collinear] : diagnostics };
}

/**
 * The rules of thumb, as factors of the spread.
 *
 * @see Scott, Multivariate Density Estimation (1992), eq. 6.42; Silverman (1986), eq. 4.14
 */
function relativeBandwidth(bandwidth: Exclude<CheckedKernelDensityOptions["bandwidth"], number>, n: number, d: number): number {
  if (bandwidth === "scott") return n ** (-1 / (d + 4));
  if (bandwidth === "silverman") return ((n * (d + 2)) / 4) ** (-1 / (d + 4));
  return bandwidth.relative;
}

function correlationFactor(correlation: Float64Array, d: number): { factor: Float64Array; widened: boolean } {
  const plain = cholesky(correlation, d);
  if (plain.ok && plain.factor.every((pivot, at) => at % (d + 1) !== 0 || pivot * pivot >= LEAST_PIVOT)) {
    return { factor: plain.factor, widened: false };
  }
  for (let ridge = RIDGE; ; ridge *= 10) {
    const wide = cholesky(
      correlation.map((value, at) => (at % (d + 1) === 0 ? value + ridge : value)),
      d,
    );
    if (wide.ok) return { factor: wide.factor, widened: true };
  }
}

function constantFeature(feature: number, names: readonly string[] | undefined): Diagnostic {
  const name = names === undefined ? feature : `"${names[feature]!}"`;
  return {
    code: "constant-feature",
    severity: "warning",
    message:
      `The feature ${name} is constant, so its spread is unknown: a relative bandwidth assumes 1. ` +
      "Leave the feature out, or give the bandwidth as a number.",
    detail: { feature },
  };
}

const collinear: Diagnostic = {
  code: "collinear-features",
  severity: "warning",
  message:
    "Some features follow from others, so that the whitened density would be infinite on a plane: the correlation was widened by 1e-6. " +
    'Leave features out, or use scaling "features".',
};
