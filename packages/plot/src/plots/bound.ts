import { greatestOf, leastOf } from "@mixtura/core/internal";
import { counted } from "@mixtura/wording/internal";
import { beyond, boundExtent, cutOffs } from "../axis/cut.ts";
import { BOUNDS, spanned } from "../axis/span.ts";
import { shortNumber } from "../axis/tick-text.ts";
import { INK, palette } from "../color/palette.ts";
import { option } from "../input/components.ts";
import { lineSign } from "../marks/entries.ts";
import { beyondMark, cutEntries } from "../marks/beyond.ts";
import { clipped } from "../marks/clip.ts";
import type { LegendEntry } from "../marks/header.ts";
import { header } from "../marks/header.ts";
import { mark } from "../marks/shapes.ts";
import type { Looks, PictureOptions } from "../options.ts";
import { checkLooks, dataArguments, heightOf } from "../options.ts";
import { element, group, px } from "../svg/element.ts";
import { picture } from "../svg/picture.ts";
import { plane } from "./plane.ts";
import { sentence as sentenceOf } from "./words.ts";

/** What {@link boundPlot} is given. */
export interface BoundPlotOptions extends PictureOptions {
  /** The bound per iteration of the chosen run, as `trace.lowerBounds` has it. */
  readonly lowerBounds: ArrayLike<number>;
  /** The bounds of other runs, or only where they ended, as `iterations` and `score` of `trace.restarts` give it. */
  readonly restarts?: readonly RestartBounds[] | undefined;
  /** Whether the run converged; shown in the subtitle where it is known. */
  readonly converged?: boolean | undefined;
}

/** Another run: all its bounds, or its last one. */
interface RestartBounds {
  readonly lowerBounds?: ArrayLike<number> | undefined;
  readonly iterations?: number | undefined;
  readonly score?: number | undefined;
  /** The chosen run is drawn already, by `lowerBounds` of the picture. */
  readonly chosen?: boolean | undefined;
  readonly degenerate?: boolean | undefined;
}

interface Run {
  readonly points: readonly (readonly [number, number])[];
  readonly degenerate: boolean;
}

/** Longer runs are thinned to this many points. */
const MOST_POINTS = 600;

/**
 * The bound against the iteration, with the other restarts behind it.
 *
 * Bounds that differ by a millionth are drawn level. Those of a start that went astray, so far below that all others would be one line, are arrows at
 * the lower edge.
 *
 * @returns an SVG document; equal arguments give equal bytes. Bounds that are not finite are left out.
 * @throws MixturaError `invalid-option`, `unknown-option`
 * @remarks O(iterations).
 * @example
 * ```ts run
 * boundPlot({ lowerBounds: [-3, -2.5, -2.4] }).includes("3 iterations")
 * // => true
 * ```
 */
export function boundPlot(options: BoundPlotOptions): string {
  const caller = "boundPlot";
  const { looks } = checkLooks(caller, dataArguments("lowerBounds", "restarts", "converged"), options, {
    width: 480,
    height: heightOf(0.6),
  });
  const chosen = { points: readBounds(options.lowerBounds, "lowerBounds", caller), degenerate: false };
  const { restarts = [], converged } = options;
  if (!Array.isArray(restarts)) throw option(caller, "restarts", "a list of runs", restarts);
  const others = (restarts as readonly RestartBounds[]).flatMap((restart, index): Run[] =>
    restart.chosen === true ? [] : [readRun(restart, index, caller)],
  );
  return boundPicture(
    chosen,
    options.lowerBounds.length,
    others.filter(({ points }) => points.length > 0),
    converged,
    looks,
  );
}

function readRun(restart: RestartBounds, index: number, caller: string): Run {
  const degenerate = restart.degenerate === true;
  if (restart.lowerBounds !== undefined)
    return { points: readBounds(restart.lowerBounds, `restarts[${index}].lowerBounds`, caller), degenerate };
  const { iterations, score } = restart;
  return { points: Number.isFinite(iterations) && Number.isFinite(score) ? [[iterations!, score!]] : [], degenerate };
}

function readBounds(given: ArrayLike<number>, name: string, caller: string): (readonly [number, number])[] {
  if (typeof given !== "object" || given === null || typeof given.length !== "number")
    throw option(caller, name, "a list of numbers", given);
  const stride = Math.max(1, Math.ceil(given.length / MOST_POINTS));
  const points: [number, number][] = [];
  for (let iteration = 0; iteration < given.length; iteration++) {
    const value = given[iteration];
    if (typeof value !== "number") throw option(caller, `${name}[${iteration}]`, "a number", value);
    if (Number.isFinite(value) && (iteration % stride === 0 || iteration === given.length - 1)) points.push([iteration, value]);
  }
  return points;
}

/** Part of the range that is left free on both sides. */
const ROOM = 0.05;

function boundPicture(chosen: Run, length: number, others: readonly Run[], converged: boolean | undefined, looks: Looks): string {
  const { theme } = looks;
  const accent = theme.paint(palette[0]!);
  const muted = theme.paint(INK.muted);
  const last = chosen.points.at(-1);
  const outcome = converged === undefined ? "" : converged ? ", converged" : ", not converged";
  const sentence =
    last === undefined ? "no finite bound" : `${counted(length, "iteration")}${outcome}, ${shortNumber(last[1], 6)} at the end`;
  const legend: LegendEntry[] =
    others.length === 0
      ? []
      : [
          {
            text: "chosen run",
            sign: (x, y) => lineSign(x, y, accent, undefined, 2.5) + group({ fill: accent }, mark("circle", x, y, 3.5)),
          },
          { text: `${counted(others.length, "other run")}`, sign: (x, y) => lineSign(x, y, muted, "4 3", 1.2) + ring(x, y, muted) },
        ];
  const all = [chosen, ...others].flatMap(({ points }) => points);
  const values = all.map(([, value]) => value);
  const extent = boundExtent(values);
  const cuts = cutOffs(spanned(extent, ROOM, BOUNDS), values);
  const head = header(looks, { subtitle: sentence, legend: [...legend, ...cutEntries(cuts, theme)] });
  const iterations = all.map(([at]) => at);
  const [first = 0] = iterations;
  const { box, x, y, grid, texts } = plane(
    looks,
    head.bottom,
    { extent: { low: leastOf(iterations, first), high: greatestOf(iterations, first) }, name: "iteration", room: 0.03, whole: true },
    { extent, name: "bound per row, in nats", room: ROOM, finest: BOUNDS },
  );
  const path = (run: Run): string => `M${run.points.map(([at, value]) => `${px(x.position(at))} ${px(y.position(value))}`).join("L")}`;
  const behind = others.map((run) => {
    const [at, value] = run.points.at(-1)!;
    const line =
      run.points.length < 2
        ? ""
        : element("path", {
            d: path(run),
            fill: "none",
            stroke: muted,
            "stroke-width": 1.2,
            "stroke-dasharray": "4 3",
            "stroke-opacity": "0.8",
          });
    return line + (beyond(y, value) === undefined ? ring(x.position(at), y.position(value), muted) : "");
  });
  const dots = (chosen.points.length > 40 ? [last!] : chosen.points).filter(([, value]) => beyond(y, value) === undefined);
  const arrows = (points: Run["points"], fill: string): string =>
    points
      .filter(([, value]) => beyond(y, value) !== undefined)
      .map(([at, value]) => beyondMark("below", x.position(at), box, `iteration ${at}: ${shortNumber(value, 6)}, below the axis`, { fill }))
      .join("");
  const marked = others.map(({ points }) => arrows(points, muted)).join("") + arrows(chosen.points, accent);
  const front =
    last === undefined
      ? ""
      : (chosen.points.length < 2
          ? ""
          : element("path", { d: path(chosen), fill: "none", stroke: accent, "stroke-width": 2.2, "stroke-linejoin": "round" })) +
        group({ fill: accent }, dots.map(([at, value]) => mark("circle", x.position(at), y.position(value), 3)).join(""));
  return picture({
    ...looks,
    title: looks.title ?? "Bound per iteration",
    description: `The bound against the iteration: ${sentence}.${others.length === 0 ? "" : ` Behind it ${counted(others.length, "other run")}.`}${cuts.map(({ text }) => sentenceOf(text)).join("")}`,
    body: head.svg + grid + (cuts.length === 0 ? behind.join("") + front : clipped(box, "box", behind.join("") + front)) + marked + texts,
  });
}

function ring(x: number, y: number, stroke: string): string {
  return element("circle", { cx: x, cy: y, r: 3.5, fill: "none", stroke, "stroke-width": 1.3 });
}
