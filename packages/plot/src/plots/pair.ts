import { greatestOf } from "@mixtura/core/internal";
import type { OptionDeclarations } from "@mixtura/core";
import { counted } from "@mixtura/wording/internal";
import type { Tick } from "../axis/axis.ts";
import { axisTicks, linearAxis } from "../axis/axis.ts";
import { axisName, widestTick } from "../axis/fitting.ts";
import { INK } from "../color/palette.ts";
import type { DataArguments, DataSet } from "../input/data-set.ts";
import { dataNames, readDataSet } from "../input/data-set.ts";
import type { FeatureChoice } from "../input/features.ts";
import { tellingFeatures } from "../input/features.ts";
import { readFeatures } from "../input/rows.ts";
import { planeGaussians } from "../gaussian/plane.ts";
import { meansBeyond } from "../marks/beyond.ts";
import { clipped } from "../marks/clip.ts";
import { componentEntries, outlierEntry } from "../marks/entries.ts";
import type { Box } from "../marks/frame.ts";
import { header } from "../marks/header.ts";
import type { Looks, PictureOptions } from "../options.ts";
import { checkLooks, dataArguments } from "../options.ts";
import { element } from "../svg/element.ts";
import { picture } from "../svg/picture.ts";
import { FONT, textLine, textWidth } from "../svg/text.ts";
import { featureExtent } from "./plane.ts";
import { mixtureWords, outsideWords, sentence } from "./words.ts";
import type { Side } from "./pair-panels.ts";
import { area, binnedRows, binnedWords, cloud, marginal } from "./pair-panels.ts";

/** What {@link pairPlot} is given. */
export interface PairPlotOptions extends DataArguments, PictureOptions {
  /** The features shown, by index or name, at most 8. Default: at most 6 (4 below 560 pixels) in which components differ most. */
  readonly features?: readonly (number | string)[] | undefined;
  /** With more rows than this, rows are counted in hexagonal cells. Default 1500. */
  readonly maxPoints?: number | undefined;
}

const declarations: OptionDeclarations = {
  ...dataArguments(...dataNames, "features"),
  maxPoints: { range: { kind: "integer", minimum: 0 }, default: 1500, description: "Rows beyond which rows are counted in cells." },
};

/** More panels than 8 × 8 are too small to read. */
const MOST_FEATURES = 8;

/**
 * Every pair of some features: rows and ellipses below the diagonal, marginal histograms with the components' curves on it, and the
 * marginal log-density above it where there is a mixture.
 *
 * Of more features than can be read, those in which the components differ most are shown; the picture and its description name them.
 *
 * @returns an SVG document; equal arguments give equal bytes
 * @throws MixturaError `invalid-option`, `unknown-option`, `invalid-shape`, `not-finite`, `feature-mismatch`, `invalid-weight`,
 * `not-positive-definite`
 * @remarks O(panels · n) time.
 * @example
 * ```ts run
 * const X = [[1, 2, 3], [2, 1, 5], [4, 4, 4]];
 * pairPlot({ X, features: ["feature 0", 2], theme: "light" }).includes(
 *   "2 of 3 features",
 * ) // => true
 * pairPlot({ X, features: [3] }) // throws invalid-option
 * ```
 */
export function pairPlot(options: PairPlotOptions): string {
  const caller = "pairPlot";
  const { looks, checked } = checkLooks(caller, declarations, options, { width: 720, height: (width) => width });
  const data = readDataSet(options, caller);
  const choice = options.features === undefined ? tellingFeatures(data, looks.width < 560 ? 4 : 6) : asked(options.features, data, caller);
  return pairPicture(data, looks, choice, checked["maxPoints"] as number);
}

function asked(given: readonly (number | string)[], data: DataSet, caller: string): FeatureChoice {
  const features = readFeatures(Array.isArray(given) ? given.slice(0, MOST_FEATURES) : [], data.names, caller);
  if (features.length === 0) return tellingFeatures(data, 6);
  return { features, reason: features.length < data.X.columns ? `${features.length} of ${data.X.columns} features` : "" };
}

const GAP = 6;

/** Room for the texts of ticks on the left, at least. */
const LEFT = 46;

function pairPicture(data: DataSet, looks: Looks, { features, reason }: FeatureChoice, maxPoints: number): string {
  const { X, components, membership, outliers, names, componentNames } = data;
  const { theme, width, height } = looks;
  const count = features.length;
  const cells = X.rows > maxPoints ? binnedRows(X.rows) : undefined;
  const axes = features.map((feature) => ({ feature, extent: featureExtent(X, components, feature) }));
  const outside = outsideWords(components, componentNames, axes);
  const subtitle = [reason, outside, cells !== undefined ? `${binnedWords(X.rows)} in cells` : ""]
    .filter((part) => part !== "")
    .join(" · ");
  const legend = [
    ...(componentNames.length > 1
      ? componentEntries(componentNames, theme, {
          marks: membership !== undefined,
          lines: components !== undefined,
          empty: (k) => components?.weights[k] === 0,
        })
      : []),
    ...(outliers.length > 0 ? [outlierEntry(outliers.length, theme)] : []),
  ];
  const head = header(looks, { subtitle, legend });

  const top = head.bottom + 20;
  const high = (height - 26 - top - GAP * (count - 1)) / count;
  const layout = (left: number) => {
    const wide = (width - 10 - left - GAP * (count - 1)) / count;
    const panel = (row: number, column: number): Box => ({
      left: left + column * (wide + GAP),
      top: top + row * (high + GAP),
      right: left + column * (wide + GAP) + wide,
      bottom: top + row * (high + GAP) + high,
    });
    const sides = axes.map(({ feature: index, extent }, place): TickedSide => {
      const box = panel(place, place);
      const across = linearAxis(extent, box.left, box.right, 0.06);
      const up = linearAxis(extent, box.bottom, box.top, 0.06);
      return { index, name: names[index]!, across, up, ticks: pairTicks({ across, up }, box) };
    });
    const widest = greatestOf(sides.map(({ ticks }) => widestTick(ticks.up, FONT.small)));
    return { wide, panel, sides, needed: Math.min(width / 4, 8 + widest) };
  };
  // The texts on the left say how much room they need once there are panels to choose them for.
  const first = layout(LEFT);
  const { wide, panel, sides } = first.needed <= LEFT ? first : layout(first.needed);

  const parts: string[] = [];
  for (const [row, upSide] of sides.entries()) {
    for (const [column, acrossSide] of sides.entries()) {
      const box = panel(row, column);
      const border = element("rect", { x: box.left, y: box.top, width: wide, height: high, fill: "none", stroke: theme.paint(INK.grid) });
      const content =
        row === column
          ? marginal(data, acrossSide, box, theme)
          : row > column || components === undefined
            ? cloud(data, acrossSide, upSide, box, looks, cells)
            : area(data, acrossSide, upSide, box, theme);
      const beyond =
        row === column || components === undefined
          ? ""
          : meansBeyond(
              planeGaussians(components, acrossSide.index, upSide.index, acrossSide.across, upSide.up),
              box,
              theme,
              (k) => componentNames[k]!,
            );
      parts.push(border + clipped(box, `p${row}-${column}`, content) + beyond);
    }
  }
  const named = sides.map(({ index, name }) => ({ index, name }));
  return picture({
    ...looks,
    title: looks.title ?? "Pairs of features",
    description:
      `Every pair of the features ${named.map(({ name }) => name).join(", ")}, of ${counted(X.rows, "row")}${reason === "" ? "" : ` (${reason})`}. ` +
      `Below the diagonal rows${components === undefined ? "" : " and ellipses, above it the log-density"}, on it histograms.` +
      mixtureWords(components, componentNames, named) +
      sentence(outside),
    body: head.svg + parts.join("") + pairTexts(sides, panel, looks),
  });
}

/** Names above the columns, and ticks at the lower and left edges. */
function pairTexts(sides: readonly TickedSide[], panel: (row: number, column: number) => Box, { theme }: Looks): string {
  const muted = theme.paint(INK.muted);
  const size = FONT.small;
  const texts: string[] = [];
  for (const [place, side] of sides.entries()) {
    const box = panel(place, place);
    const { note, across, up } = side.ticks;
    const room = box.right - box.left - 4;
    const above = {
      x: (box.left + box.right) / 2,
      y: panel(0, 0).top - 7,
      size: FONT.tick,
      anchor: "middle",
      fill: theme.paint(INK.text),
    } as const;
    // In a panel that is narrower than its note, both are elided, and the title has them.
    const fits = textWidth(axisName("…", note), FONT.tick) <= room;
    texts.push(
      fits
        ? textLine(axisName(side.name, note, room, FONT.tick), { ...above, whole: side.name })
        : textLine(axisName(side.name, note), { ...above, maxWidth: room }),
    );
    const y = panel(sides.length - 1, place).bottom + 14;
    for (const { at, text } of across) texts.push(textLine(text, { x: at, y, size, anchor: "middle", fill: muted }));
    const x = panel(place, 0).left - 4;
    for (const { at, text } of up) texts.push(textLine(text, { x, y: at + 3.5, size, anchor: "end", fill: muted }));
  }
  return texts.join("");
}

/** A feature with the ticks of its two axes. */
interface TickedSide extends Side {
  readonly ticks: PairTicks;
}

interface PairTicks {
  readonly note: string;
  readonly across: readonly Tick[];
  readonly up: readonly Tick[];
}

/**
 * The ticks of a feature in its column and in its row, at the same values, since they share one note. As few as give two of each; texts
 * keep within their panel, so they stand clear of those of the next.
 */
function pairTicks({ across, up }: Pick<Side, "across" | "up">, box: Box): PairTicks {
  const fewest = Math.max(2, Math.round((box.right - box.left) / 50));
  let best: PairTicks | undefined;
  for (let wanted = fewest; wanted < fewest + 6; wanted++) {
    const found = axisTicks(across, wanted);
    const half = (text: string): number => textWidth(text, FONT.small) / 2;
    let free = box.left - 4;
    const below = found.ticks.filter(({ at, text }) => {
      if (at - half(text) < free + 6 || at + half(text) > box.right) return false;
      free = at + half(text);
      return true;
    });
    let above = box.bottom + 4;
    const left = axisTicks(up, wanted).ticks.filter(({ at }) => {
      if (at + 8 > above || at - 6 < box.top - 2) return false;
      above = at - 6;
      return true;
    });
    const ticks = { note: found.note, across: below, up: left };
    if (below.length > 1 && left.length > 1) return ticks;
    if (best === undefined || below.length + left.length > best.across.length + best.up.length) best = ticks;
  }
  return best!;
}
