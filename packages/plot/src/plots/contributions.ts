import { greatestOf, leastOf } from "@mixtura/core/internal";
import { counted, plural } from "@mixtura/wording/internal";
import { shortNumber } from "../axis/tick-text.ts";
import { INK, palette } from "../color/palette.ts";
import { option } from "../input/components.ts";
import { readNumbers } from "../input/numbers.ts";
import type { LegendEntry } from "../marks/header.ts";
import { header } from "../marks/header.ts";
import { OUTLIER } from "../marks/outliers.ts";
import type { Looks, PictureOptions } from "../options.ts";
import { checkLooks, dataArguments } from "../options.ts";
import { element, px } from "../svg/element.ts";
import { picture } from "../svg/picture.ts";
import { FONT, textLine, textWidth } from "../svg/text.ts";

/** What {@link contributionsPlot} is given. */
export interface ContributionsPlotOptions extends PictureOptions {
  /** What each feature adds to how unusual the row is; it may be negative. Length d. */
  readonly contributions: ArrayLike<number>;
  /** Names of the d features. Default "feature 0", …. */
  readonly featureNames?: readonly string[] | undefined;
  /** What was seen in each feature. */
  readonly values?: ArrayLike<number> | undefined;
  /** What was expected of each feature, given the others. */
  readonly expected?: ArrayLike<number> | undefined;
  /** How far from that is usual: standard deviations. */
  readonly deviations?: ArrayLike<number> | undefined;
  /** Bars drawn at most, the largest contributions; the others are summed up in words. Default 10. */
  readonly maxBars?: number | undefined;
}

const EACH = 38;
const MARGIN = 10;
const MOST_BARS = 10;

/**
 * Why a row is unusual: what each feature adds, the largest first, with what was expected and what was seen.
 *
 * @returns an SVG document; equal arguments give equal bytes
 * @throws MixturaError `invalid-option`, `unknown-option`, `not-finite`
 * @remarks O(d log d).
 * @example
 * ```ts run
 * const svg = contributionsPlot({
 *   contributions: [351.5, -3.1],
 *   featureNames: ["waiting", "eruptions"],
 *   values: [97, 1.8],
 *   expected: [41, 4.2],
 *   deviations: [3, 0.4],
 * });
 * svg.includes("expected 41.0 &#177; 3.0, saw 97") // => true
 * contributionsPlot({ contributions: [] }) // throws invalid-option
 * ```
 */
export function contributionsPlot(options: ContributionsPlotOptions): string {
  const caller = "contributionsPlot";
  const { contributions: given } = Object(options) as typeof options;
  const count = typeof given === "object" && given !== null ? given.length : 0;
  const { looks, checked } = checkLooks(
    caller,
    {
      ...dataArguments("contributions", "featureNames", "values", "expected", "deviations"),
      maxBars: { range: { kind: "integer", minimum: 1, maximum: 100 }, default: MOST_BARS, description: "Most bars." },
    },
    options,
    {
      width: 480,
      height: () => 72 + EACH * Math.min(count, options.maxBars ?? MOST_BARS) + MARGIN + (options.title === undefined ? 0 : 24),
    },
  );
  const contributions = readNumbers(given, "contributions", caller);
  const { featureNames } = options;
  if (
    featureNames !== undefined &&
    (!Array.isArray(featureNames) || featureNames.length !== count || featureNames.some((name) => typeof name !== "string"))
  )
    throw option(caller, "featureNames", `${count} names`, featureNames);
  const numbers = (name: "values" | "expected" | "deviations"): Float64Array | undefined =>
    options[name] === undefined ? undefined : readNumbers(options[name], name, caller, { count });
  const facts = {
    contributions,
    names: featureNames ?? Array.from(contributions, (_, j) => `feature ${j}`),
    values: numbers("values"),
    expected: numbers("expected"),
    deviations: numbers("deviations"),
  };
  return contributionsPicture(facts, looks, checked["maxBars"] as number);
}

interface ContributionFacts {
  readonly contributions: Float64Array;
  readonly names: readonly string[];
  readonly values: Float64Array | undefined;
  readonly expected: Float64Array | undefined;
  readonly deviations: Float64Array | undefined;
}

function contributionsPicture(facts: ContributionFacts, looks: Looks, maxBars: number): string {
  const { contributions, names } = facts;
  const { theme, width, height } = looks;
  const order = Array.from(contributions.keys()).toSorted((a, b) => Math.abs(contributions[b]!) - Math.abs(contributions[a]!) || a - b);
  const room = Math.max(1, Math.floor((height - 76 - MARGIN) / 28));
  const shown = order.slice(0, Math.min(maxBars, room));
  const rest = order.slice(shown.length).reduce((sum, j) => sum + contributions[j]!, 0);
  const total = contributions.reduce((sum, value) => sum + value, 0);
  const others = order.length - shown.length;
  const sentence = `sum ${shortNumber(total)}${others === 0 ? "" : `; ${counted(others, "other feature")} ${plural(others, "adds", "add")} ${shortNumber(rest)}`}`;
  const negative = shown.some((j) => contributions[j]! < 0);
  const positive = !negative || shown.some((j) => contributions[j]! > 0);
  const [warm, cool] = [theme.paint(OUTLIER), theme.paint(palette[0]!)];
  const swatch = (text: string, fill: string): LegendEntry => ({
    text,
    sign: (x, y) => element("rect", { x: x - 7, y: y - 5, width: 14, height: 10, rx: 2, fill }),
  });
  const legend = negative ? [swatch("makes the row unusual", warm), swatch("makes it less so", cool)] : [];
  const head = header(looks, { subtitle: sentence, legend });

  const start = head.bottom + 6;
  const each = Math.min(EACH * 1.2, (height - start - MARGIN) / shown.length);
  const values = shown.map((j) => shortNumber(contributions[j]!));
  const widest = greatestOf(values.map((value) => textWidth(value, FONT.tick)));
  const size = greatestOf(shown.map((j) => Math.abs(contributions[j]!))) || 1;
  const least = leastOf(
    shown.map((j) => contributions[j]! / size),
    0,
  );
  const most = positive
    ? greatestOf(
        shown.map((j) => contributions[j]! / size),
        1e-9,
      )
    : 0;
  const left = 10 + (negative ? widest + 6 : 0);
  const right = width - 12 - (positive ? widest + 6 : 0);
  const unit = Math.max(0, right - left) / Math.max(1e-9, most - least);
  const zero = left - least * unit;

  const bars = shown.map((j, index) => {
    const top = start + index * each;
    const fraction = contributions[j]! / size;
    const toLeft = contributions[j]! < 0 || !positive;
    const length = Math.max(fraction === 0 ? 0 : 1, Math.abs(fraction) * unit);
    const words = detailWords(facts, j);
    const nameRoom = width - 20 - (words === "" ? 0 : Math.min(width * 0.62, textWidth(words, FONT.tick)) + 12);
    const baseline = top + 13;
    const bar = { y: top + 18, height: Math.max(4, each - 26), rx: 2 };
    return (
      textLine(names[j]!, { x: 10, y: baseline, size: FONT.label, bold: true, fill: theme.paint(INK.text), maxWidth: nameRoom }) +
      textLine(words, {
        x: width - 10,
        y: baseline,
        size: FONT.tick,
        anchor: "end",
        fill: theme.paint(INK.muted),
        maxWidth: width * 0.62,
      }) +
      element("rect", { x: toLeft ? zero - length : zero, width: length, ...bar, fill: toLeft ? cool : warm }) +
      textLine(values[index]!, {
        x: toLeft ? zero - length - 6 : zero + length + 6,
        y: bar.y + bar.height / 2 + FONT.tick * 0.36,
        size: FONT.tick,
        anchor: toLeft ? "end" : "start",
        fill: theme.paint(INK.muted),
      })
    );
  });
  const axis = element("path", {
    d: `M${px(zero)} ${px(start + 14)}V${px(start + each * shown.length - 4)}`,
    stroke: theme.paint(INK.line),
  });
  return picture({
    ...looks,
    title: looks.title ?? "Contributions of the features",
    description: `What each feature adds to how unusual the row is: ${shown
      .map((j) => `${names[j]!} ${shortNumber(contributions[j]!)}${detailWords(facts, j) === "" ? "" : ` (${detailWords(facts, j)})`}`)
      .join("; ")}; ${sentence}.`,
    body: head.svg + axis + bars.join(""),
  });
}

/** "expected 41.0 ± 3.0, saw 97", as far as it is known. */
function detailWords({ values, expected, deviations }: ContributionFacts, j: number): string {
  const saw = values === undefined ? "" : `saw ${shortNumber(values[j]!)}`;
  if (expected === undefined) return saw;
  const spread = deviations?.[j];
  const [centre, around] = spread === undefined ? [shortNumber(expected[j]!), ""] : spreadTexts(expected[j]!, spread);
  return [`expected ${centre}${around}`, saw].filter((part) => part !== "").join(", ");
}

/** A value and its spread with the same number of decimals, two digits of the spread. */
function spreadTexts(value: number, spread: number): readonly [string, string] {
  const decimals = spread > 0 ? 1 - Math.floor(Math.log10(spread)) : NaN;
  const plain = decimals >= -3 && decimals <= 5 && Math.abs(value) < 1e6;
  if (!plain) return [shortNumber(value), ` ± ${shortNumber(spread, 2)}`];
  const text = (number: number): string => number.toFixed(Math.max(0, decimals)).replace("-", "−");
  return [text(value), ` ± ${text(spread)}`];
}
