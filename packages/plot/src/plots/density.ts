import type { MatrixLike, OptionDeclarations } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { counted, percent } from "@mixtura/wording/internal";
import { shortNumber } from "../axis/tick-text.ts";
import { INK, ramp } from "../color/palette.ts";
import { densityGrid, logPixelsPerUnit, massLevels } from "../gaussian/density.ts";
import { planeGaussians } from "../gaussian/plane.ts";
import type { MixtureParameters } from "../input/components.ts";
import { option } from "../input/components.ts";
import type { PlotBox, ReadPlotBox } from "../input/box.ts";
import { readPlotBox } from "../input/box.ts";
import type { DataArguments, DataSet } from "../input/data-set.ts";
import { dataNames, readDataSet } from "../input/data-set.ts";
import { tellingFeatures } from "../input/features.ts";
import { readNumber } from "../input/numbers.ts";
import { readFeatures } from "../input/rows.ts";
import { meansBeyond } from "../marks/beyond.ts";
import { clipped } from "../marks/clip.ts";
import { contourPath, fillLevels, filledContours } from "../marks/contours.ts";
import { pointLabels } from "../marks/ellipses.ts";
import { lineSign } from "../marks/entries.ts";
import type { LegendEntry } from "../marks/header.ts";
import { header } from "../marks/header.ts";
import { OUTLIER, outlierMarkEntry, outlierMarks } from "../marks/outliers.ts";
import { pickedRows } from "../marks/picked-rows.ts";
import { pointMarks } from "../marks/points.ts";
import { boxEntry, boxMark, boxWords } from "../marks/region.ts";
import type { Looks, PictureOptions } from "../options.ts";
import { checkLooks, dataArguments, heightOf } from "../options.ts";
import { element } from "../svg/element.ts";
import { picture } from "../svg/picture.ts";
import { histogramPicture, withoutRows } from "./histogram.ts";
import type { FeatureAxis } from "./plane.ts";
import { featureExtent, plane } from "./plane.ts";
import { mixtureWords, outsideWords, sentence } from "./words.ts";

/** What {@link densityPlot} is given. */
export interface DensityPlotOptions extends Omit<DataArguments, "X" | "components" | "labels" | "responsibilities">, PictureOptions {
  /** The mixture, or a fitted model. */
  readonly components: MixtureParameters;
  /** n×d; sets the range, and up to `maxPoints` of its rows are drawn. */
  readonly X?: MatrixLike | undefined;
  /** The two features drawn, across and up, by index or name. Default: the two in which components differ most. */
  readonly features?: readonly [number | string, number | string] | undefined;
  /** Rows drawn over the density, evenly picked where there are more. Default 1000. */
  readonly maxPoints?: number | undefined;
  /** Fractions of the mass whose regions of highest density are outlined, between 0 and 1, up to six. Default 0.5, 0.9 and 0.99. */
  readonly masses?: readonly number[] | undefined;
  /** A box to draw over the density, with its probability for the legend: `{ lower, upper, ...await probability(model, { lower, upper }) }`. */
  readonly box?: PlotBox | undefined;
  /**
   * A log-density in nats per unit of the data: rows below it are outliers. Outlined, or of one feature drawn as a level. A picture of two among more
   * features cannot show it.
   */
  readonly threshold?: number | undefined;
}

const declarations: OptionDeclarations = {
  ...dataArguments(...dataNames.filter((name) => !["labels", "responsibilities"].includes(name)), "features", "box", "threshold"),
  maxPoints: { range: { kind: "integer", minimum: 0 }, default: 1000, description: "Most rows drawn over the density." },
  masses: {
    range: { kind: "list", items: { kind: "number", minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: true } },
    default: [0.5, 0.9, 0.99],
    description: "Fractions of the mass whose regions of highest density are outlined.",
  },
};

/** Dashes of the outlines, from the smallest region to the largest. */
const DASHES = [undefined, "6 3", "2 3", "9 3 2 3", "1 2", "12 4"] as const;

/** Pixels between the points at which the density is evaluated. */
const STEP = 4;

/**
 * The log-density of a mixture in two features: filled areas, and outlines of its regions of highest density, the smallest ones that hold 50, 90
 * and 99% of its mass or other fractions (as far as it lies in the picture). A box, outliers among the rows and the outline of a threshold may be
 * drawn over them.
 *
 * Evaluated in closed form from the marginals of the components. A component narrower than two pixels is drawn as if that wide. Of one
 * feature, the density is drawn as a curve.
 *
 * @returns an SVG document; equal arguments give equal bytes
 * @throws MixturaError `invalid-option`, `unknown-option`, `invalid-shape`, `not-finite`, `feature-mismatch`, `invalid-weight`,
 * `not-positive-definite`, `not-supported`
 * @remarks O(k · pixels / 16) time.
 * @example
 * ```ts run
 * const components = {
 *   weights: [1],
 *   means: [[0, 0]],
 *   covariances: [[[1, 0.5], [0.5, 1]]],
 * };
 * densityPlot({ components }) === densityPlot({ components }) // => true
 * densityPlot({
 *   components,
 *   masses: [0.8],
 *   box: { upper: [0, 0], probability: 1 / 3 },
 * }).includes("box: 33.3%") // => true
 * densityPlot({ components: { ...components, weights: [2] } })
 * // throws invalid-weight
 * ```
 */
export function densityPlot(options: DensityPlotOptions): string {
  const caller = "densityPlot";
  const { looks, checked } = checkLooks(caller, declarations, options, { width: 480, height: heightOf(0.8) });
  const { X, components } = options;
  const data = X === undefined ? withoutRows(options, components, caller) : readDataSet({ ...options, X, components }, caller);
  const region = readPlotBox(options.box, data.names, caller);
  const masses = [...new Set(checked["masses"] as readonly number[])].toSorted((a, b) => a - b);
  if (masses.length > DASHES.length) throw option(caller, "masses", `up to ${DASHES.length} fractions`, options.masses);
  const threshold = readNumber(options.threshold, "threshold", caller);
  if (threshold !== undefined && data.X.columns > 2)
    throw option(
      caller,
      "threshold",
      `left out: it is a density of all ${data.X.columns} features, and the picture shows that of two`,
      threshold,
    );
  if (data.X.columns === 1) return histogramPicture(data, looks, { region, threshold });
  if (data.components === undefined)
    throw new MixturaError(
      "not-supported",
      `${caller}: of ${data.X.columns} features, only mixtures of Gaussians can be drawn: others do not give their density of two features. Draw the rows by plotMixture.`,
      { feature: "densities of two features" },
    );
  const choice =
    options.features === undefined
      ? tellingFeatures(data, 2)
      : {
          features: readFeatures(options.features, data.names, caller),
          reason: data.X.columns > 2 ? `2 of ${data.X.columns} features` : "",
        };
  return densityPicture(data, looks, {
    features: choice.features as readonly [number, number],
    reason: choice.reason,
    maxPoints: checked["maxPoints"] as number,
    masses,
    region,
    threshold,
  });
}

interface DensityContents {
  readonly features: readonly [number, number];
  readonly reason: string;
  readonly maxPoints: number;
  readonly masses: readonly number[];
  readonly region: ReadPlotBox | undefined;
  readonly threshold: number | undefined;
}

/** @param expected texts of the scale, as wide as they are likely to be */
function densityPicture(data: DataSet, looks: Looks, contents: DensityContents, expected = "−00.0 to −00.0"): string {
  const {
    features: [a, b],
    reason,
    maxPoints,
    masses,
    region,
    threshold,
  } = contents;
  const { X, names, componentNames, outliers } = data;
  const components = data.components!;
  const { theme } = looks;
  const ink = theme.paint(INK.text);
  const outlineEntries: LegendEntry[] = [
    ...masses.map((fraction, index) => ({
      text: `${percent(fraction)} of the mass`,
      sign: (x: number, y: number) => lineSign(x, y, ink, DASHES[index], 1.5),
    })),
    ...(region === undefined ? [] : [boxEntry(region, theme)]),
    ...(threshold === undefined ? [] : [thresholdEntry(threshold, theme)]),
    ...(outliers.length === 0 ? [] : [outlierMarkEntry(outliers.length, theme)]),
  ];
  const rows = X.rows === 0 ? undefined : X;
  const [across, up] = [a, b].map((feature) => ({ feature, extent: featureExtent(rows, components, feature) })) as [
    FeatureAxis,
    FeatureAxis,
  ];
  const outside = outsideWords(components, componentNames, [across, up]);
  const subtitle = [reason, outside].filter((part) => part !== "").join(" · ");
  // The scale's texts need the density, which needs the box: the header is laid out with other texts first.
  const bounds = header(looks, { subtitle, legend: [scaleEntry(expected, theme), ...outlineEntries] });
  const { box, x, y, grid, texts } = plane(
    looks,
    bounds.bottom,
    { extent: across.extent, name: names[a]! },
    { extent: up.extent, name: names[b]! },
  );

  const gaussians = planeGaussians(components, a, b, x, y);
  const density = densityGrid(gaussians, box, STEP);
  const fills = fillLevels(density);
  const perUnit = logPixelsPerUnit(x) + logPixelsPerUnit(y);
  const lowest = fills.levels[0]! + perUnit;
  const highest = fills.peak + perUnit;
  const range = `${shortNumber(lowest)} to ${shortNumber(highest)}`;
  const head = header(looks, { subtitle, legend: [scaleEntry(range, theme), ...outlineEntries] });
  // Wider texts may need the second row of the legend; there is no third.
  if (head.bottom > bounds.bottom) return densityPicture(data, looks, contents, range);

  const outlines = massLevels(density, masses)
    .map((level, index) =>
      element("path", {
        d: contourPath(density, level),
        fill: "none",
        stroke: ink,
        "stroke-opacity": "0.75",
        "stroke-width": 1.1,
        "stroke-dasharray": DASHES[index],
      }),
    )
    .join("");
  const outline = threshold === undefined ? "" : contourPath(density, threshold - perUnit);
  const edge = outline === "" ? "" : element("path", { d: outline, fill: "none", stroke: theme.paint(OUTLIER), "stroke-width": 2.2 });
  const frame = region === undefined ? "" : boxMark(region, box, { axis: x, feature: a }, { axis: y, feature: b }, theme);
  const drawn = pickedRows(X.rows, maxPoints);
  const points = new Float64Array(2 * drawn.length);
  for (const [index, row] of drawn.entries()) {
    points[2 * index] = x.position(X.data[row * X.columns + a]!);
    points[2 * index + 1] = y.position(X.data[row * X.columns + b]!);
  }
  const dots = pointMarks(points, () => ({ key: "", colour: INK.text, shape: "circle" }), theme, { radius: 1.5, opacity: 0.45 });
  const place = {
    x: (row: number) => x.position(X.data[row * X.columns + a]!),
    y: (row: number) => y.position(X.data[row * X.columns + b]!),
  };
  const alive = gaussians.filter(({ weight }) => weight > 0);
  const labels = pointLabels(
    alive.length < 2 ? [] : alive.map(({ component, x: left, y: top }) => ({ x: left, y: top, text: String(component) })),
    box,
    theme,
  );
  const named = [a, b].map((index) => ({ index, name: names[index]! }));
  return picture({
    ...looks,
    title: looks.title ?? `Density of ${names[a]!} and ${names[b]!}`,
    description:
      `Log-density of a Gaussian mixture, ${names[a]!} across, ${names[b]!} up, from ${range} nats.` +
      (reason === "" ? "" : ` Shown: ${reason}.`) +
      mixtureWords(components, componentNames, named) +
      sentence(outside) +
      (region === undefined ? "" : boxWords(region, names)) +
      (threshold === undefined ? "" : ` Threshold ${shortNumber(threshold)}.`) +
      (outliers.length === 0 ? "" : ` ${counted(outliers.length, "row")} marked as outliers.`),
    body:
      head.svg +
      clipped(box, "box", filledContours(density, fills, theme) + dots + outlines + edge + frame + outlierMarks(outliers, place, theme)) +
      grid.replace(/^<g.*?<\/g>/, "") +
      meansBeyond(gaussians, box, theme, (k) => componentNames[k]!) +
      labels.svg +
      texts,
  });
}

/** The legend entry of a threshold. */
function thresholdEntry(threshold: number, theme: Looks["theme"]): LegendEntry {
  return { text: `threshold ${shortNumber(threshold)}`, sign: (x, y) => lineSign(x, y, theme.paint(OUTLIER), undefined, 2.2) };
}

/** The steps of the ramp side by side. */
function scaleEntry(range: string, theme: Looks["theme"]): LegendEntry {
  return {
    text: `log-density ${range}`,
    sign: (x, y) =>
      ramp
        .map((colour, step) => element("rect", { x: x - 7 + step * 1.6, y: y - 5, width: 1.7, height: 10, fill: theme.paint(colour) }))
        .join(""),
  };
}
