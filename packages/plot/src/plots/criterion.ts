import { greatestOf, leastOf } from "@mixtura/core/internal";
import type { OptionDeclarations } from "@mixtura/core";
import { counted } from "@mixtura/wording/internal";
import type { Axis } from "../axis/axis.ts";
import { beyond, criterionExtent, cutOffs } from "../axis/cut.ts";
import { CRITERIA_VALUES, spanned } from "../axis/span.ts";
import { shortNumber } from "../axis/tick-text.ts";
import { INK } from "../color/palette.ts";
import type { Theme } from "../color/theme.ts";
import { beyondMark, cutEntries } from "../marks/beyond.ts";
import type { Box } from "../marks/frame.ts";
import { clipped } from "../marks/clip.ts";
import { lineSign } from "../marks/entries.ts";
import type { LegendEntry } from "../marks/header.ts";
import { header } from "../marks/header.ts";
import { mark } from "../marks/shapes.ts";
import type { Looks, PictureOptions } from "../options.ts";
import { checkLooks, dataArguments, heightOf } from "../options.ts";
import { element, escapeText, group, px } from "../svg/element.ts";
import { picture } from "../svg/picture.ts";
import { FONT, textLine, textWidth } from "../svg/text.ts";
import { plane } from "./plane.ts";
import { seriesLook } from "./series.ts";
import { sentence } from "./words.ts";
import type { CriterionKey, PlotCandidate, PlotWinner, Row } from "./criterion-rows.ts";
import { CRITERIA, readBest, readCandidates } from "./criterion-rows.ts";

/** What {@link criterionPlot} is given. */
export interface CriterionPlotOptions extends PictureOptions {
  readonly candidates: readonly PlotCandidate[];
  /** Which of the criteria is drawn; lower is better. Default "bic". */
  readonly criterion?: CriterionKey | undefined;
  /** The winner. Default: the lowest candidate that is neither degenerate nor failed. */
  readonly best?: PlotWinner | undefined;
}

const declarations: OptionDeclarations = {
  ...dataArguments("candidates", "best"),
  criterion: {
    range: { kind: "choice", choices: Object.keys(CRITERIA) },
    default: "bic",
    description: "Which of the criteria is drawn.",
  },
};

/**
 * A criterion against the number of components, one line per covariance type, the winner marked.
 *
 * Degenerate candidates are hollow and off the line, as they cannot win; failed ones are crosses at the upper edge. Values that would squeeze the
 * others are arrows at the edge beyond which they lie: much worse ones above, degenerate ones below.
 *
 * @returns an SVG document; equal arguments give equal bytes
 * @throws MixturaError `invalid-option`, `unknown-option`
 * @remarks O(candidates).
 * @example
 * ```ts run
 * const candidates = [
 *   { nComponents: 1, covarianceType: "full", bic: 120 },
 *   { nComponents: 2, covarianceType: "full", bic: 100 },
 * ];
 * criterionPlot({ candidates }).includes("full, K = 2") // => true
 * criterionPlot({ candidates: [] }) // throws invalid-option
 * ```
 */
export function criterionPlot(options: CriterionPlotOptions): string {
  const caller = "criterionPlot";
  const { looks, checked } = checkLooks(caller, declarations, options, { width: 480, height: heightOf(0.68) });
  const criterion = checked["criterion"] as CriterionKey;
  const rows = readCandidates(options.candidates, criterion, caller);
  return criterionPicture(rows, criterion, readBest(options.best, rows, caller), looks);
}

/** Part of the range that is left free on both sides. */
const ROOM = 0.08;

function criterionPicture(rows: readonly Row[], criterion: CriterionKey, best: Row | undefined, looks: Looks): string {
  const { theme } = looks;
  const name = CRITERIA[criterion];
  const types = [...new Set(rows.map(({ covarianceType }) => covarianceType))];
  const extent = criterionExtent(rows);
  const legend: LegendEntry[] = types.map((type, index) => {
    const { colour, dash, shape } = seriesLook(index);
    const paint = theme.paint(colour);
    return {
      text: type,
      sign: (x, y) => lineSign(x, y, paint, dash) + group({ fill: paint }, mark(shape, x, y, 4)),
    };
  });
  const muted = theme.paint(INK.muted);
  if (rows.some(({ value, sound }) => value !== undefined && !sound)) {
    legend.push({
      text: "degenerate",
      sign: (x, y) => group({ fill: "none", stroke: muted, "stroke-width": 1.5 }, mark("circle", x, y, 4)),
    });
  }
  if (rows.some(({ value }) => value === undefined)) legend.push({ text: "failed", sign: (x, y) => cross(x, y, muted) });
  const verdict =
    best === undefined
      ? "no candidate can be trusted"
      : `lowest: ${best.covarianceType}, K = ${best.nComponents} (${shortNumber(best.value!, 5)})`;
  const values = rows.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const cuts = cutOffs(spanned(extent, ROOM, CRITERIA_VALUES), values);
  const head = header(looks, { subtitle: verdict, legend: [...legend, ...cutEntries(cuts, theme)] });

  const counts = rows.map(({ nComponents }) => nComponents);
  const { box, x, y, texts, grid } = plane(
    looks,
    head.bottom,
    { extent: { low: leastOf(counts), high: greatestOf(counts) }, name: "number of components K", whole: true },
    { extent, name: `${name}, lower is better`, room: ROOM, finest: CRITERIA_VALUES },
  );
  const series = types.map((type, index) =>
    seriesMarks(
      rows.filter(({ covarianceType }) => covarianceType === type),
      index,
      { x, y, box, theme, types: types.length },
    ),
  );
  return picture({
    ...looks,
    title: looks.title ?? `${name} by number of components`,
    description:
      `${name} of ${counted(rows.length, "candidate")}, lower is better: ${types.join(", ")}${rows.every(({ isForm }) => isForm) ? "" : " covariances"}, K from ${leastOf(counts)} to ${greatestOf(counts)}. ` +
      `${verdict[0]!.toUpperCase()}${verdict.slice(1)}.${cuts.map(({ text }) => sentence(text)).join("")} ${counted(rows.filter(({ value, sound }) => value !== undefined && !sound).length, "degenerate candidate")}, ` +
      `${rows.filter(({ value }) => value === undefined).length} failed.`,
    body: head.svg + grid + clipped(box, "box", series.join("")) + winnerMark(best, x, y, box, theme) + texts,
  });
}

interface Place {
  readonly x: Axis;
  readonly y: Axis;
  readonly box: Box;
  readonly theme: Theme;
  /** How many series there are. */
  readonly types: number;
}

function seriesMarks(rows: readonly Row[], index: number, { x, y, box, theme, types }: Place): string {
  const { colour, dash, shape } = seriesLook(index);
  const paint = theme.paint(colour);
  const sorted = rows.toSorted((a, b) => a.nComponents - b.nComponents);
  const sound = sorted.filter((row) => row.sound);
  const line = sound.map(({ nComponents, value }) => `${px(x.position(nComponents))} ${px(y.position(value!))}`).join("L");
  const text = ({ nComponents, covarianceType, value }: Row, remark: string): string =>
    `${covarianceType}, K = ${nComponents}: ${value === undefined ? "" : shortNumber(value, 6)}${remark}`;
  const title = (row: Row, remark: string): string => element("title", {}, escapeText(text(row, remark)));
  const marks = sorted.map((row) => {
    const at = x.position(row.nComponents);
    // Failed candidates of several types would stand on one another.
    if (row.value === undefined) return element("g", {}, title(row, "failed") + cross(at, box.top + 6 + 10 * (index % 4), paint));
    const side = beyond(y, row.value);
    const remark = `${row.sound ? "" : ", degenerate"}${side === undefined ? "" : `, ${side} the axis`}`;
    const look = row.sound ? { fill: paint } : { fill: theme.paint(INK.ground), stroke: paint, "stroke-width": 1.5 };
    if (side === undefined) return element("g", look, title(row, remark) + mark(shape, at, y.position(row.value), 4));
    // Arrows of several types would stand on one another.
    return beyondMark(side, at + 3 * (index - (types - 1) / 2), box, text(row, remark), look);
  });
  const path =
    sound.length < 2 ? "" : element("path", { d: `M${line}`, fill: "none", stroke: paint, "stroke-width": 2, "stroke-dasharray": dash });
  return path + marks.join("");
}

function cross(x: number, y: number, stroke: string): string {
  return element("path", { d: `M${px(x - 3.5)} ${px(y - 3.5)}l7 7m0 -7l-7 7`, stroke, "stroke-width": 1.5 });
}

/** A ring around the winner with its name next to it, on the side where there is room. */
function winnerMark(best: Row | undefined, x: Axis, y: Axis, box: Box, theme: Theme): string {
  // In a box of a few lines' height there is no room; the subtitle names the winner, too.
  if (best === undefined || box.bottom - box.top < 70 || beyond(y, best.value!) !== undefined) return "";
  const at = x.position(best.nComponents);
  const level = y.position(best.value!);
  const ink = theme.paint(INK.text);
  const text = `${best.covarianceType}, K = ${best.nComponents}`;
  const half = Math.min(textWidth(text, FONT.label, true), box.right - box.left - 4) / 2;
  const below = level + 24 < box.bottom;
  const place = {
    x: Math.max(box.left + half + 2, Math.min(box.right - half, at)),
    y: below ? level + 22 : level - 14,
    anchor: "middle",
  } as const;
  const ground = {
    x: place.x - half - 2,
    y: place.y - 12,
    width: 2 * half + 4,
    height: 16,
    fill: theme.paint(INK.ground),
    "fill-opacity": "0.85",
  };
  return (
    element("rect", ground) +
    element("circle", { cx: at, cy: level, r: 8, fill: "none", stroke: ink, "stroke-width": 1.8 }) +
    textLine(text, { ...place, size: FONT.label, bold: true, fill: ink, maxWidth: 2 * half + 1 })
  );
}
