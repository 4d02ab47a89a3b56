import type { Radial } from "./radial.ts";

const gaussian: Radial = {
  size: 0,
  constants: () => [-0.5],
  logTerm: {
    host(values, from, to) {
      for (let p = from; p < to; p++) values[p]! *= -0.5;
    },
    device: (device, squares, [minusHalf]) => device.multiply(squares, minusHalf!),
  },
  extras: [],
};

/** How densities can fall with the distance from a component's mean. A new one is an object here and nothing else. */
export const radials = { gaussian } as const satisfies Readonly<Record<string, Radial>>;

/** The name of a radial part. */
export type RadialName = keyof typeof radials;

/** The radial part of components: which one, and its parameters, component after component. */
export interface RadialPart {
  readonly name: RadialName;
  readonly parameters: Float64Array;
}

/** The radial object of components. */
export function radialOf({ radial }: { readonly radial?: RadialPart | undefined }): Radial {
  return radials[radial?.name ?? "gaussian"];
}
