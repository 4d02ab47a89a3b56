import { ticks as niceTicks } from "d3-array";
import type { Axis, Ticks } from "./axis.ts";
import { FAR } from "./axis.ts";
import type { Extent } from "./span.ts";
import { shortNumber, tickTexts } from "./tick-text.ts";

/** Where an axis turns from equal steps to equal factors. */
export interface Bend {
  readonly at: number;
  /** The side of `at` on which steps become factors. */
  readonly side: "above" | "below";
}

/** Values this many times farther away than the bend are worth a bent axis; nearer ones fit on a plain one. */
const WORTH_BENDING = 4;

/** Whether the values beyond `at` would squeeze all others on a plain axis. */
export function worthBending({ low, high }: Extent, { at, side }: Bend): boolean {
  const near = side === "above" ? at - low : high - at;
  return near > 0 && high - low > WORTH_BENDING * near && high - low < Infinity;
}

/**
 * An axis of equal steps up to the bend and of equal factors beyond it: usual values keep their shape, and those a thousand times as far are still seen.
 *
 * With u the distance from the plain end, B that of the bend: u / B up to it, 1 + log (u / B) beyond, so there is no kink.
 *
 * @param extent finite, with the bend strictly inside
 */
export function bentAxis({ low, high }: Extent, { at, side }: Bend, from: number, to: number): Axis {
  const end = side === "above" ? low : high;
  const far = side === "above" ? high : low;
  const near = Math.abs(at - end);
  const parts = (value: number): number => {
    const distance = side === "above" ? value - end : end - value;
    return distance <= near ? distance / near : 1 + Math.log(distance) - Math.log(near);
  };
  // The plain end gets a little room, as on other axes, and so does the far one.
  const whole = 1.06 * parts(far);
  const [start, stop] = side === "above" ? [from, to] : [to, from];
  const length = stop - start;
  const origin = start + 0.03 * length;
  const position = (value: number): number => origin + Math.max(-FAR, Math.min(FAR, (parts(value) / whole) * 0.97 * length));
  return {
    low,
    high,
    scale: 1,
    from,
    to,
    position,
    length: (difference) => Math.min(FAR, Math.abs((difference / near / whole) * 0.97 * length)),
    ticks: (wanted) => bentTicks({ end, near, far, side }, position, Math.abs(to - from), wanted),
  };
}

interface Places {
  readonly end: number;
  readonly near: number;
  readonly far: number;
  readonly side: Bend["side"];
}

/** Round values in the plain part, then 1, 2 and 5 times powers of ten, as far as they stand apart. */
function bentTicks({ end, near, far, side }: Places, position: (value: number) => number, length: number, wanted: number): Ticks {
  const bend = side === "above" ? end + near : end - near;
  const fraction = Math.abs(position(bend) - position(end)) / length;
  const plain = niceTicks(Math.min(end, bend), Math.max(end, bend), Math.max(2, Math.round(wanted * fraction)));
  const beyond = roundValues(bend, far).filter((value) => (side === "above" ? value > bend : value < bend));
  const outward = side === "above" ? plain : plain.toReversed();
  const kept: number[] = [];
  const apart = (0.7 * length) / Math.max(1, wanted);
  for (const value of [...outward, ...beyond]) {
    const last = kept.at(-1);
    if (last === undefined || Math.abs(position(value) - position(last)) >= apart) kept.push(value);
  }
  const { texts, note } = tickTexts(plain, 1);
  const text = (value: number): string => {
    const index = plain.indexOf(value);
    return index !== -1 && note === ""
      ? texts[index]!
      : shortNumber(value, 3)
          .replace(/(\.\d*?)0+$/, "$1")
          .replace(/\.$/, "");
  };
  return {
    ticks: kept.map((value) => ({ at: position(value), text: text(value) })),
    note: `log ${side} ${shortNumber(bend, 2)}`,
  };
}

/** ±1, ±2 and ±5 times powers of ten between two values, from the first to the last. */
function roundValues(from: number, to: number): number[] {
  const values: number[] = [];
  const most = Math.max(Math.abs(from), Math.abs(to));
  const least = Math.max(most * 1e-12, Math.abs(to - from) * 1e-6);
  for (let power = Math.floor(Math.log10(least)); 10 ** power <= most; power++) {
    for (const digit of [1, 2, 5]) values.push(digit * 10 ** power, -digit * 10 ** power);
  }
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  return values.filter((value) => value >= low && value <= high).toSorted((a, b) => (to > from ? a - b : b - a));
}
