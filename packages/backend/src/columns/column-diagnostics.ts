import type { Diagnostic, Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { namer } from "./equation.ts";
import { columnFindings } from "./findings.ts";
import { lookAt } from "./look-at.ts";

/** What the columns of rows in memory have to say, for fits that look at them for that alone: O(n·d), in two walks at most. */
export async function columnDiagnostics(X: Matrix, weights: Float64Array | undefined, pace: Pace): Promise<Diagnostic[]> {
  const { look } = await lookAt(X, weights, pace);
  return columnFindings(look, namer(X.featureNames));
}
