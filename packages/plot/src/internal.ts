// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export type { MixtureParameters } from "./input/components.ts";
export { pictureOptions } from "./options.ts";
export type { ThemeName } from "./color/theme.ts";
