import type { Naming } from "@mixtura/backend/internal/columns";
import { equation, namer } from "@mixtura/backend/internal/columns";
import type { Diagnostic } from "@mixtura/core";
import type { Ellipse } from "./ellipse.ts";
import type { Hyperplane } from "./hyperplanes.ts";
import { findHyperplanes } from "./hyperplanes.ts";

/** Arguments of {@link spreadDiagnostics} in addition to the ellipse. */
export interface SpreadReport {
  readonly scales: Float64Array;
  /** Features that are known to have no spread, though the covariance may have been given some. */
  readonly constant: readonly number[];
  readonly featureNames: readonly string[] | undefined;
  /** Whether the columns themselves were found to depend on others, which is said already. */
  readonly dependent?: boolean;
  /** Whose spread is reported: "rows", or "rows of the subset". */
  readonly rows: string;
}

export type { Naming } from "@mixtura/backend/internal/columns";
export { namer } from "@mixtura/backend/internal/columns";

/** Hyperplanes that are spelled out; more of them are counted. */
const SPELLED_OUT = 3;

/**
 * The diagnostics of rows without spread: each constant feature, and where the ellipse needed a floor each of the first hyperplanes that
 * all rows lie on.
 *
 * @returns diagnostics of the codes `constant-feature` (detail: feature) and `collinear-features` (detail: features, coefficients and offset of one
 *   hyperplane, or the rank and the features that depend on others)
 */
export function spreadDiagnostics(
  ellipse: Ellipse,
  { scales, constant, featureNames, rows, dependent = false }: SpreadReport,
): readonly Diagnostic[] {
  const name = namer(featureNames);
  const { rank, hyperplanes } = ellipse.floor === undefined || dependent ? { rank: 0, hyperplanes: [] } : someHyperplanes(ellipse, scales);
  const flat = hyperplanes.filter(({ columns }) => columns.length === 1).map(({ columns: [feature] }) => feature!);
  const collinear = hyperplanes.filter(({ columns }) => columns.length > 1);
  return [
    ...[...new Set([...constant, ...flat])].toSorted((a, b) => a - b).map((feature) => constantFeature(feature, name, rows)),
    ...(collinear.length > SPELLED_OUT
      ? [manyHyperplanes(rank, collinear, { name, rows, features: ellipse.features })]
      : collinear.map((hyperplane) => collinearFeatures(hyperplane, name, rows))),
  ];
}

/** At least one: a direction that is flat in features which all differ a little shows less in any one of them. */
function someHyperplanes(ellipse: Ellipse, scales: Float64Array): ReturnType<typeof findHyperplanes> {
  for (let tolerance = 1e-9; ; tolerance *= 10) {
    const found = findHyperplanes({ ...ellipse, scales, tolerance });
    if (found.dependent.length > 0 || tolerance > 1e-2) return found;
  }
}

/** A feature where nothing before it says that it is one. */
function subject(name: string): string {
  return name.startsWith('"') ? `feature ${name}` : name;
}

function constantFeature(feature: number, name: Naming, rows: string): Diagnostic {
  return {
    code: "constant-feature",
    severity: "warning",
    message: `The ${subject(name(feature))} has the same value in all ${rows} and carries no information; leave it out.`,
    detail: { feature },
  };
}

function collinearFeatures({ columns, coefficients, offset }: Hyperplane, name: Naming, rows: string): Diagnostic {
  return {
    code: "collinear-features",
    severity: "warning",
    message:
      `In all ${rows} ${equationOf({ columns, coefficients, offset }, name)}. Off that hyperplane everything is very far away. ` +
      `Leave one of these features out, or shrink the covariance.`,
    detail: { features: columns, coefficients, offset },
  };
}

/** `"total" = "a" + 2 × "b" − 3` */
export function equationOf({ columns, coefficients, offset }: Hyperplane, name: Naming): string {
  const [left = 0, ...others] = columns;
  return equation({ left, columns: others, coefficients: coefficients.slice(1).map((value) => -value), offset }, name);
}

function manyHyperplanes(
  rank: number,
  collinear: readonly Hyperplane[],
  { name, rows, features }: { readonly name: Naming; readonly rows: string; readonly features: number },
): Diagnostic {
  const dependent = collinear.map(({ columns }) => columns[0]!);
  const some = dependent.slice(0, SPELLED_OUT).map(name).join(", ");
  return {
    code: "collinear-features",
    severity: "warning",
    message:
      `The ${rows} differ in ${rank} of ${features} directions only: ${dependent.length} features (${some}, …) follow from the others. ` +
      "Off that subspace everything is very far away. Use more rows, fewer features, or an estimator that shrinks.",
    detail: { rank, features: dependent },
  };
}
