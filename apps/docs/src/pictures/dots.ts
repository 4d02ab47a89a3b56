import type { ThemeName } from "@mixtura/plot/internal";
import type { Ground } from "./ground.ts";
import { groundOf, svgOf, textOf } from "./ground.ts";

/** One value of a row of dots. */
export interface Dot {
  readonly value: number;
  /** From the least to the most that was measured. */
  readonly range?: readonly [least: number, most: number];
  readonly isFull: boolean;
}

/** Rows of dots on one logarithmic axis. */
export interface DotChart {
  readonly title: string;
  /** What the rows are, above their labels. */
  readonly rowsAre: string;
  readonly rows: readonly { readonly label: string; readonly dots: readonly Dot[] }[];
  readonly limits: readonly [least: number, most: number];
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
  /** Where both sides are equal, if that means something. */
  readonly even?: number;
  /** How wide labels may be where there is room next to the dots. */
  readonly labelWidth: number;
}

/** Below this width labels stand above their dots. */
const NARROW = 500;

/** The chart as SVG. */
export function drawDots(chart: DotChart, theme: ThemeName, width: number): string {
  const ground = groundOf(theme);
  const isNarrow = width < NARROW;
  const [left, right] = [isNarrow ? 14 : chart.labelWidth, width - 22];
  const [top, step] = isNarrow ? [68, 36] : [54, 21];
  const bottom = top + chart.rows.length * step;
  const [least, most] = chart.limits;
  const x = (value: number): number => left + (Math.log(value / least) / Math.log(most / least)) * (right - left);
  // Two labels of ticks need some room between them.
  const room = isNarrow ? 34 : 0;
  const ticks = chart.ticks.filter(({ value }, index) => index === 0 || x(value) - x(chart.ticks[index - 1]!.value) >= room);
  const grid = ticks.map(({ value, label }) => {
    const isEven = value === chart.even;
    const at = x(value).toFixed(1);
    return (
      `<line x1="${at}" x2="${at}" y1="${top - 6}" y2="${bottom}" stroke="${isEven ? ground.strong : ground.line}"${isEven ? ' stroke-dasharray="3 3"' : ""}/>` +
      textOf(x(value), top - 12, label, ground.muted, "middle")
    );
  });
  const rows = chart.rows.map(({ label, dots }, index) => {
    const y = top + (index + (isNarrow ? 0.72 : 0.5)) * step;
    const name = isNarrow ? textOf(left, y - 13, label, ground.muted) : textOf(left - 12, y + 4, label, ground.muted, "end");
    return name + dots.map((dot) => drawDot(dot, x, y, ground)).join("");
  });
  const head = isNarrow
    ? textOf(left, 18, chart.title, ground.text, "start", 600) + textOf(left, 36, chart.rowsAre, ground.muted)
    : textOf(left - 12, 20, chart.rowsAre, ground.muted, "end") + textOf(left, 20, chart.title, ground.text, "start", 600);
  return svgOf(width, bottom + 12, chart.title, head + grid.join("") + rows.join(""));
}

function drawDot({ value, range, isFull }: Dot, x: (value: number) => number, y: number, ground: Ground): string {
  const at = x(value).toFixed(1);
  if (!isFull) return `<circle cx="${at}" cy="${y}" r="4" fill="${ground.ground}" stroke="${ground.strongest}" stroke-width="1.6"/>`;
  const line =
    range === undefined
      ? ""
      : `<line x1="${x(range[0]).toFixed(1)}" x2="${x(range[1]).toFixed(1)}" y1="${y}" y2="${y}" stroke="${ground.strongest}" stroke-width="2" stroke-opacity="0.5"/>`;
  return `${line}<circle cx="${at}" cy="${y}" r="4.8" fill="${ground.strongest}"/>`;
}
