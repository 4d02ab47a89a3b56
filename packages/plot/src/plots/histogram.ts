import { greatestOf } from "@mixtura/core/internal";
import type { MatrixLike, OptionDeclarations } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { counted } from "@mixtura/wording/internal";
import { linearAxis } from "../axis/axis.ts";
import { shortNumber } from "../axis/tick-text.ts";
import { componentLook, INK } from "../color/palette.ts";
import type { Curve } from "../gaussian/line.ts";
import { densityCurves, gaussianCurves } from "../gaussian/line.ts";
import type { MixtureParameters } from "../input/components.ts";
import { isDensityMixture, option, readComponents } from "../input/components.ts";
import type { ReadPlotBox } from "../input/box.ts";
import type { DataArguments, DataSet } from "../input/data-set.ts";
import { dataNames, readComponentNames, readDataSet } from "../input/data-set.ts";
import { tellingFeatures } from "../input/features.ts";
import { readFeatureNames, readFeatures } from "../input/rows.ts";
import { histogram } from "../marks/bars.ts";
import { beyondMark } from "../marks/beyond.ts";
import { clipped } from "../marks/clip.ts";
import { cutoffEntry, cutoffLine } from "../marks/cutoff.ts";
import { pointLabels } from "../marks/ellipses.ts";
import { componentEntries, lineSign } from "../marks/entries.ts";
import type { LegendEntry } from "../marks/header.ts";
import { header } from "../marks/header.ts";
import { outlierMarkEntry, outlierMarks } from "../marks/outliers.ts";
import { boxEntry, boxMark, boxWords } from "../marks/region.ts";
import type { Looks, PictureOptions } from "../options.ts";
import { checkLooks, dataArguments, heightOf } from "../options.ts";
import { element, group, px, tenth } from "../svg/element.ts";
import { picture } from "../svg/picture.ts";
import { featureExtent, plane } from "./plane.ts";
import { mixtureWords, outsideWords, sentence } from "./words.ts";

/** What {@link histogramPlot} is given. Of `X` and `components` at least one. */
export interface HistogramPlotOptions extends Omit<DataArguments, "X">, PictureOptions {
  /** n×d, finite; without it only the curves are drawn. */
  readonly X?: MatrixLike | undefined;
  /** The feature drawn, by index or name. Default: the only one, or the one in which components differ most. */
  readonly feature?: number | string | undefined;
  /** Most bars. Default 60. */
  readonly maxBars?: number | undefined;
}

const declarations: OptionDeclarations = {
  ...dataArguments(...dataNames, "feature"),
  maxBars: { range: { kind: "integer", minimum: 1, maximum: 1000 }, default: 60, description: "Most bars." },
};

/**
 * A histogram of one feature as a density, with the weighted curve of each component and their total.
 *
 * @returns an SVG document; equal arguments give equal bytes
 * @throws MixturaError `invalid-option`, `unknown-option`, `invalid-shape`, `not-finite`, `feature-mismatch`, `invalid-weight`,
 * `not-positive-definite`
 * @remarks O(n + k) time.
 * @example
 * ```ts run
 * const svg = histogramPlot({
 *   components: { weights: [1], means: [[0]], covariances: [[[1]]] },
 *   title: "A normal density",
 * });
 * svg.includes("<title id=") // => true
 * ```
 */
export function histogramPlot(options: HistogramPlotOptions): string {
  const caller = "histogramPlot";
  const { looks, checked } = checkLooks(caller, declarations, options, { width: 480, height: heightOf(0.65) });
  const maxBars = checked["maxBars"] as number;
  if (options.X === undefined) {
    if (options.components === undefined) {
      throw new MixturaError("invalid-option", `${caller}: pass "X", "components" or both.`, { option: "X", found: undefined });
    }
    return histogramPicture(withoutRows(options, options.components, caller), looks, { feature: options.feature, maxBars });
  }
  return histogramPicture(readDataSet({ ...options, X: options.X }, caller), looks, { feature: options.feature, maxBars });
}

/** A data set of a mixture alone. */
export function withoutRows(
  options: Pick<DataArguments, "featureNames" | "componentNames">,
  given: MixtureParameters,
  caller: string,
): DataSet {
  if (isDensityMixture(given)) throw option(caller, "X", "given: densities that are not Gaussian do not say where they reach", undefined);
  const components = readComponents(given, caller);
  return {
    X: { data: new Float64Array(0), rows: 0, columns: components.features },
    components,
    membership: undefined,
    outliers: [],
    names: readFeatureNames(options.featureNames, undefined, components.featureNames, components.features, caller),
    componentNames: readComponentNames(options.componentNames, components.count, caller),
  };
}

/** Curves may rise above the bars by this factor; a needle beyond it is cut off. */
const MOST_ABOVE_BARS = 2.5;

/** Points of a curve are at most this far apart, on a line of 1000. */
const CURVE_STEP = 4;

/** Rows are drawn as strokes below the bars up to this number. */
const MOST_STROKES = 300;

interface HistogramContents {
  readonly feature?: number | string | undefined;
  readonly maxBars?: number;
  readonly region?: ReadPlotBox | undefined;
  /** A log-density, drawn as a level. */
  readonly threshold?: number | undefined;
}

/** The picture itself, of data that is checked. */
export function histogramPicture(
  data: DataSet,
  looks: Looks,
  { feature: asked, maxBars = 60, region, threshold }: HistogramContents,
): string {
  const { X, components, densities, names, componentNames, outliers } = data;
  const { theme, width } = looks;
  const choice = asked === undefined ? tellingFeatures(data, 1) : { features: readFeatures([asked], names, "histogramPlot"), reason: "" };
  const feature = choice.features[0]!;
  const extent = featureExtent(X.rows === 0 ? undefined : X, components, feature);

  // Bars and curves are laid out on a line of 1000 pixels first: the height of the axis up, and so the box, depends on them.
  const probe = linearAxis(extent, 0, 1000);
  const bars =
    X.rows === 0
      ? undefined
      : histogram(X.rows, (row) => X.data[row * X.columns + feature]!, probe, Math.min(maxBars, Math.floor(width / 7)));
  const { components: drawn, total } =
    components !== undefined
      ? gaussianCurves(components, feature, probe, 0, 1000, CURVE_STEP)
      : densities !== undefined && X.columns === 1
        ? densityCurves(densities, probe, 0, 1000, CURVE_STEP)
        : { components: [], total: [] };
  const tallest = bars === undefined ? 0 : greatestOf(bars.fractions) / bars.width;
  const peak = greatestOf(
    total.map(([, density]) => density),
    0,
  );
  const perPixel = tallest === 0 ? peak : Math.min(Math.max(peak, tallest), MOST_ABOVE_BARS * tallest);
  const cut = peak > perPixel;
  // Densities per unit of the feature may overflow where the feature is tiny; then they are given per range shown.
  const unit = 1000 / ((probe.high - probe.low) * probe.scale);
  const sensible = unit > 1e-200 && unit < 1e200;
  const factor = sensible ? unit : 1000;

  const legend: LegendEntry[] = [];
  const ink = theme.paint(INK.text);
  if (drawn.length > 1) {
    legend.push({ text: "mixture", sign: (x, y) => lineSign(x, y, ink, undefined, 2.5) });
    const empty = (k: number): boolean => drawn[k]!.weight === 0;
    for (const entry of componentEntries(componentNames, theme, { marks: false, lines: true, empty })) legend.push(entry);
  }
  if (region !== undefined) legend.push(boxEntry(region, theme));
  if (threshold !== undefined) legend.push(cutoffEntry(`threshold ${shortNumber(threshold)}`, theme));
  if (outliers.length > 0) legend.push(outlierMarkEntry(outliers.length, theme));
  const outside = outsideWords(components, componentNames, [{ feature, extent }]);
  const subtitle = [choice.reason, outside, cut ? "curves are cut off at the top" : ""].filter((part) => part !== "").join(" · ");
  const head = header(looks, { subtitle, legend });
  const { box, x, y, grid, texts } = plane(
    looks,
    head.bottom,
    { extent, name: names[feature]! },
    { extent: { low: 0, high: (perPixel || 1) * factor * 1.06 }, name: sensible ? "density" : "density per range shown", room: 0 },
  );
  const across = (pixel: number): number => box.left + ((box.right - box.left) * pixel) / 1000;
  const up = (density: number): number => y.position(density * factor);
  const floor = y.position(0);

  const barMarks = bars === undefined ? "" : barPath(bars, across, up, floor);
  const line = (curve: Curve): string => curve.map(([pixel, density]) => `${tenth(across(pixel))} ${tenth(up(density))}`).join("L");
  const curves = drawn
    .filter(({ weight }) => weight > 0 && drawn.length > 1)
    .map(({ component, curve }) => {
      const { colour, dash } = componentLook(component);
      if (curve.length < 2) return "";
      const paint = theme.paint(colour);
      // The stroke of an area goes round it: the part along the floor hides behind the axis.
      const d = `M${tenth(across(curve[0]![0]))} ${tenth(floor)}L${line(curve)}L${tenth(across(curve.at(-1)![0]))} ${tenth(floor)}`;
      return element("path", { d, fill: paint, "fill-opacity": "0.14", stroke: paint, "stroke-width": 2, "stroke-dasharray": dash });
    });
  const sum =
    total.length < 2 || drawn.length === 0 ? "" : element("path", { d: `M${line(total)}`, fill: "none", stroke: ink, "stroke-width": 2 });
  const strokes =
    X.rows > MOST_STROKES
      ? ""
      : Array.from({ length: X.rows }, (_, row) => `M${px(x.position(X.data[row * X.columns + feature]!))} ${px(box.bottom)}v-6`).join("");
  const band = region === undefined ? "" : boxMark(region, box, { axis: x, feature }, undefined, theme);
  const level = threshold === undefined || !sensible ? "" : cutoffLine({ y: y.position(Math.exp(threshold)) }, box, theme);
  const marked = outlierMarks(outliers, { x: (row) => x.position(X.data[row * X.columns + feature]!), y: () => box.bottom - 5 }, theme);
  const alive = drawn.filter(({ weight }) => weight > 0);
  const labels = pointLabels(
    alive.length < 2
      ? []
      : alive.map(({ component, peak: [at, height] }) => ({
          x: across(at),
          y: Math.max(box.top + 9, up(height) - 9),
          text: String(component),
        })),
    box,
    theme,
  );
  const beyond = alive
    .filter(({ peak: [at, density] }) => at >= 0 && at <= 1000 && up(density) < box.top - 0.5)
    .map(({ component, peak: [at] }) =>
      beyondMark("above", across(at), box, `the curve of ${componentNames[component]!} goes on above`, {
        fill: theme.paint(drawn.length > 1 ? componentLook(component).colour : INK.text),
      }),
    )
    .join("");
  const named = [{ index: feature, name: names[feature]! }];
  return picture({
    ...looks,
    title: looks.title ?? (X.rows === 0 ? `Density of ${names[feature]!}` : `Histogram of ${names[feature]!}`),
    description:
      (X.rows === 0 ? `Density of ${names[feature]!}.` : `Histogram of ${counted(X.rows, "row")} of ${names[feature]!}.`) +
      (choice.reason === "" ? "" : ` Shown: ${choice.reason}.`) +
      mixtureWords(components ?? densities, componentNames, named) +
      sentence(outside) +
      sentence(cut ? "curves are cut off at the top" : "") +
      (region === undefined ? "" : boxWords(region, names)) +
      (outliers.length === 0 ? "" : ` ${counted(outliers.length, "row")} marked as outliers.`),
    body:
      head.svg +
      grid +
      clipped(box, "box", group({ fill: theme.paint(INK.line), "fill-opacity": "0.7" }, barMarks) + curves.join("") + sum + band) +
      (strokes === "" ? "" : element("path", { d: strokes, stroke: theme.paint(INK.muted), "stroke-opacity": "0.7", "stroke-width": 1 })) +
      level +
      marked +
      beyond +
      labels.svg +
      texts,
  });
}

/** All bars as one path, with a hair of ground between them. */
function barPath(
  bars: ReturnType<typeof histogram>,
  across: (pixel: number) => number,
  up: (density: number) => number,
  floor: number,
): string {
  const pieces: string[] = [];
  for (const [bar, fraction] of bars.fractions.entries()) {
    if (fraction === 0) continue;
    const left = across(bars.from + bar * bars.width);
    const right = across(bars.from + (bar + 1) * bars.width);
    const gap = right - left > 4 ? 0.5 : 0;
    pieces.push(`M${px(left + gap)} ${px(floor)}V${px(up(fraction / bars.width))}H${px(right - gap)}V${px(floor)}Z`);
  }
  return pieces.length === 0 ? "" : element("path", { d: pieces.join("") });
}
