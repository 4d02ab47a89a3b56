import { greatestOf } from "@mixtura/core/internal";
import { MixturaError } from "@mixtura/core";
import { counted } from "@mixtura/wording/internal";
import { shortNumber } from "../axis/tick-text.ts";
import { componentLook, INK } from "../color/palette.ts";
import { option } from "../input/components.ts";
import { readComponentNames } from "../input/data-set.ts";
import { header } from "../marks/header.ts";
import type { Looks, PictureOptions } from "../options.ts";
import { checkLooks, dataArguments } from "../options.ts";
import { element } from "../svg/element.ts";
import { picture } from "../svg/picture.ts";
import { FONT, textLine, textWidth } from "../svg/text.ts";

/** What {@link weightsPlot} is given. */
export interface WeightsPlotOptions extends PictureOptions {
  /** Weights of the components, each ≥ 0; they need not sum to 1. */
  readonly weights: ArrayLike<number>;
  readonly componentNames?: readonly string[] | undefined;
}

const BAR = 22;
const MARGIN = 10;

/** Bars beyond this number are summed up in a line of text. */
const MOST_BARS = 40;

/**
 * The weights of the components as bars, with their names and values. Without a `height`, it grows with the number of components.
 *
 * @returns an SVG document; equal arguments give equal bytes
 * @throws MixturaError `invalid-option`, `unknown-option`, `invalid-weight`
 * @remarks O(k).
 * @example
 * ```ts run
 * weightsPlot({ weights: [0.355, 0.645] }).includes(">0.645<") // => true
 * weightsPlot({ weights: [0.5, NaN] }) // throws invalid-weight
 * ```
 */
export function weightsPlot(options: WeightsPlotOptions): string {
  const caller = "weightsPlot";
  const { weights: given } = Object(options) as typeof options;
  const count = typeof given === "object" && given !== null ? given.length : 0;
  const { looks } = checkLooks(caller, dataArguments("weights", "componentNames"), options, {
    width: 480,
    height: () => 44 + BAR * Math.min(count, MOST_BARS) + MARGIN + (options.title === undefined ? 0 : 24),
  });
  if (!(count > 0)) throw option(caller, "weights", "a list of at least one number", given);
  const weights = Float64Array.from(given);
  const bad = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (bad !== -1) {
    throw new MixturaError("invalid-weight", `${caller}: weight of component ${bad} must be a finite number ≥ 0, found ${weights[bad]!}.`, {
      row: bad,
      found: weights[bad]!,
    });
  }
  return weightsPicture(weights, readComponentNames(options.componentNames, count, caller), looks);
}

function weightsPicture(weights: Float64Array, names: readonly string[], looks: Looks): string {
  const { theme, width, height } = looks;
  const room = (from: number): number => Math.max(1, Math.floor((height - from - MARGIN) / (FONT.small + 6)));
  const shown = Math.min(weights.length, MOST_BARS, room(header(looks, { subtitle: "weights" }).bottom));
  const rest = weights.length - shown;
  const subtitle =
    rest === 0
      ? "weights of the components"
      : `the first ${shown} of ${weights.length} components; ${shortNumber(weights.slice(shown).reduce((sum, weight) => sum + weight, 0))} in the others`;
  const head = header(looks, { subtitle });
  const each = Math.min(BAR * 1.6, (height - head.bottom - MARGIN) / shown);
  const size = each < 16 ? FONT.small : FONT.tick;
  const values = Array.from(weights.slice(0, shown), (weight) => shortNumber(weight));
  const nameWidth = Math.min(width * 0.35, greatestOf(names.slice(0, shown).map((name) => textWidth(name, size))));
  const left = 8 + nameWidth + 8;
  const right = width - 12 - greatestOf(values.map((value) => textWidth(value, size)));
  const largest = greatestOf(weights) || 1;

  const bars = values.map((value, k) => {
    const middle = head.bottom + (k + 0.5) * each;
    const length = (weights[k]! / largest) * Math.max(0, right - left - 6);
    const baseline = middle + size * 0.36;
    return (
      textLine(names[k]!, { x: left - 8, y: baseline, size, anchor: "end", fill: theme.paint(INK.text), maxWidth: nameWidth }) +
      element("rect", {
        x: left,
        y: middle - each * 0.36,
        width: Math.max(weights[k] === 0 ? 0 : 1, length),
        height: each * 0.72,
        rx: 2,
        fill: theme.paint(componentLook(k).colour),
      }) +
      textLine(value, { x: left + length + 6, y: baseline, size, fill: theme.paint(INK.muted) })
    );
  });
  const axis = element("path", { d: `M${left} ${head.bottom}V${head.bottom + each * shown}`, stroke: theme.paint(INK.line) });
  return picture({
    ...looks,
    title: looks.title ?? "Weights of the components",
    description: `Weights of ${counted(weights.length, "component")}: ${values.map((value, k) => `${names[k]!} ${value}`).join(", ")}${rest === 0 ? "" : `, and ${rest} more`}.`,
    body: head.svg + bars.join("") + axis,
  });
}
