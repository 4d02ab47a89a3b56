import { greatestOf } from "@mixtura/core/internal";
import { elide, FONT, textWidth } from "../svg/text.ts";
import type { Axis, Tick, Ticks } from "./axis.ts";
import { axisTicks } from "./axis.ts";
import type { Extent } from "./span.ts";

/** Room between the texts of two ticks. */
const GAP = 12;

/** How texts of ticks are set. */
export interface TickSetting {
  /** Size of the font in pixels. */
  readonly size?: number;
  /** Texts across stay between these pixels. */
  readonly ends?: Ends;
  /** Pixels between ticks, as far as their texts leave it. Default: 75 across, of whole numbers 40, and 45 up. */
  readonly apart?: number;
  /** The range within which ticks stand, at whole numbers only. */
  readonly whole?: Extent | undefined;
}

interface Ends {
  readonly left: number;
  readonly right: number;
}

/** The middle of a text that belongs to a pixel and stays between two ends. */
export function withinEnds(at: number, width: number, { left, right }: Ends): number {
  return Math.max(left + width / 2 + 2, Math.min(right - width / 2 - 2, at));
}

/** Ticks across whose texts stand clear of each other, and the note that goes with them. */
export function ticksAcross(axis: Axis, { size = FONT.tick, ends, whole, apart = whole === undefined ? 75 : 40 }: TickSetting = {}): Ticks {
  const length = Math.abs(axis.to - axis.from);
  const middle = ({ at, text }: Tick): number => (ends === undefined ? at : withinEnds(at, textWidth(text, size), ends));
  return fewer(axis, Math.round(length / apart), whole, (ticks) =>
    ticks.every((tick, index) => {
      const last = ticks[index - 1];
      return (
        last === undefined || Math.abs(middle(tick) - middle(last)) >= (textWidth(tick.text, size) + textWidth(last.text, size)) / 2 + GAP
      );
    }),
  );
}

/** Ticks up, whose lines stand clear of each other. */
export function ticksUp(axis: Axis, { size = FONT.tick, apart = 45, whole }: TickSetting = {}): Ticks {
  const length = Math.abs(axis.to - axis.from);
  return fewer(axis, Math.round(length / apart), whole, (ticks) =>
    ticks.every(({ at }, index) => index === 0 || Math.abs(at - ticks[index - 1]!.at) >= size + 6),
  );
}

/** As many ticks as fit, at least one. */
function fewer(axis: Axis, wanted: number, whole: Extent | undefined, fits: (ticks: readonly Tick[]) => boolean): Ticks {
  for (let count = Math.max(2, wanted); ; count--) {
    const found = axisTicks(axis, count, whole);
    if (fits(found.ticks)) return found;
    if (count <= 1) return { ...found, ticks: found.ticks.slice(0, 1) };
  }
}

/** What an axis measures, with the note of its ticks. Within a room in pixels a long name is elided, and the note never: ticks are read by it. */
export function axisName(name: string, note: string, room = Infinity, size: number = FONT.label): string {
  const suffix = note === "" ? "" : ` (${note})`;
  return elide(name, room - textWidth(suffix, size), size) + suffix;
}

/** Width of the widest text of some ticks. */
export function widestTick(ticks: readonly Tick[], size: number = FONT.tick): number {
  return greatestOf(
    ticks.map(({ text }) => textWidth(text, size)),
    0,
  );
}
