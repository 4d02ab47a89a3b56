/** A colour in Oklab: lightness, green–red, blue–yellow. Distances in it are roughly as seen. */
export type Oklab = readonly [number, number, number];

/** Channels 0 to 1, linear in light, of "#rrggbb". */
export function linearChannels(hex: string): [number, number, number] {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** "#rrggbb" of channels that are linear in light; what no screen shows is cut off. */
export function hexOf(channels: readonly [number, number, number]): string {
  const digits = channels.map((value) => {
    const clamped = Math.max(0, Math.min(1, value));
    const encoded = clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * clamped ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${digits.join("")}`;
}

/** @see Björn Ottosson, "A perceptual color space for image processing" (2020) */
export function toOklab(hex: string): Oklab {
  const [r, g, b] = linearChannels(hex);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** The inverse of {@link toOklab}. */
export function fromOklab([lightness, a, b]: Oklab): string {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return hexOf([
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]);
}

/** The mean of colours in Oklab, by weights that sum to 1. */
export function blend(colours: readonly string[], weights: ArrayLike<number>): string {
  const sum: [number, number, number] = [0, 0, 0];
  for (const [k, colour] of colours.entries()) {
    const weight = weights[k]!;
    if (weight === 0) continue;
    const lab = toOklab(colour);
    for (let channel = 0; channel < 3; channel++) sum[channel]! += weight * lab[channel]!;
  }
  return fromOklab(sum);
}
