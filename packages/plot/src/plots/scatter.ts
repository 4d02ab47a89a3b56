import type { OptionDeclarations } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { counted } from "@mixtura/wording/internal";
import type { DataArguments, DataSet } from "../input/data-set.ts";
import { dataNames, readDataSet } from "../input/data-set.ts";
import { tellingFeatures } from "../input/features.ts";
import { readFeatures } from "../input/rows.ts";
import { planeGaussians } from "../gaussian/plane.ts";
import { meansBeyond } from "../marks/beyond.ts";
import { clipped } from "../marks/clip.ts";
import { ellipses, pointLabels } from "../marks/ellipses.ts";
import { componentEntries, outlierEntry, outlierRing } from "../marks/entries.ts";
import { header } from "../marks/header.ts";
import { hexbins } from "../marks/hexbins.ts";
import { pointMarks, pointStyles } from "../marks/points.ts";
import type { Looks, PictureOptions } from "../options.ts";
import { checkLooks, dataArguments, heightOf } from "../options.ts";
import { picture } from "../svg/picture.ts";
import { histogramPicture } from "./histogram.ts";
import type { FeatureAxis } from "./plane.ts";
import { featureExtent, plane } from "./plane.ts";
import { componentWords, mixtureWords, outsideWords, sentence } from "./words.ts";

/** What {@link scatterPlot} is given. */
export interface ScatterPlotOptions extends DataArguments, PictureOptions {
  /** The two features drawn, across and up, by index or name. Default: the two in which components differ most. */
  readonly features?: readonly [number | string, number | string] | undefined;
  /** With more rows than this, rows are counted in hexagonal cells instead of drawn one by one. Default 5000. */
  readonly maxPoints?: number | undefined;
}

const declarations: OptionDeclarations = {
  ...dataArguments(...dataNames, "features"),
  maxPoints: { range: { kind: "integer", minimum: 0 }, default: 5000, description: "Rows beyond which rows are counted in cells." },
};

/** Outliers beyond this number are drawn only as part of the cells. */
const MOST_RINGS = 2000;

/**
 * Rows of two features, coloured by component, with the 1σ and 2σ ellipses of the mixture (39% and 86% of a component's mass).
 *
 * Ellipses in more than two features are those of the marginals. Data of one feature is drawn as {@link histogramPlot}.
 *
 * @returns an SVG document; equal arguments give equal bytes
 * @throws MixturaError `invalid-option`, `unknown-option`, `invalid-shape`, `not-finite`, `feature-mismatch`, `invalid-weight`,
 * `not-positive-definite`
 * @remarks O(n·(d + k)) time; a million rows take well under a second.
 * @example
 * ```ts run
 * const svg = scatterPlot({
 *   X: [[0, 1], [2, 3], [4, 4]],
 *   labels: [0, 0, 1],
 *   theme: "light",
 * });
 * svg.startsWith("<svg ") // => true
 * svg.match(/<circle /g)!.length // => 5
 * ```
 */
export function scatterPlot(options: ScatterPlotOptions): string {
  const caller = "scatterPlot";
  const { looks, checked } = checkLooks(caller, declarations, options, { width: 480, height: heightOf(0.75) });
  const data = readDataSet(options, caller);
  if (data.X.columns === 1) return histogramPicture(data, looks, {});
  const chosen = options.features === undefined ? tellingFeatures(data, 2) : chosenPair(options.features, data, caller);
  return scatterPicture(data, looks, chosen.features as readonly [number, number], chosen.reason, checked["maxPoints"] as number);
}

function chosenPair(given: readonly (number | string)[], data: DataSet, caller: string): { features: number[]; reason: string } {
  if (!Array.isArray(given) || given.length !== 2) {
    throw new MixturaError("invalid-option", `${caller}: "features" must be two features.`, { option: "features", found: given });
  }
  const reason = data.X.columns > 2 ? `2 of ${data.X.columns} features` : "";
  return { features: readFeatures(given, data.names, caller), reason };
}

/** The picture itself, of data that is checked. */
function scatterPicture(data: DataSet, looks: Looks, [a, b]: readonly [number, number], reason: string, maxPoints: number): string {
  const { X, components, membership, outliers, names, componentNames } = data;
  const { theme } = looks;
  const binned = X.rows > maxPoints;
  const [across, up] = [a, b].map((feature) => ({ feature, extent: featureExtent(X, components, feature) })) as [FeatureAxis, FeatureAxis];
  const outside = outsideWords(components, componentNames, [across, up]);
  const subtitle = [reason, outside, binned ? `${counted(X.rows, "row")} in cells, the stronger the more` : ""]
    .filter((part) => part !== "")
    .join(" · ");
  const count = componentNames.length;
  const held = membership === undefined || binned ? undefined : heldBy(data);
  const empty = (k: number): boolean => components?.weights[k] === 0 || (components === undefined && held?.[k] === 0);
  const legend = [
    ...(count > 1
      ? componentEntries(componentNames, theme, { marks: membership !== undefined, lines: components !== undefined, empty })
      : []),
    ...(outliers.length > 0 ? [outlierEntry(outliers.length, theme)] : []),
  ];
  const head = header(looks, { subtitle, legend });
  const { box, x, y, grid, texts } = plane(
    looks,
    head.bottom,
    { extent: across.extent, name: names[a]! },
    { extent: up.extent, name: names[b]! },
  );

  const at = {
    rows: X.rows,
    x: (row: number) => x.position(X.data[row * X.columns + a]!),
    y: (row: number) => y.position(X.data[row * X.columns + b]!),
  };
  const points = binned
    ? hexbins(at, membership, box, Math.max(3, Math.min(7, (box.right - box.left) / 100)), theme)
    : pointMarks(pixels(at), pointStyles(membership), theme, {
        radius: X.rows > 1000 ? 2 : X.rows > 200 ? 2.5 : 3,
        opacity: X.rows > 1000 ? 0.55 : 0.7,
      });
  const rings = outliers.length > MOST_RINGS ? "" : outliers.map((row) => outlierRing(at.x(row), at.y(row), theme)).join("");
  const named = [a, b].map((index) => ({ index, name: names[index]! }));
  const gaussians = components === undefined ? [] : planeGaussians(components, a, b, x, y);
  const shapes =
    components &&
    ellipses(gaussians, theme, {
      stroke: 2,
      fill: binned ? 0 : 0.08,
      halo: true,
      titles: (k) => componentWords(components, k, componentNames[k]!, named),
    });
  const alive = gaussians.filter(({ weight }) => weight > 0);
  const labels = pointLabels(
    alive.length > 1 ? alive.map(({ component, x: left, y: top }) => ({ x: left, y: top, text: String(component) })) : [],
    box,
    theme,
  );
  const title = looks.title ?? `${names[b]!} against ${names[a]!}`;
  return picture({
    ...looks,
    title,
    description:
      `Scatter plot of ${counted(X.rows, "row")}: ${names[a]!} across, ${names[b]!} up.${reason === "" ? "" : ` Shown: ${reason}.`}` +
      (outliers.length > 0 ? ` ${counted(outliers.length, "row")} marked as outliers.` : "") +
      mixtureWords(components, componentNames, named) +
      sentence(outside),
    body:
      head.svg +
      grid +
      clipped(box, "box", points + (shapes ?? "") + rings) +
      meansBeyond(gaussians, box, theme, (k) => componentNames[k]!) +
      labels.svg +
      texts,
  });
}

function pixels(at: { readonly rows: number; x(row: number): number; y(row: number): number }): Float64Array {
  const points = new Float64Array(2 * at.rows);
  for (let row = 0; row < at.rows; row++) {
    points[2 * row] = at.x(row);
    points[2 * row + 1] = at.y(row);
  }
  return points;
}

/** The mass of each component among the rows. */
function heldBy({ X, membership }: DataSet): Float64Array {
  const mass = new Float64Array(membership!.count);
  for (let row = 0; row < X.rows; row++) for (let k = 0; k < mass.length; k++) mass[k]! += membership!.responsibility(row, k);
  return mass;
}
