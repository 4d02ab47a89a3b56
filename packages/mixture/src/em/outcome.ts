// What there is to say of a fit when it is done, or of its data; most fits have nothing of it to say.
import type { ColumnProfile } from "@mixtura/backend/rows";
import type { Diagnostic } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import type { RestartResult } from "./fit-mixture.ts";

/** Only a start of one's own can be so narrow or so far away that a row has no density in any component. */
export function outOfReach(logLikelihood: number, caller: string): MixturaError {
  return new MixturaError(
    "invalid-option",
    `${caller}: some row is out of reach of every starting component: its density is 0 even as a logarithm. ` +
      "Start from means nearer the data, or from smaller precisions.",
    { option: "meansInit", found: logLikelihood },
  );
}

/** The maps ran out before the bound came to rest. */
export function stoppedEarly(tol: number, maxIter: number): Diagnostic[] {
  return [
    {
      code: "not-converged",
      severity: "warning",
      message: `The bound still changed by more than tol (${tol}) after maxIter (${maxIter}) iterations. Raise maxIter, or tol if this is close enough.`,
    },
  ];
}

/** Starts that were not chosen though their likelihood is higher. */
export function setAside(results: readonly RestartResult[], best: RestartResult): Diagnostic[] {
  const higher = results.filter((result) => result.degenerate && result.objective > best.objective).length;
  if (higher === 0) return [];
  return [
    {
      code: "degenerate-restart-set-aside",
      severity: "info",
      message: `${higher} of ${results.length} starts reached a higher likelihood only through a degenerate component and were not chosen.`,
      detail: { restarts: higher },
    },
  ];
}

/** Features without any spread. */
export function constantFeatures(constant: readonly number[], names: readonly string[] | undefined): Diagnostic[] {
  return constant.map((feature) => ({
    code: "constant-feature",
    severity: "warning",
    message: `The feature ${names?.[feature] === undefined ? feature : `"${names[feature]}"`} has the same value in every row and tells nothing; leave it out.`,
    detail: { feature },
  }));
}

/** The error of a fit that has fewer rows than groups to share them among. */
export function tooFewRows(
  { rows, countedRows }: ColumnProfile,
  { option, count }: { readonly option: string; readonly count: number },
  caller: string,
): MixturaError<"too-few-rows"> {
  const what = `${countedRows} ${countedRows === 1 ? "row" : "rows"}${countedRows === rows ? "" : " of positive weight"}`;
  return new MixturaError(
    "too-few-rows",
    `${caller}: ${what} cannot be shared among ${option} = ${count}. Use a smaller ${option} or more rows.`,
    { rows: countedRows, needed: count },
  );
}
