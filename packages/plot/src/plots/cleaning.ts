import type { MatrixLike, OptionDeclarations } from "@mixtura/core";
import { counted, grouped } from "@mixtura/wording/internal";
import type { Axis } from "../axis/axis.ts";
import { INK, palette } from "../color/palette.ts";
import type { Pair } from "../color/palette.ts";
import { ellipseOf, planeGaussians } from "../gaussian/plane.ts";
import type { Components, MixtureParameters } from "../input/components.ts";
import { option } from "../input/components.ts";
import type { DataArguments, DataSet } from "../input/data-set.ts";
import { readDataSet, readMixture } from "../input/data-set.ts";
import { tellingFeatures } from "../input/features.ts";
import { readFeatures, readOutliers } from "../input/rows.ts";
import { meansBeyond } from "../marks/beyond.ts";
import { clipped } from "../marks/clip.ts";
import type { Box } from "../marks/frame.ts";
import { lineSign } from "../marks/entries.ts";
import { header } from "../marks/header.ts";
import { crossEntry, crossMarks } from "../marks/outliers.ts";
import { rowCloud } from "../marks/row-cloud.ts";
import type { Looks, PictureOptions } from "../options.ts";
import { checkLooks, dataArguments } from "../options.ts";
import { element, group, px } from "../svg/element.ts";
import { picture } from "../svg/picture.ts";
import { FONT, textLine } from "../svg/text.ts";
import type { Plane } from "./plane.ts";
import { featureExtent, plane } from "./plane.ts";

/** What {@link cleaningPlot} is given. */
export interface CleaningPlotOptions extends Pick<DataArguments, "featureNames">, PictureOptions {
  /** n×d, all rows, finite. */
  readonly X: MatrixLike;
  /** One mark per row: true or 1 for a row that was removed. */
  readonly removed: ArrayLike<number | boolean>;
  /** The mixture fitted on all rows, or a single ellipse as a mixture of one. */
  readonly before?: MixtureParameters | undefined;
  /** The mixture fitted on the rows that were kept. */
  readonly after?: MixtureParameters | undefined;
  /** The two features drawn, across and up, by index or name. Default: the two in which components differ most. */
  readonly features?: readonly [number | string, number | string] | undefined;
  /** With more rows than this, rows are counted in hexagonal cells instead of drawn one by one. Default 5000. */
  readonly maxPoints?: number | undefined;
}

const declarations: OptionDeclarations = {
  ...dataArguments("X", "removed", "before", "after", "features", "featureNames"),
  maxPoints: { range: { kind: "integer", minimum: 0 }, default: 5000, description: "Rows beyond which rows are counted in cells." },
};

/** Below this width the panels stand one below the other. */
const SIDE_BY_SIDE = 560;

interface FitLook {
  readonly colour: Pair;
  readonly dash: string | undefined;
}

/** The looks of the two fits. They differ in dash, too. */
const BEFORE: FitLook = { colour: palette[1]!, dash: "6 3" };
const AFTER: FitLook = { colour: INK.text, dash: undefined };

/**
 * Before and after a cleaning: all rows with the first fit and the removed rows crossed out, next to the kept rows with both fits.
 *
 * Ellipses are at 2σ. Of one feature, the rows are drawn in their order, with the middle ± 2σ of each component.
 *
 * @returns an SVG document; equal arguments give equal bytes
 * @throws MixturaError `invalid-option`, `unknown-option`, `invalid-shape`, `not-finite`, `feature-mismatch`, `invalid-weight`,
 * `not-positive-definite`
 * @remarks O(n·d) time.
 * @example
 * ```ts run
 * const svg = cleaningPlot({
 *   X: [[0, 1], [1, 0], [0, 0], [90, 90]],
 *   removed: [0, 0, 0, 1],
 * });
 * svg.includes("3 rows kept") // => true
 * ```
 */
export function cleaningPlot(options: CleaningPlotOptions): string {
  const caller = "cleaningPlot";
  const { looks, checked } = checkLooks(caller, declarations, options, {
    width: 720,
    height: (width) => (width < SIDE_BY_SIDE ? width * 1.45 : width * 0.52),
  });
  const { X, featureNames, before, after } = options;
  const read = (given: MixtureParameters | undefined, columns: number): Components | undefined =>
    readMixture(given, caller, columns).components;
  const data = readDataSet({ X, featureNames, components: before ?? after }, caller);
  const { columns } = data.X;
  const removed = readOutliers(options.removed, data.X.rows, caller);
  const { features } = options;
  if (features !== undefined && (!Array.isArray(features) || features.length !== 2 || columns === 1))
    throw option(caller, "features", "two features", features);
  const reason = columns > 2 ? `2 of ${columns} features` : "";
  const chosen =
    features !== undefined
      ? { features: readFeatures(features, data.names, caller), reason }
      : columns === 1
        ? undefined
        : tellingFeatures(data, 2);
  const scene = {
    data,
    removed,
    before: read(before, columns),
    after: read(after, columns),
    pair: chosen?.features,
    reason: chosen?.reason ?? "",
  };
  return cleaningPicture(scene, looks, checked["maxPoints"] as number);
}

interface Scene {
  readonly data: DataSet;
  readonly removed: readonly number[];
  readonly before: Components | undefined;
  readonly after: Components | undefined;
  /** Absent where there is one feature. */
  readonly pair: readonly number[] | undefined;
  readonly reason: string;
}

function cleaningPicture(scene: Scene, looks: Looks, maxPoints: number): string {
  const { data, removed, before, after, pair, reason } = scene;
  const { X, names } = data;
  const { theme, width, height } = looks;
  const binned = X.rows > maxPoints;
  const kept = X.rows - removed.length;
  const fit = (text: string, { colour, dash }: FitLook) => ({
    text,
    sign: (x: number, y: number) => lineSign(x, y, theme.paint(colour), dash),
  });
  const head = header(looks, {
    subtitle: [reason, binned ? `${counted(X.rows, "row")} in cells, the stronger the more` : ""].filter((part) => part !== "").join(" · "),
    legend: [
      crossEntry(`removed (${grouped(removed.length)})`, theme),
      ...(before === undefined ? [] : [fit("fit before, 2σ", BEFORE)]),
      ...(after === undefined ? [] : [fit("fit after, 2σ", AFTER)]),
    ],
  });
  const isWide = width >= SIDE_BY_SIDE;
  const half = (height - head.bottom) / 2;
  const panels = [
    { left: 0, right: isWide ? width / 2 : width, top: head.bottom, bottom: isWide ? height : head.bottom + half },
    { left: isWide ? width / 2 : 0, right: width, top: isWide ? head.bottom : head.bottom + half, bottom: height },
  ].map((edges, index) => {
    const first = index === 0;
    const text = first ? `before: ${counted(X.rows, "row")}` : `after: ${counted(kept, "row")} kept`;
    const title = textLine(text, {
      x: edges.left + 6,
      y: edges.top + 13,
      size: FONT.label,
      bold: true,
      fill: theme.paint(INK.text),
      maxWidth: edges.right - edges.left - 12,
    });
    return title + panel(scene, looks, edges, first, binned);
  });
  const [a, b] = pair === undefined ? ["row", names[0]!] : [names[pair[0]!]!, names[pair[1]!]!];
  return picture({
    ...looks,
    title: looks.title ?? "Before and after cleaning",
    description: `${counted(X.rows, "row")}, ${a} across, ${b} up: all of them, then the ${counted(kept, "row")} that were kept. ${counted(removed.length, "row")} removed.${reason === "" ? "" : ` Shown: ${reason}.`}`,
    body: head.svg + panels.join(""),
  });
}

/** One panel. What is shown reaches as far as the rows it shows, so that the second one is not squeezed by rows that are gone. */
function panel(
  { data: { X, names }, removed, before, after, pair }: Scene,
  looks: Looks,
  edges: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
  first: boolean,
  binned: boolean,
): string {
  const { theme } = looks;
  const gone = new Set(removed);
  const shown = first || removed.length === X.rows ? X : keptRows(X, gone);
  const own = first ? before : after;
  const [a, b] = pair === undefined ? [undefined, 0] : [pair[0]!, pair[1]!];
  const across =
    a === undefined
      ? { extent: { low: 0, high: X.rows - 1 }, name: "row", whole: true }
      : { extent: featureExtent(shown, own, a), name: names[a]! };
  const drawn = plane(looks, edges.top + 14, across, { extent: featureExtent(shown, own, b), name: names[b]! }, edges);
  const { box, x, y, grid, texts } = drawn;
  const at = {
    rows: X.rows,
    x: (row: number) => x.position(a === undefined ? row : X.data[row * X.columns + a]!),
    y: (row: number) => y.position(X.data[row * X.columns + b]!),
  };
  const fits =
    (before === undefined ? "" : outlines(before, drawn, a, b, BEFORE, looks)) +
    (first || after === undefined ? "" : outlines(after, drawn, a, b, AFTER, looks));
  const marks = rowCloud(at, removed, box, theme, binned) + fits + (first ? crossMarks(removed, at, theme) : "");
  const shownFits = a === undefined ? [] : [before, first ? undefined : after];
  const beyond = shownFits.flatMap((fit, index) =>
    fit === undefined
      ? []
      : meansBeyond(planeGaussians(fit, a!, b, x, y), box, theme, () => `a component of the fit ${index === 0 ? "before" : "after"}`),
  );
  return grid + clipped(box, first ? "before" : "after", marks) + beyond.join("") + texts;
}

function keptRows(X: DataSet["X"], gone: ReadonlySet<number>): { readonly data: Float64Array; readonly columns: number } {
  const { rows, columns } = X;
  const data = new Float64Array((rows - gone.size) * columns);
  let to = 0;
  for (let row = 0; row < rows; row++) {
    if (gone.has(row)) continue;
    data.set(X.data.subarray(row * columns, (row + 1) * columns), to);
    to += columns;
  }
  return { data, columns };
}

/** 2σ of every component: ellipses in a plane, bands over the order of the rows; set off from the rows by an edge of the ground's colour. */
function outlines(components: Components, { x, y, box }: Plane, a: number | undefined, b: number, look: FitLook, { theme }: Looks): string {
  const shapes = a === undefined ? bands(components, y, box, b) : rings(components, a, b, x, y);
  const lines = { fill: "none", stroke: theme.paint(look.colour), "stroke-width": "2.2", "stroke-dasharray": look.dash };
  const halo = { fill: "none", stroke: theme.paint(INK.ground), "stroke-opacity": "0.85", "stroke-width": "4.4" };
  return group(halo, shapes) + group(lines, shapes);
}

function bands({ means, covariances, weights, features: d }: Components, y: Axis, box: Box, feature: number): string {
  const levels = covariances.flatMap((covariance, k) =>
    weights[k] === 0
      ? []
      : [-2, 2].map((sigmas) => y.position(means[k * d + feature]! + sigmas * Math.sqrt(covariance[feature * d + feature]!))),
  );
  return element("path", { d: levels.map((level) => `M${px(box.left)} ${px(level)}H${px(box.right)}`).join("") });
}

function rings(components: Components, a: number, b: number, x: Axis, y: Axis): string {
  return planeGaussians(components, a, b, x, y)
    .filter(({ weight }) => weight > 0)
    .map((gaussian) => {
      const { major, minor, degrees } = ellipseOf(gaussian);
      const turn = degrees === 0 ? undefined : `rotate(${px(degrees)} ${px(gaussian.x)} ${px(gaussian.y)})`;
      return element("ellipse", {
        cx: gaussian.x,
        cy: gaussian.y,
        rx: Math.max(0.75, 2 * major),
        ry: Math.max(0.75, 2 * minor),
        transform: turn,
      });
    })
    .join("");
}
