import { palette } from "@mixtura/plot";
import { componentLook } from "@mixtura/plot/internal";

/** The grounds that the page can have. */
export type Ground = "light" | "dark";

/** Colours that a canvas needs; those of the page are in style/tokens.css, with the same values. */
const INKS = {
  light: { ground: "#ffffff", points: "#4a5560", ring: "#1f2328", flagged: "#b3261e" },
  dark: { ground: "#15181d", points: "#aab4c0", ring: "#e6e8eb", flagged: "#ff8a7a" },
} as const;

export function inksOf(ground: Ground): (typeof INKS)[Ground] {
  return INKS[ground];
}

/** The colour of component k, told apart with every common form of colour blindness; from 12 on they come again. */
export function colourOf(k: number, ground: Ground): string {
  return palette[k % palette.length]![ground === "light" ? 0 : 1];
}

/** Dashes set components apart that share a colour. */
export function dashOf(k: number): string | undefined {
  return componentLook(k).dash;
}

/** What the worker paints rows with: the colour of rows of no cluster, then those of the components. */
export function paintsOf(ground: Ground): number[] {
  return [INKS[ground].points, ...palette.map((_, k) => colourOf(k, ground))].map(toNumber);
}

function toNumber(colour: string): number {
  return Number.parseInt(colour.slice(1), 16);
}

/** "#rrggbb" as opaque RGBA bytes, little-endian. */
export function toBytes(colour: string): number {
  const value = toNumber(colour);
  return ((0xff << 24) | ((value & 255) << 16) | (value & 0xff00) | (value >> 16)) >>> 0;
}

const RAMPS = {
  light: ["#ffffff", "#eaeef1", "#ccd4db", "#a9b4be", "#84919d"],
  dark: ["#15181d", "#222830", "#353e49", "#4d5865", "#6b7885"],
} as const;

/** Colours of the ramp, from its beginning to its end in equal steps. */
export function rampStops(ground: Ground): readonly string[] {
  return RAMPS[ground];
}

/** A grey ramp in 256 steps, from the ground on: its lightness tells the order, and the colours of rows stay what they are on it. */
export function rampOf(ground: Ground): Uint32Array {
  const stops = RAMPS[ground].map(toNumber);
  return Uint32Array.from({ length: 256 }, (_, step) => {
    const place = (step / 255) * (stops.length - 1);
    const low = Math.min(stops.length - 2, Math.floor(place));
    const part = place - low;
    const channel = (shift: number): number =>
      Math.round(((stops[low]! >> shift) & 255) * (1 - part) + ((stops[low + 1]! >> shift) & 255) * part);
    return ((0xff << 24) | (channel(0) << 16) | (channel(8) << 8) | channel(16)) >>> 0;
  });
}
