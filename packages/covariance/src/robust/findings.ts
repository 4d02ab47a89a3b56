import type { Diagnostic } from "@mixtura/core";
import { inSentence, percent, plural } from "@mixtura/wording/internal";
import type { Naming } from "../gaussian/diagnostics.ts";
import { equationOf } from "../gaussian/diagnostics.ts";
import type { Hyperplane } from "../gaussian/hyperplanes.ts";
import { findHyperplanes, roundedOffset } from "../gaussian/hyperplanes.ts";
import type { Regularization } from "./estimate.ts";
import type { Flat } from "./flat.ts";
import type { Standardised } from "./scale/standardise.ts";
import { MAX_STEPS } from "./search/context.ts";

/** Names of a list that are written out. */
const MOST_NAMES = 12;

/** What the columns themselves have to say: those that hold one value, and those that mostly do. */
export function columnFindings({ constant, tied, columns }: Standardised, name: Naming): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (constant.length > 0) {
    found.push({
      code: "constant-feature",
      severity: "warning",
      message:
        `${capitalised(listed(constant.map(name)))} ${plural(constant.length, "holds one value", "hold one value each")} in all rows. ` +
        (columns === 0
          ? "There is nothing to estimate: distances say only whether a row is the same as these. Give rows that differ."
          : "The estimate is that of the other features; a new row with another value there is far off. Leave such features out."),
      detail: { features: [...constant] },
    });
  }
  if (tied.length > 0) {
    found.push({
      code: "tied-feature",
      severity: "info",
      message:
        `Many rows agree in ${listed(tied.map(name))}, so no robust scale exists there; how far the others deviate, and how often, gives one, below which no ` +
        "standard deviation is taken: a row that does not agree is no outlier for that alone.",
      detail: { features: [...tied] },
    });
  }
  return found;
}

/** What was done about rows on a hyperplane, and where it lies. */
export function exactFitFinding(flat: Flat, standardised: Standardised, treatment: "regularized" | "floored", name: Naming): Diagnostic {
  const { rows } = standardised;
  const planes = hyperplanesOf(flat, standardised);
  const { columns, coefficients, offset } = planes[0]!;
  const others = planes.length > 1 ? ` (and on ${planes.length - 1} more)` : "";
  const done =
    treatment === "regularized"
      ? "Their covariance is singular: a regularised one (MRCD) was fitted instead."
      : "Their covariance is singular: a floor keeps the distances of the other rows finite, and very large.";
  return {
    code: "exact-fit",
    severity: "warning",
    message:
      `${flat.count} of ${rows} rows lie on a hyperplane${others}: ${equationOf(planes[0]!, name)}. ${done} ` +
      `Leave ${columns.length === 1 ? "it" : "one of these features"} out${flat.count < rows ? `, or look at the ${rows - flat.count} other rows first` : ""}.`,
    detail: { rows: flat.count, of: rows, features: columns, coefficients, offset, hyperplanes: planes.length },
  };
}

/** That rows were too few for their features. */
export function fewRowsFinding(rows: number, features: number): Diagnostic {
  return {
    code: "few-rows",
    severity: "info",
    message:
      `${rows} rows are few for ${features} features: half of them hardly carry a covariance, so a regularised one (MRCD) was fitted. ` +
      'More rows, fewer features, or regularization "none" give the plain one.',
    detail: { rows, features },
  };
}

/** How strongly a covariance was regularised. */
export function regularizedFinding({ rho, target }: Regularization): Diagnostic {
  return {
    code: "regularized",
    severity: "info",
    message: `The covariance is ${percent(rho, 3)} ${target} and ${percent(1 - rho, 3)} data, on features of robust scale 1. Distances are not χ² distributed.`,
    detail: { rho, target },
  };
}

/** That the steps of a search never came to rest. */
export function notConvergedFinding(): Diagnostic {
  return {
    code: "not-converged",
    severity: "warning",
    message: `The subset still changed after ${MAX_STEPS} concentration steps. Its determinant is the least of all steps; another algorithm may do better.`,
  };
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function listed(names: readonly string[]): string {
  return inSentence(names, "and", MOST_NAMES);
}

/** The hyperplanes of flat rows, in the data's coordinates; at least one. */
function hyperplanesOf({ location, covariance }: Flat, { active, scale, centre }: Standardised): readonly Hyperplane[] {
  const scales = new Float64Array(location.length).fill(1);
  let { hyperplanes } = findHyperplanes({ location, covariance, scales });
  // A direction that is flat in features which are all a little different shows less in any one of them.
  for (let tolerance = 1e-8; hyperplanes.length === 0; tolerance *= 10)
    ({ hyperplanes } = findHyperplanes({ location, covariance, scales, tolerance }));
  return hyperplanes.map(({ columns, coefficients, offset }) => {
    const unit = scale[active[columns[0]!]!]!;
    const inData = columns.map((k, at) => coefficients[at]! * (unit / scale[active[k]!]!));
    const terms = [offset * unit, ...inData.map((coefficient, at) => coefficient * centre[active[columns[at]!]!]!)];
    const moved = roundedOffset(terms);
    return { columns: columns.map((k) => active[k]!), coefficients: inData, offset: moved };
  });
}
