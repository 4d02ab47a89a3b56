import { greatestOf } from "@mixtura/core/internal";
import type { OptionDeclarations } from "@mixtura/core";
import { counted, grouped, percent } from "@mixtura/wording/internal";
import { arrowPath } from "../axis/arrow.ts";
import { linearAxis } from "../axis/axis.ts";
import { COMPUTED } from "../axis/span.ts";
import type { Bend } from "../axis/bent.ts";
import { bentAxis, worthBending } from "../axis/bent.ts";
import { shortNumber } from "../axis/tick-text.ts";
import { INK, palette } from "../color/palette.ts";
import { readNumber, readNumbers } from "../input/numbers.ts";
import { readOutliers } from "../input/rows.ts";
import { histogram } from "../marks/bars.ts";
import { clipped } from "../marks/clip.ts";
import { cutoffEntry, cutoffLine } from "../marks/cutoff.ts";
import type { LegendEntry } from "../marks/header.ts";
import { header } from "../marks/header.ts";
import { OUTLIER } from "../marks/outliers.ts";
import { pickedRows } from "../marks/picked-rows.ts";
import type { Looks, PictureOptions } from "../options.ts";
import { checkLooks, dataArguments, heightOf } from "../options.ts";
import { element, group, px } from "../svg/element.ts";
import { picture } from "../svg/picture.ts";
import { plane } from "./plane.ts";

/** What {@link scorePlot} is given. */
export interface ScorePlotOptions extends PictureOptions {
  /** One score per row, higher is more normal. Infinite ones are drawn at the edge. */
  readonly scores: ArrayLike<number>;
  /** Rows that score less are outliers. Default: none is drawn. */
  readonly threshold?: number | undefined;
  /** One mark per row: true or 1 for an outlier. Default: rows below the threshold. */
  readonly outliers?: ArrayLike<number | boolean> | undefined;
  /** What the scores are, for the axis. Default "score". */
  readonly scoreName?: string | undefined;
  /** Most bars. Default 60. */
  readonly maxBars?: number | undefined;
}

const declarations: OptionDeclarations = {
  ...dataArguments("scores", "threshold", "outliers"),
  scoreName: { range: { kind: "text" }, default: "score", description: "What the scores are." },
  maxBars: { range: { kind: "integer", minimum: 1, maximum: 1000 }, default: 60, description: "Most bars." },
};

/** Outliers are drawn as strokes below the bars up to this number: one row among a million has no bar to be seen. */
const MOST_STROKES = 400;

/**
 * Scores of rows as bars, those of outliers in another colour, with the threshold.
 *
 * Where outliers lie so far below that all other rows would be one bar, the axis goes on by factors below the threshold, and says so. Outliers are
 * drawn as strokes on the axis as well, so that single ones are seen among a million other rows.
 *
 * @returns an SVG document; equal arguments give equal bytes
 * @throws MixturaError `invalid-option`, `unknown-option`, `not-finite` for a score that is NaN
 * @remarks O(n) time.
 * @example
 * ```ts run
 * const svg = scorePlot({ scores: [-1, -2, -1.5, -90], threshold: -9.2 });
 * svg.includes("outliers: 1 (25%)") // => true
 * scorePlot({ scores: [NaN] }) // throws not-finite
 * ```
 */
export function scorePlot(options: ScorePlotOptions): string {
  const caller = "scorePlot";
  const { looks, checked } = checkLooks(caller, declarations, options, { width: 480, height: heightOf(0.6) });
  const scores = readNumbers(options.scores, "scores", caller, { infinite: true });
  const threshold = readNumber(options.threshold, "threshold", caller);
  const marked = options.outliers ?? Array.from(scores, (score) => threshold !== undefined && score < threshold);
  const outliers = readOutliers(marked, scores.length, caller);
  const { scoreName, maxBars } = checked as { scoreName: string; maxBars: number };
  return scorePicture({ scores, threshold, outliers, scoreName, maxBars }, looks);
}

interface ScoreFacts {
  readonly scores: Float64Array;
  readonly threshold: number | undefined;
  readonly outliers: readonly number[];
  readonly scoreName: string;
  readonly maxBars: number;
}

/** The colour of rows that are no outliers. */
const USUAL = [palette[0]![0], palette[5]![1]] as const;

/** The line on which bars are laid out before the picture's own axis is known. */
const LINE = 1000;

function scorePicture({ scores, threshold, outliers, scoreName, maxBars }: ScoreFacts, looks: Looks): string {
  const { theme, width } = looks;
  const finite = extentOf(scores, threshold);
  const bend: Bend = { at: bendOf(scores, finite.high, threshold), side: "below" };
  const bent = worthBending(finite, bend) ? bend : undefined;
  const probe = bent === undefined ? linearAxis(finite, 0, LINE, ROOM, COMPUTED) : bentAxis(finite, bent, 0, LINE);
  const place = (row: number): number => Math.max(0, Math.min(LINE, probe.position(scores[row]!)));
  const edge = threshold === undefined ? undefined : probe.position(threshold);
  const bars = histogram(
    scores.length,
    (row) => scores[row]!,
    { ...probe, position: (value) => clampTo(probe.position(value)) },
    Math.min(maxBars, Math.floor(width / 7)),
    edge,
  );
  const marked = new Float64Array(bars.fractions.length);
  const barOf = (row: number): number => Math.max(0, Math.min(marked.length - 1, Math.floor((place(row) - bars.from) / bars.width)));
  for (const row of outliers) marked[barOf(row)]! += 1 / scores.length;

  const infinite = scores.reduce((count, score) => count + Number(!Number.isFinite(score)), 0);
  const usual = theme.paint(USUAL);
  const warm = theme.paint(OUTLIER);
  const fraction = outliers.length / scores.length;
  const legend: LegendEntry[] = [
    ...(outliers.length === 0 ? [] : [barEntry(`outliers: ${grouped(outliers.length)} (${percent(fraction)})`, warm, "0.9")]),
    barEntry(outliers.length === 0 ? counted(scores.length, "row") : "other rows", usual, "0.55"),
    ...(threshold === undefined ? [] : [cutoffEntry(`threshold ${shortNumber(threshold)}`, theme)]),
  ];
  const head = header(looks, {
    subtitle: `higher is more normal${infinite === 0 ? "" : `; ${counted(infinite, "row")} of infinite score drawn at the edge`}`,
    legend,
  });
  const tallest = greatestOf(bars.fractions) * scores.length;
  const { box, x, y, grid, texts } = plane(
    looks,
    head.bottom,
    { extent: finite, name: scoreName, bend: bent, room: ROOM, finest: COMPUTED },
    { extent: { low: 0, high: tallest * 1.06 }, name: "rows", room: 0, whole: true },
  );
  const across = (pixel: number): number => box.left + ((box.right - box.left) * pixel) / LINE;
  const floor = y.position(0);
  const rise = (rowsFraction: number): number => y.position(rowsFraction * scores.length);
  const pieces = (from: ArrayLike<number>, to: ArrayLike<number>): string =>
    Array.from(bars.fractions, (_, bar) => {
      if (to[bar]! - from[bar]! <= 1e-12) return "";
      const left = across(bars.from + bar * bars.width);
      const right = across(bars.from + (bar + 1) * bars.width);
      const gap = right - left > 4 ? 0.5 : 0;
      return `M${px(left + gap)} ${px(rise(from[bar]!))}V${px(rise(to[bar]!))}H${px(right - gap)}V${px(rise(from[bar]!))}Z`;
    }).join("");
  const path = (d: string, fill: string, opacity: string): string =>
    d === "" ? "" : element("path", { d, fill, "fill-opacity": opacity });
  const drawn = path(pieces(new Float64Array(marked.length), marked), warm, "0.9") + path(pieces(marked, bars.fractions), usual, "0.55");
  const strokes =
    outliers.length > MOST_STROKES || outliers.length === 0
      ? ""
      : element("path", {
          d: outliers.map((row) => `M${px(across(place(row)))} ${px(floor)}v-7`).join(""),
          fill: "none",
          stroke: warm,
          "stroke-width": 1.2,
        });
  const edges = ([-Infinity, Infinity] as const)
    .filter((end) => scores.includes(end))
    .map((end) => {
      const d = end < 0 ? arrowPath(box.left + 1, floor - 12, "left") : arrowPath(box.right - 1, floor - 12, "right");
      return element(
        "path",
        { d, fill: theme.paint(INK.text), "data-beyond": end < 0 ? "below" : "above" },
        element("title", {}, "rows of infinite score"),
      );
    })
    .join("");
  const line = threshold === undefined ? "" : cutoffLine({ x: x.position(threshold) }, box, theme);
  return picture({
    ...looks,
    title: looks.title ?? "Scores and threshold",
    description:
      `Histogram of ${counted(scores.length, "score")}, higher is more normal.` +
      (threshold === undefined ? "" : ` Threshold ${shortNumber(threshold)}.`) +
      ` ${counted(outliers.length, "outlier")} (${percent(fraction)}).` +
      (infinite === 0 ? "" : ` ${counted(infinite, "row")} of infinite score drawn at the edge.`),
    body: head.svg + grid + clipped(box, "box", drawn + strokes) + line + edges + texts,
  });
}

const ROOM = 0.05;

/** The finite range of the scores and the threshold. */
function extentOf(scores: Float64Array, threshold: number | undefined): { low: number; high: number } {
  let low = threshold ?? Infinity;
  let high = threshold ?? -Infinity;
  for (const score of scores) {
    if (!Number.isFinite(score)) continue;
    if (score < low) low = score;
    if (score > high) high = score;
  }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}

/** Rows that are looked at for a quartile. */
const SAMPLE = 4096;

/** Steps become factors a little below the threshold, so that rows near it keep their shape; without one, well below the lower quartile. */
function bendOf(scores: Float64Array, high: number, threshold: number | undefined): number {
  if (threshold !== undefined) return threshold - (high - threshold) * 0.25;
  const sample = Float64Array.from(pickedRows(scores.length, SAMPLE), (row) => scores[row]!).sort();
  return high - 4 * (high - sample[Math.floor(sample.length / 4)]!);
}

function clampTo(pixel: number): number {
  return Math.max(0, Math.min(LINE, pixel));
}

function barEntry(text: string, fill: string, opacity: string): LegendEntry {
  return {
    text,
    sign: (x, y) =>
      group(
        { fill, "fill-opacity": opacity },
        element("path", { d: `M${px(x - 6)} ${px(y + 5)}v-9h5v9zM${px(x + 1)} ${px(y + 5)}v-5h5v5z` }),
      ),
  };
}
