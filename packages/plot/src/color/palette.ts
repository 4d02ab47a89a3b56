import { fromOklab, toOklab } from "./oklab.ts";

/** A colour on a light and on a dark ground, "#rrggbb" each. */
export type Pair = readonly [light: string, dark: string];

/**
 * Colours of components, in order: the palette of Okabe and Ito (2008), made to be told apart with every common form of colour blindness, and four more
 * that a search found farthest from these and from each other.
 *
 * Two of the eight do not show on one of the grounds and are exchanged there: yellow for brown on white, black for light grey on dark. There the two
 * blues are lighter, since the darker one hardly shows. A test holds all pairs apart, as seen with each kind of colour blindness. From component 12 on
 * the colours come again, with another dash of the line and another shape of the marks.
 */
export const palette: readonly Pair[] = Object.freeze([
  ["#0072b2", "#269eff"],
  ["#e69f00", "#e69f00"],
  ["#009e73", "#009e73"],
  ["#cc79a7", "#cc79a7"],
  ["#d55e00", "#d55e00"],
  ["#56b4e9", "#a8effc"],
  ["#6f4100", "#f0e442"],
  ["#222222", "#c8c8c8"],
  ["#a6276a", "#8d526e"],
  ["#0000dc", "#663cfb"],
  ["#a16cff", "#8767c3"],
  ["#520092", "#af4000"],
] as const);

/** Dashes of the lines of components 0–11, 12–23, 24–35, …; "" is a whole line. */
const DASHES = ["", "7 3", "2 3", "8 3 2 3"];

/** The marks of components 0–11, 12–23, 24–35, …. */
const SHAPES = ["circle", "square", "triangle", "diamond"] as const;

/** The shape of a mark. */
export type Shape = (typeof SHAPES)[number];

/** How component k is drawn: unlike every other one of the first 48. */
export interface ComponentLook {
  readonly colour: Pair;
  readonly dash: string | undefined;
  readonly shape: Shape;
}

/** The look of component k, from 0. */
export function componentLook(k: number): ComponentLook {
  const round = Math.floor(k / palette.length) % DASHES.length;
  return { colour: palette[k % palette.length]!, dash: DASHES[round] || undefined, shape: SHAPES[round]! };
}

/** Grounds, inks and lines. */
export const INK = {
  ground: ["#ffffff", "#15181d"],
  text: ["#1f2328", "#e6e8eb"],
  muted: ["#57606a", "#a3acb8"],
  grid: ["#e7e9ec", "#2a2f37"],
  line: ["#b4bac2", "#4c545f"],
  points: ["#4a5560", "#aab4c0"],
} as const satisfies Record<string, Pair>;

/** Steps of the ramp for densities and counts. */
const RAMP_STEPS = 10;

/** A ramp of one hue whose lightness alone shows the order, from the ground to strong, so that colour vision does not matter. */
export const ramp: readonly Pair[] = Object.freeze(
  Array.from({ length: RAMP_STEPS }, (_, step): Pair => {
    const at = (step + 1) / RAMP_STEPS;
    return [along("#f6fafd", "#a9cde8", "#3a86c0", at), along("#161b22", "#1f4e79", "#5fa8dc", at)];
  }),
);

/** A colour of the way through three colours in Oklab. */
function along(first: string, middle: string, last: string, at: number): string {
  const [from, to, part] = at < 0.5 ? [first, middle, at * 2] : [middle, last, at * 2 - 1];
  const a = toOklab(from);
  const b = toOklab(to);
  return fromOklab([a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part]);
}
