import type { FittedModel, Matrix, MatrixLike } from "@mixtura/core";
import { abilitiesOf } from "./abilities.ts";

/** Rows beyond which each takes the colour of its likeliest component, without blending. */
const BLENDED_ROWS = 300_000;

/**
 * The colour of each row: the components' colours mixed by their responsibilities, or that of the row's cluster.
 *
 * @param palette colours as 0xRRGGBB, the first for rows of no cluster
 * @returns opaque colours as the bytes of a picture have them (little-endian RGBA)
 */
export async function coloursOf(
  model: FittedModel | undefined,
  X: Matrix,
  uploaded: MatrixLike,
  clusters: boolean,
  [none = 0, ...palette]: readonly number[],
  signal: AbortSignal,
): Promise<Uint32Array> {
  const out = new Uint32Array(X.rows).fill(bytes(none));
  if (model === undefined || X.rows === 0 || palette.length === 0) return out;
  const { predictProba, predict } = abilitiesOf(model);
  if (predictProba !== undefined && X.rows <= BLENDED_ROWS) return blended((await predictProba(uploaded, { signal })).data, palette, out);
  if (clusters && predict !== undefined) {
    const labels = await predict(uploaded, { signal });
    const paints = Uint32Array.from(palette, bytes);
    for (let row = 0; row < labels.length; row++) if (labels[row]! >= 0) out[row] = paints[labels[row]! % paints.length]!;
  }
  return out;
}

/** Mixes in the square of the channels, which is near to how light adds up. */
function blended(responsibilities: Float64Array, palette: readonly number[], out: Uint32Array): Uint32Array {
  const k = responsibilities.length / out.length;
  const squares = Float64Array.from(
    { length: 3 * k },
    (_, at) => ((palette[Math.floor(at / 3) % palette.length]! >> (16 - 8 * (at % 3))) & 255) ** 2,
  );
  for (let row = 0, at = 0; row < out.length; row++) {
    let [r, g, b] = [0, 0, 0];
    for (let c = 0; c < 3 * k; c += 3) {
      const responsibility = responsibilities[at++]!;
      r += responsibility * squares[c]!;
      g += responsibility * squares[c + 1]!;
      b += responsibility * squares[c + 2]!;
    }
    out[row] = (0xff << 24) | (Math.sqrt(b) << 16) | (Math.sqrt(g) << 8) | Math.sqrt(r);
  }
  return out;
}

/** 0xRRGGBB as opaque RGBA bytes. */
function bytes(colour: number): number {
  return ((0xff << 24) | ((colour & 255) << 16) | (colour & 0xff00) | (colour >> 16)) >>> 0;
}
