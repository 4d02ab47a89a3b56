// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export type { MixtureParameters } from "./input/components.ts";
export { pictureOptions } from "./options.ts";
export type { ThemeName } from "./color/theme.ts";
export { componentLook } from "./color/palette.ts";
// The one rule of axes, for charts that are not drawn by this package.
export { arrowPath } from "./axis/arrow.ts";
export type { Axis, Ticks } from "./axis/axis.ts";
export { axisBetween, linearAxis } from "./axis/axis.ts";
export { beyond, boundExtent, criterionExtent, cutOffs } from "./axis/cut.ts";
export { axisName, withinEnds, ticksAcross, ticksUp, widestTick } from "./axis/fitting.ts";
export { AS_GIVEN, BOUNDS, CRITERIA_VALUES, spanned } from "./axis/span.ts";
export { shortNumber } from "./axis/tick-text.ts";
export { elide, textWidth } from "./svg/text.ts";
