import { greatestOf, leastOf } from "@mixtura/core/internal";
import { counted } from "@mixtura/wording/internal";
import { shortNumber } from "../axis/tick-text.ts";
import { INK } from "../color/palette.ts";
import { option } from "../input/components.ts";
import { lineSign } from "../marks/entries.ts";
import type { LegendEntry } from "../marks/header.ts";
import { header } from "../marks/header.ts";
import { pickedRows } from "../marks/picked-rows.ts";
import { mark } from "../marks/shapes.ts";
import type { Looks, PictureOptions } from "../options.ts";
import { checkLooks, dataArguments, heightOf } from "../options.ts";
import { element, escapeText, group, px } from "../svg/element.ts";
import { picture } from "../svg/picture.ts";
import { plane } from "./plane.ts";
import { seriesLook } from "./series.ts";

/** One row of a look at stability, as `stability` gives them. */
interface PlotStability {
  readonly nComponents: number;
  /** Rows of one type are joined by a line. */
  readonly covarianceType?: string | undefined;
  /** In place of the covariance type, where there is none. */
  readonly form?: string | undefined;
  /** The adjusted Rand index of every sample; drawn as dots behind the mean. */
  readonly scores: ArrayLike<number>;
  /** Drawn hollow. */
  readonly degenerate?: boolean | undefined;
}

/** What {@link stabilityPlot} is given. */
export interface StabilityPlotOptions extends PictureOptions {
  readonly rows: readonly PlotStability[];
}

interface Series {
  readonly type: string;
  readonly rows: readonly Row[];
}

interface Row {
  readonly nComponents: number;
  readonly covarianceType: string;
  readonly isForm: boolean;
  readonly scores: readonly number[];
  readonly mean: number;
  readonly degenerate: boolean;
}

/**
 * How far groups come again, against the number of components: the mean adjusted Rand index of samples, one line per covariance type, with the
 * score of every sample as a dot.
 *
 * @returns an SVG document; equal arguments give equal bytes. Scores that are not finite are left out, and rows that have no other.
 * @throws MixturaError `invalid-option`, `unknown-option`
 * @remarks O(rows × samples).
 * @example
 * ```ts run
 * stabilityPlot({
 *   rows: [{ nComponents: 2, covarianceType: "full", scores: [1, 0.9] }],
 * }).includes("steadiest: full, K = 2 (0.950)") // => true
 * stabilityPlot({ rows: [] }) // throws invalid-option
 * ```
 */
export function stabilityPlot(options: StabilityPlotOptions): string {
  const caller = "stabilityPlot";
  const { looks } = checkLooks(caller, dataArguments("rows"), options, { width: 480, height: heightOf(0.6) });
  return stabilityPicture(readRows(options.rows, caller), looks);
}

function readRows(given: readonly PlotStability[], caller: string): Row[] {
  if (!Array.isArray(given) || given.length === 0) throw option(caller, "rows", "a list of at least one row", given);
  return (given as readonly PlotStability[]).flatMap((row, index) => {
    const { nComponents, form, covarianceType = form, scores, degenerate } = row ?? {};
    const sound = Number.isInteger(nComponents) && nComponents >= 1 && typeof covarianceType === "string";
    if (!sound || typeof scores !== "object" || scores === null || typeof scores.length !== "number")
      throw option(caller, `rows[${index}]`, "{ nComponents, covarianceType, scores }", row);
    const found = Array.from(scores).filter((score) => Number.isFinite(score));
    if (found.length === 0) return [];
    const mean = found.reduce((sum, score) => sum + score / found.length, 0);
    return [
      { nComponents, covarianceType, isForm: row.covarianceType === undefined, scores: found, mean, degenerate: degenerate === true },
    ];
  });
}

/** Samples of a row beyond this number are evenly picked. */
const MOST_DOTS = 400;

function stabilityPicture(rows: readonly Row[], looks: Looks): string {
  const { theme } = looks;
  const series = [...new Set(rows.map(({ covarianceType }) => covarianceType))].map((type): Series => ({
    type,
    rows: rows.filter((row) => row.covarianceType === type).toSorted((a, b) => a.nComponents - b.nComponents),
  }));
  const steadiest = rows
    .filter(({ nComponents, degenerate }) => nComponents > 1 && !degenerate)
    .reduce<Row | undefined>((best, row) => (best === undefined || row.mean > best.mean ? row : best), undefined);
  const verdict =
    steadiest === undefined
      ? "no number of components to compare"
      : `steadiest: ${steadiest.covarianceType}, K = ${steadiest.nComponents} (${shortNumber(steadiest.mean, 3)})`;
  const legend: LegendEntry[] = series.map(({ type }, index) => {
    const { colour, dash, shape } = seriesLook(index);
    const paint = theme.paint(colour);
    return { text: type, sign: (x, y) => lineSign(x, y, paint, dash) + group({ fill: paint }, mark(shape, x, y, 4)) };
  });
  const head = header(looks, { subtitle: verdict, legend });
  const counts = rows.map(({ nComponents }) => nComponents);
  const all = rows.flatMap(({ scores }) => scores);
  const [least, most] = [counts.length === 0 ? 1 : leastOf(counts), counts.length === 0 ? 1 : greatestOf(counts)];
  const { x, y, grid, texts } = plane(
    looks,
    head.bottom,
    { extent: { low: least, high: most }, name: "number of components K", whole: true, room: 0.04 },
    { extent: { low: leastOf(all, 0), high: greatestOf(all, 1) }, name: "adjusted Rand index", room: 0.04 },
  );
  const drawn = series.map((one, index) => {
    const { colour, dash, shape } = seriesLook(index);
    const paint = theme.paint(colour);
    // Series stand side by side, so that their dots do not hide one another.
    const shift = (index - (series.length - 1) / 2) * 6;
    const across = ({ nComponents }: Row): number => x.position(nComponents) + shift;
    const dots = one.rows.flatMap((row) =>
      Array.from(pickedRows(row.scores.length, MOST_DOTS), (at) => row.scores[at]!).map((score) =>
        element("circle", { cx: across(row), cy: y.position(score), r: 2, "fill-opacity": "0.35" }),
      ),
    );
    const line = one.rows.map((row) => `${px(across(row))} ${px(y.position(row.mean))}`).join("L");
    const path =
      one.rows.length < 2
        ? ""
        : element("path", { d: `M${line}`, fill: "none", stroke: paint, "stroke-width": 2, "stroke-dasharray": dash });
    const marks = one.rows.map((row) => {
      const remark = row.degenerate ? ", degenerate" : "";
      const title = element(
        "title",
        {},
        escapeText(
          `${row.covarianceType}, K = ${row.nComponents}: ${shortNumber(row.mean, 3)} over ${counted(row.scores.length, "sample")}${remark}`,
        ),
      );
      const look = row.degenerate ? { fill: theme.paint(INK.ground), stroke: paint, "stroke-width": 1.5 } : { fill: paint };
      return element("g", look, title + mark(shape, across(row), y.position(row.mean), 4.5));
    });
    return group({ fill: paint }, dots.join("")) + path + marks.join("");
  });
  return picture({
    ...looks,
    title: looks.title ?? "Stability by number of components",
    description:
      `Adjusted Rand index between the groups of all rows and those of samples: ${series.map(({ type }) => type).join(", ")}${rows.every(({ isForm }) => isForm) ? "" : " covariances"}, ` +
      `K from ${least} to ${most}. ${verdict[0]!.toUpperCase()}${verdict.slice(1)}.`,
    body: head.svg + grid + drawn.join("") + texts,
  });
}
