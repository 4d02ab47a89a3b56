/** Less than this is called less than this; and so is what lacks less than this to the whole. */
const LEAST = 1e-6;

/**
 * A fraction as a per cent: "36%", "9.1%", "99.9%".
 *
 * The sign stands next to the number, as American style has it: so no line breaks between the two, and a cell of a table stays one word. `digits`
 * counts the significant digits of the fraction or, above one half, of what it lacks to the whole. So a fraction near 1 shows how near: 0.9975 is
 * "99.75%"; nothing less than everything reads "100%", and nothing but nothing "0%".
 *
 * @param fraction from 0 to 1; others are written as they are
 * @param digits the least significant digits, and at least whole per cents. Default 2, enough for a weight or a part of the rows; 4 for a probability that somebody asked for
 * @example
 * ```ts run
 * [0.3559, 0.0912, 0.1, 0.9975, 1].map((fraction) => percent(fraction))
 * // => ["36%", "9.1%", "10%", "99.75%", "100%"]
 * percent(0.66487, 4) // => "66.49%"
 * percent(1e-9) // => "<0.0001%"
 * ```
 */
export function percent(fraction: number, digits = 2): string {
  if (fraction > 0 && fraction < LEAST) return "<0.0001%";
  const lacking = 1 - fraction;
  if (lacking > 0 && lacking < LEAST) return ">99.9999%";
  const smaller = lacking > 0 && lacking < fraction ? lacking : Math.abs(fraction);
  const decimals = smaller === 0 ? 0 : Math.min(100, Math.max(0, digits - 3 - Math.floor(Math.log10(smaller))));
  // Number takes trailing zeros away: what was given as 0.1 is 10%, not 10.0%.
  return `${Number((100 * fraction).toFixed(decimals))}%`;
}
