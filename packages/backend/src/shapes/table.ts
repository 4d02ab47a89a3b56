import { diag } from "./diag.ts";
import { full } from "./full.ts";
import type { Shape } from "./shape.ts";
import { spherical } from "./spherical.ts";

/**
 * What a whitening factor can be: a lower triangle (d×d), a diagonal (d) or one number.
 *
 * A new shape is an object here and nothing else: the derived kernels and the generic loops of the reference backend compute with it, and
 * backends that do not list it among what they accelerate hand it on to those.
 */
export const shapes = { full, diag, spherical } as const satisfies Readonly<Record<string, Shape>>;

/** The name of a shape, as components carry it to workers and into files. */
export type ShapeName = keyof typeof shapes;
