import { blend } from "../color/oklab.ts";
import type { Pair, Shape } from "../color/palette.ts";
import { componentLook, INK } from "../color/palette.ts";
import type { Theme } from "../color/theme.ts";
import type { Membership } from "../input/rows.ts";
import { group, px } from "../svg/element.ts";
import { mark } from "./shapes.ts";

/** Points in pixels, x and y in turn. */
export type PixelPoints = Float64Array;

/** Responsibilities are rounded to this many steps, so that points of nearly the same blend share one colour. */
const RESPONSIBILITY_STEPS = 8;

/** The colour and shape of rows that belong together. */
export interface PointStyle {
  readonly key: string;
  readonly colour: Pair;
  readonly shape: Shape;
}

/** Gives each row its style: the colour of its component, or the blend of its components' colours by their responsibilities. */
export function pointStyles(membership: Membership | undefined): (row: number) => PointStyle {
  if (membership === undefined) return () => ({ key: "", colour: INK.points, shape: "circle" });
  const known = new Map<string, PointStyle>();
  const remember = (key: string, make: () => Omit<PointStyle, "key">): PointStyle => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const style = { key, ...make() };
    known.set(key, style);
    return style;
  };
  const steps = new Float64Array(membership.count);
  return (row) => {
    const label = membership.label(row);
    if (label >= 0) return remember(String(label), () => componentLook(label));
    let best = 0;
    let sum = 0;
    for (let k = 0; k < steps.length; k++) {
      const responsibility = membership.responsibility(row, k);
      steps[k] = Math.round(responsibility * RESPONSIBILITY_STEPS);
      sum += steps[k]!;
      if (responsibility > membership.responsibility(row, best)) best = k;
    }
    if (sum === 0) {
      steps[best] = 1;
      sum = 1;
    }
    let key = "";
    for (let k = 0; k < steps.length; k++) if (steps[k]! > 0) key += `${k}:${steps[k]} `;
    return remember(key, () => ({
      colour: blendOf(steps.map((step) => step / sum)),
      shape: componentLook(best).shape,
    }));
  };
}

/** The blend of the components' colours, on both grounds. */
export function blendOf(responsibilities: ArrayLike<number>): Pair {
  const colours = Array.from({ length: responsibilities.length }, (_, k) => componentLook(k).colour);
  const light = colours.map(([colour]) => colour);
  const dark = colours.map(([, colour]) => colour);
  return [blend(light, responsibilities), blend(dark, responsibilities)];
}

/** Points as marks, grouped by style in order of first appearance. */
export function pointMarks(
  points: PixelPoints,
  styleOf: (row: number) => PointStyle,
  theme: Theme,
  look: { readonly radius: number; readonly opacity: number },
): string {
  const groups = new Map<string, { style: PointStyle; marks: string[] }>();
  for (let row = 0; row < points.length / 2; row++) {
    const style = styleOf(row);
    let members = groups.get(style.key);
    if (members === undefined) groups.set(style.key, (members = { style, marks: [] }));
    members.marks.push(mark(style.shape, points[2 * row]!, points[2 * row + 1]!, look.radius));
  }
  return [...groups.values()]
    .map(({ style, marks }) => group({ fill: theme.paint(style.colour), "fill-opacity": String(look.opacity) }, marks.join("")))
    .join("");
}

/** Points as round dots of one path per colour: a third of the bytes of {@link pointMarks}, for small panels. */
export function pointDots(
  points: PixelPoints,
  styleOf: (row: number) => PointStyle,
  theme: Theme,
  look: { readonly radius: number; readonly opacity: number },
): string {
  const groups = new Map<string, { style: PointStyle; path: string[] }>();
  for (let row = 0; row < points.length / 2; row++) {
    const style = styleOf(row);
    let members = groups.get(style.key);
    if (members === undefined) groups.set(style.key, (members = { style, path: [] }));
    members.path.push(`M${px(points[2 * row]!)} ${px(points[2 * row + 1]!)}h0`);
  }
  const dots = [...groups.values()].map(({ style, path }) => `<path stroke="${theme.paint(style.colour)}" d="${path.join("")}"/>`);
  return group(
    { fill: "none", "stroke-linecap": "round", "stroke-width": 2 * look.radius, "stroke-opacity": String(look.opacity) },
    dots.join(""),
  );
}
