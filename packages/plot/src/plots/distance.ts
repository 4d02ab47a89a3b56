import type { OptionDeclarations } from "@mixtura/core";
import { chiSquareQuantile } from "@mixtura/distributions";
import { counted } from "@mixtura/wording/internal";
import { shortNumber } from "../axis/tick-text.ts";
import type { Bend } from "../axis/bent.ts";
import { worthBending } from "../axis/bent.ts";
import { INK } from "../color/palette.ts";
import { option } from "../input/components.ts";
import type { RowNames } from "../input/numbers.ts";
import { readNumber, readNumbers, readRowNames } from "../input/numbers.ts";
import { readOutliers } from "../input/rows.ts";
import { clipped } from "../marks/clip.ts";
import { cutoffEntry, cutoffLine } from "../marks/cutoff.ts";
import { lineSign } from "../marks/entries.ts";
import { header } from "../marks/header.ts";
import { mostExtreme, outlierMarkEntry, outlierMarks } from "../marks/outliers.ts";
import { rowCloud, rowLabels } from "../marks/row-cloud.ts";
import type { Looks, PictureOptions } from "../options.ts";
import { checkLooks, dataArguments, heightOf } from "../options.ts";
import { element, tenth } from "../svg/element.ts";
import { picture } from "../svg/picture.ts";
import { plane } from "./plane.ts";

/** What {@link distancePlot} is given. */
export interface DistancePlotOptions extends PictureOptions {
  /** Squared Mahalanobis distances from the classical mean and covariance, one per row, ≥ 0. Their roots are drawn. */
  readonly classical: ArrayLike<number>;
  /** Squared distances from the robust location and covariance, one per row, ≥ 0. */
  readonly robust: ArrayLike<number>;
  /** Squared distances beyond which a row is far. Default: the 0.975 quantile of χ² with `features` degrees of freedom for both. */
  readonly cutoffs?: { readonly classical?: number | undefined; readonly robust?: number | undefined } | undefined;
  /** Number of features, for the default of `cutoffs`. */
  readonly features?: number | undefined;
  /** One mark per row: true or 1 for an outlier. Default: rows beyond the robust cutoff. */
  readonly outliers?: ArrayLike<number | boolean> | undefined;
  /** What rows are called. Default: their index. The most extreme outliers are named. */
  readonly rowNames?: RowNames | undefined;
  /** With more rows than this, rows are counted in hexagonal cells instead of drawn one by one. Default 5000. */
  readonly maxPoints?: number | undefined;
}

const declarations: OptionDeclarations = {
  ...dataArguments("classical", "robust", "cutoffs", "features", "outliers", "rowNames"),
  maxPoints: { range: { kind: "integer", minimum: 0 }, default: 5000, description: "Rows beyond which rows are counted in cells." },
};

/** The fraction of clean rows within the default cutoffs. */
const USUAL = 0.975;

/** Outliers that are named at most. */
const MOST_NAMED = 8;

/**
 * The distance–distance plot: every row by its classical distance across and its robust one up, with both cutoffs.
 *
 * Rows far up but not far right are those that the classical estimate hides: they have drawn it towards themselves (masking). The dotted line is
 * where both distances are equal. Where outliers would squeeze the other rows, an axis goes on by factors beyond the cutoff, and says so.
 *
 * @returns an SVG document; equal arguments give equal bytes
 * @throws MixturaError `invalid-option`, `unknown-option`, `not-finite`
 * @remarks O(n) time; a million rows take about half a second.
 * @see Rousseeuw & van Zomeren, Unmasking multivariate outliers and leverage points, J. Amer. Statist. Assoc. 85 (1990)
 * @example
 * ```ts run
 * const svg = distancePlot({
 *   classical: [1, 2, 3, 6],
 *   robust: [1, 2, 2, 90],
 *   features: 2,
 *   rowNames: ["a", "b", "c", "d"],
 * });
 * svg.includes("1 outlier hidden from the classical distance") // => true
 * svg.includes(">d<") // => true
 * distancePlot({ classical: [1, 2], robust: [1], features: 2 })
 * // throws invalid-option
 * ```
 */
export function distancePlot(options: DistancePlotOptions): string {
  const caller = "distancePlot";
  const { looks, checked } = checkLooks(caller, declarations, options, { width: 480, height: heightOf(0.8) });
  const robust = readNumbers(options.robust, "robust", caller, { least: 0 });
  const classical = readNumbers(options.classical, "classical", caller, { least: 0, count: robust.length });
  const cutoffs = readCutoffs(options, caller);
  const marked = options.outliers ?? Array.from(robust, (distance) => distance > cutoffs.robust ** 2);
  const outliers = readOutliers(marked, robust.length, caller);
  const nameOf = readRowNames(options.rowNames, robust.length, caller);
  const facts = { classical: classical.map(Math.sqrt), robust: robust.map(Math.sqrt), cutoffs, outliers, nameOf };
  return distancePicture(facts, looks, checked["maxPoints"] as number);
}

/** The cutoffs as distances. */
interface Cutoffs {
  readonly classical: number;
  readonly robust: number;
}

function readCutoffs({ cutoffs, features }: DistancePlotOptions, caller: string): Cutoffs {
  if (cutoffs !== undefined && (typeof cutoffs !== "object" || cutoffs === null))
    throw option(caller, "cutoffs", "{ classical, robust }", cutoffs);
  if (features !== undefined && !(Number.isInteger(features) && features > 0)) throw option(caller, "features", "an integer ≥ 1", features);
  const usual = features === undefined ? undefined : chiSquareQuantile(USUAL, features);
  const classical = readNumber(cutoffs?.classical, "cutoffs.classical", caller, 0) ?? usual;
  const robust = readNumber(cutoffs?.robust, "cutoffs.robust", caller, 0) ?? usual;
  if (classical === undefined || robust === undefined)
    throw option(caller, "features", 'the number of features, or "cutoffs" for both distances', undefined);
  return { classical: Math.sqrt(classical), robust: Math.sqrt(robust) };
}

interface DistanceFacts {
  /** Distances, not squared. */
  readonly classical: Float64Array;
  readonly robust: Float64Array;
  readonly cutoffs: Cutoffs;
  readonly outliers: readonly number[];
  readonly nameOf: (row: number) => string;
}

function distancePicture({ classical, robust, cutoffs, outliers, nameOf }: DistanceFacts, looks: Looks, maxPoints: number): string {
  const { theme } = looks;
  const rows = robust.length;
  const binned = rows > maxPoints;
  const hidden = outliers.filter((row) => robust[row]! > cutoffs.robust && classical[row]! <= cutoffs.classical).length;
  const sentence = [
    hidden === 0 ? "" : `${counted(hidden, "outlier")} hidden from the classical distance`,
    binned ? `${counted(rows, "row")} in cells, the stronger the more` : "",
  ].filter((part) => part !== "");
  const same = shortNumber(cutoffs.robust) === shortNumber(cutoffs.classical);
  const cutoffText = same ? shortNumber(cutoffs.robust) : `${shortNumber(cutoffs.classical)} across, ${shortNumber(cutoffs.robust)} up`;
  const ink = theme.paint(INK.muted);
  const head = header(looks, {
    subtitle: sentence.join(" · "),
    legend: [
      ...(outliers.length === 0 ? [] : [outlierMarkEntry(outliers.length, theme)]),
      cutoffEntry(`cutoff ${cutoffText}`, theme),
      { text: "equal distances", sign: (x, y) => lineSign(x, y, ink, "1.5 3", 1.4) },
    ],
  });
  const side = (distances: Float64Array, cutoff: number, name: string) => {
    const extent = { low: 0, high: Math.max(cutoff, largest(distances)) };
    const bend: Bend = { at: cutoff, side: "above" };
    return { extent, name, room: 0.04, bend: worthBending(extent, bend) ? bend : undefined };
  };
  const { box, x, y, grid, texts } = plane(
    looks,
    head.bottom,
    side(classical, cutoffs.classical, "classical distance"),
    side(robust, cutoffs.robust, "robust distance"),
  );
  const at = { rows, x: (row: number) => x.position(classical[row]!), y: (row: number) => y.position(robust[row]!) };
  const most = Math.min(largest(classical), largest(robust));
  const equal = Array.from({ length: 61 }, (_, step) => (most * step) / 60).map((d) => `${tenth(x.position(d))} ${tenth(y.position(d))}`);
  const diagonal = element("path", {
    d: `M${equal.join("L")}`,
    fill: "none",
    stroke: ink,
    "stroke-width": 1.4,
    "stroke-dasharray": "1.5 3",
  });
  const cloud = rowCloud(at, outliers, box, theme, binned);
  const lines = cutoffLine({ x: x.position(cutoffs.classical) }, box, theme) + cutoffLine({ y: y.position(cutoffs.robust) }, box, theme);
  const named = rowLabels(mostExtreme(robust, outliers, MOST_NAMED), at, nameOf, box, theme);
  return picture({
    ...looks,
    title: looks.title ?? "Robust against classical distances",
    description:
      `Mahalanobis distances of ${counted(rows, "row")}, classical across (cutoff ${shortNumber(cutoffs.classical)}), robust up (cutoff ${shortNumber(cutoffs.robust)}). ` +
      `${counted(outliers.length, "outlier")}, ${hidden} of them within the classical cutoff.`,
    body: head.svg + grid + clipped(box, "box", cloud + diagonal + lines + outlierMarks(outliers, at, theme)) + named + texts,
  });
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}
