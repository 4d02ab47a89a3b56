import type { OptionDeclarations } from "@mixtura/core";
import { betaQuantile, chiSquareQuantile } from "@mixtura/distributions";
import { counted, grouped, percent, plural } from "@mixtura/wording/internal";
import { shortNumber } from "../axis/tick-text.ts";
import type { Bend } from "../axis/bent.ts";
import { worthBending } from "../axis/bent.ts";
import { INK, palette } from "../color/palette.ts";
import { option } from "../input/components.ts";
import type { RowNames } from "../input/numbers.ts";
import { readNumber, readNumbers, readRowNames } from "../input/numbers.ts";
import { readOutliers } from "../input/rows.ts";
import { clipped } from "../marks/clip.ts";
import { cutoffEntry, cutoffLine } from "../marks/cutoff.ts";
import { lineSign } from "../marks/entries.ts";
import { header } from "../marks/header.ts";
import { mostExtreme, outlierMarkEntry, outlierMarks } from "../marks/outliers.ts";
import { pickedRows } from "../marks/picked-rows.ts";
import { rowCloud, rowLabels } from "../marks/row-cloud.ts";
import type { Looks, PictureOptions } from "../options.ts";
import { checkLooks, dataArguments, heightOf } from "../options.ts";
import { element, px, tenth } from "../svg/element.ts";
import { picture } from "../svg/picture.ts";
import { plane } from "./plane.ts";

/** What {@link qqPlot} is given. */
export interface QQPlotOptions extends PictureOptions {
  /** Squared Mahalanobis distances, one per row, ≥ 0. Their roots are drawn. */
  readonly squaredDistances: ArrayLike<number>;
  /** Number of features: the degrees of freedom of χ². */
  readonly features: number;
  /** The fraction of normal samples whose row of this rank would lie within the envelope, rank by rank. Default 0.95. */
  readonly envelope?: number | undefined;
  /** The squared distance beyond which a row is far. Default: none is drawn. */
  readonly cutoff?: number | undefined;
  /** One mark per row: true or 1 for an outlier. Default: rows beyond the cutoff, if there is one. */
  readonly outliers?: ArrayLike<number | boolean> | undefined;
  /** What rows are called. Default: their index. The most extreme outliers are named. */
  readonly rowNames?: RowNames | undefined;
}

const declarations: OptionDeclarations = {
  ...dataArguments("squaredDistances", "features", "cutoff", "outliers", "rowNames"),
  envelope: {
    range: { kind: "number", minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: true },
    default: 0.95,
    description: "The fraction of normal samples within the envelope, rank by rank.",
  },
};

/** Rows drawn at most: the most distant ones all, the others evenly picked. */
const MOST_EXTREME = 300;
const MOST_OTHERS = 500;

/** Outliers that are named at most. */
const MOST_NAMED = 6;

/** Ranks at which the envelope is worked out. */
const ENVELOPE_RANKS = 60;

/**
 * Distances of rows against those of as many normal rows: the sorted distances up, the roots of the χ² quantiles across, with an envelope.
 *
 * Normal rows follow the line. Points that leave the envelope to the top are farther away than rows of their rank would be: outliers where only the
 * last ones leave it, heavy tails or another shape where many do. The envelope holds for each rank by itself (the k-th of n uniform numbers is
 * Beta(k, n + 1 − k)), for distances from known parameters; where these are estimated from few rows, it is a guide.
 *
 * @returns an SVG document; equal arguments give equal bytes
 * @throws MixturaError `invalid-option`, `unknown-option`, `not-finite`
 * @remarks O(n log n) time; up to 800 points are drawn, the most distant rows among them.
 * @see Garrett, The chi-square plot: a tool for multivariate outlier recognition, J. Geochem. Explor. 32 (1989)
 * @example
 * ```ts run
 * const svg = qqPlot({
 *   squaredDistances: [0.2, 1.1, 90, 2.5, 0.7],
 *   features: 2,
 *   cutoff: 7.38,
 * });
 * svg.includes("1 outlier") // => true
 * qqPlot({ squaredDistances: [1, -1], features: 2 })
 * // throws invalid-option
 * ```
 */
export function qqPlot(options: QQPlotOptions): string {
  const caller = "qqPlot";
  const { looks, checked } = checkLooks(caller, declarations, options, { width: 480, height: heightOf(0.8) });
  const { features } = options;
  if (!(Number.isInteger(features) && features > 0)) throw option(caller, "features", "an integer ≥ 1", features);
  const distances = readNumbers(options.squaredDistances, "squaredDistances", caller, { least: 0 }).map(Math.sqrt);
  const squaredCutoff = readNumber(options.cutoff, "cutoff", caller, 0);
  const cutoff = squaredCutoff === undefined ? undefined : Math.sqrt(squaredCutoff);
  const marked = options.outliers ?? Array.from(distances, (distance) => cutoff !== undefined && distance > cutoff);
  const outliers = readOutliers(marked, distances.length, caller);
  const nameOf = readRowNames(options.rowNames, distances.length, caller);
  return qqPicture({ distances, features, cutoff, outliers, nameOf, envelope: checked["envelope"] as number }, looks);
}

interface QQFacts {
  /** Distances, not squared. */
  readonly distances: Float64Array;
  readonly features: number;
  readonly cutoff: number | undefined;
  readonly outliers: readonly number[];
  readonly nameOf: (row: number) => string;
  readonly envelope: number;
}

function qqPicture({ distances, features, cutoff, outliers, nameOf, envelope }: QQFacts, looks: Looks): string {
  const { theme } = looks;
  const rows = distances.length;
  const sorted = sortedDistances(distances, outliers);
  const ranks = drawnRanks(rows);
  const expected = ranks.map((rank) => quantileRoot((rank + 0.5) / rows, features));
  const band = envelopeBand(rows, features, envelope);
  const last = expected.at(-1)!;
  const largest = sorted.values[rows - 1]!;
  const shown = ranks.length < rows ? ` · ${counted(ranks.length, "row")} of ${grouped(rows)} drawn, the farthest all` : "";
  const usual = theme.paint(palette[5]!);
  const line = theme.paint(INK.muted);
  const head = header(looks, {
    subtitle: `largest distance ${shortNumber(largest)}, about ${shortNumber(last)} is usual${shown}`,
    legend: [
      ...(outliers.length === 0 ? [] : [outlierMarkEntry(outliers.length, theme)]),
      {
        text: `${percent(envelope)} envelope`,
        sign: (x, y) =>
          element("path", { d: `M${px(x - 8)} ${px(y - 4)}h16v8h-16z`, fill: usual, "fill-opacity": "0.3" }) +
          lineSign(x, y, line, undefined, 1.4),
      },
      ...(cutoff === undefined ? [] : [cutoffEntry(`cutoff ${shortNumber(cutoff)}`, theme)]),
    ],
  });
  const extent = { low: 0, high: Math.max(largest, last, cutoff ?? 0) };
  const bend: Bend = { at: Math.max(last, cutoff ?? 0), side: "above" };
  const { box, x, y, grid, texts } = plane(
    looks,
    head.bottom,
    { extent: { low: 0, high: last }, name: `root of the χ² quantile, ${features} ${plural(features, "degree")} of freedom` },
    { extent, name: "distance", bend: worthBending(extent, bend) ? bend : undefined },
  );
  const at = {
    rows: ranks.length,
    x: (index: number) => x.position(expected[index]!),
    y: (index: number) => y.position(sorted.values[ranks[index]!]!),
  };
  const marked = ranks.flatMap((rank, index) => (sorted.marked[rank] === 1 ? [index] : []));
  const points = (side: "low" | "high"): string[] =>
    band.map((point) => `${tenth(x.position(point.expected))} ${tenth(y.position(point[side]))}`);
  const ribbon = element("path", {
    d: `M${points("low").join("L")}L${points("high").toReversed().join("L")}Z`,
    fill: usual,
    "fill-opacity": "0.3",
    // Of a single row the envelope is a line.
    ...(band.length === 1 ? { stroke: usual, "stroke-opacity": "0.5", "stroke-width": 6 } : {}),
  });
  const straight = Array.from({ length: 61 }, (_, step) => (last * step) / 60).map(
    (d) => `${tenth(x.position(d))} ${tenth(y.position(d))}`,
  );
  const diagonal = element("path", { d: `M${straight.join("L")}`, fill: "none", stroke: line, "stroke-width": 1.4 });
  const threshold = cutoff === undefined ? "" : cutoffLine({ y: y.position(cutoff) }, box, theme);
  const names = new Map(mostExtreme(distances, outliers, MOST_NAMED).map((row, index) => [marked.at(-1 - index)!, nameOf(row)]));
  const named = rowLabels([...names.keys()], at, (index) => names.get(index)!, box, theme);
  return picture({
    ...looks,
    title: looks.title ?? "Distances against their χ² quantiles",
    description:
      `QQ plot of ${counted(rows, "distance")} up against the roots of χ² quantiles with ${features} degrees of freedom across, with a ${percent(envelope)} envelope. ` +
      `The largest distance is ${shortNumber(largest)}, where about ${shortNumber(last)} is usual. ${counted(outliers.length, "outlier")}.`,
    body:
      head.svg +
      grid +
      clipped(box, "box", ribbon + diagonal + rowCloud(at, marked, box, theme, false) + threshold + outlierMarks(marked, at, theme)) +
      named +
      texts,
  });
}

/** The distances in rising order, and which of them are those of outliers. Two plain sorts and a merge: a sort by rows would take seconds. */
function sortedDistances(
  distances: Float64Array,
  outliers: readonly number[],
): { readonly values: Float64Array; readonly marked: Uint8Array } {
  const isOutlier = new Uint8Array(distances.length);
  for (const row of outliers) isOutlier[row] = 1;
  const far = Float64Array.from(outliers, (row) => distances[row]!).sort();
  const near = distances.filter((_, row) => isOutlier[row] === 0).sort();
  const values = new Float64Array(distances.length);
  const marked = new Uint8Array(distances.length);
  for (let rank = 0, i = 0, j = 0; rank < values.length; rank++) {
    const takeNear = j === far.length || (i < near.length && near[i]! <= far[j]!);
    values[rank] = takeNear ? near[i++]! : far[j++]!;
    marked[rank] = Number(!takeNear);
  }
  return { values, marked };
}

/** Ranks from 0 that are drawn, rising. */
function drawnRanks(rows: number): number[] {
  const extreme = Math.min(rows, MOST_EXTREME);
  const others = pickedRows(rows - extreme, MOST_OTHERS);
  return [...others, ...Array.from({ length: extreme }, (_, index) => rows - extreme + index)];
}

interface BandPoint {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/** The envelope at some ranks, the lowest and the highest among them; closer together at the far end, where it opens. */
function envelopeBand(rows: number, features: number, fraction: number): BandPoint[] {
  const ranks = new Set<number>([1, rows]);
  for (let step = 1; step < ENVELOPE_RANKS; step++) {
    const left = (step / ENVELOPE_RANKS) ** 3;
    ranks.add(Math.max(1, Math.round(rows * (1 - left))));
    ranks.add(Math.max(1, Math.round(rows * left)));
  }
  const tail = (1 - fraction) / 2;
  return [...ranks]
    .toSorted((a, b) => a - b)
    .map((rank) => ({
      expected: quantileRoot((rank - 0.5) / rows, features),
      low: quantileRoot(betaQuantile(tail, rank, rows + 1 - rank), features),
      high: quantileRoot(betaQuantile(1 - tail, rank, rows + 1 - rank), features),
    }));
}

function quantileRoot(mass: number, features: number): number {
  return Math.sqrt(chiSquareQuantile(mass, features));
}
