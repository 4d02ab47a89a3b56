// Extremes of lists that no call takes as arguments (#16).
import { expect, it } from "vitest";
import { greatestOf, leastOf, normOf } from "../src/internal.ts";

it.each([[Float64Array.from({ length: 1_000_000 }, (_, at) => at % 1000)], [Array.from({ length: 1_000_000 }, (_, at) => at % 1000)]])(
  "are found among a million numbers",
  (numbers) => {
    expect(greatestOf(numbers)).toBe(999);
    expect(leastOf(numbers)).toBe(0);
    expect(normOf(numbers)).toBeCloseTo(Math.sqrt(1000 * ((999 * 1000 * 1999) / 6)), 3); // Σ j² of a thousand runs; digits of a sum of a million
  },
);

it("are what the functions of Math find, NaN, infinities and no numbers at all among them", () => {
  for (const numbers of [[], [NaN, 1], [1, NaN], [-Infinity, 3], [Infinity], [0, -0], [3e200, 4e200], [3e-200, 4e-200], [5]]) {
    expect(greatestOf(numbers)).toBe(Math.max(...numbers));
    expect(leastOf(numbers)).toBe(Math.min(...numbers));
    const norm = Math.hypot(...numbers);
    if (norm > 0 && norm < Infinity) expect(normOf(numbers) / norm).toBeCloseTo(1, 14); // an ulp or two of rounding
    else expect(normOf(numbers)).toBe(norm);
  }
});
