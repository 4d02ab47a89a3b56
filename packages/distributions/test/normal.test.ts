import { describe, expect, it } from "vitest";
import { normalCdf, normalInterval, normalPdf, normalQuantile } from "../src/index.ts";
import { reference, relativeError } from "./reference.ts";

describe("the normal distribution, against mpmath", () => {
  // Cody's and Wichura's approximations are good to 1e-16; a handful of roundings follow.
  const ROUNDING = 2e-15;

  it.each(reference.normal.cdf)("has its distribution function at %d to the last digits", (z, value) => {
    expect(relativeError(normalCdf(z), value)).toBeLessThan(ROUNDING);
  });

  it.each(reference.normal.quantile)("has its quantile of %d to the last digits", (p, value) => {
    expect(relativeError(normalQuantile(p), value)).toBeLessThan(ROUNDING);
  });

  it.each(reference.normal.intervals)("loses no digits between %d and %d, however near or far", (a, b, value) => {
    expect(relativeError(normalInterval(a, b), value)).toBeLessThan(ROUNDING);
  });

  it("gives intervals that turn round with their sign", () => {
    for (const [a, b] of reference.normal.intervals) expect(normalInterval(-b, -a)).toBe(normalInterval(a, b));
  });
});

describe("the edges of the normal distribution", () => {
  it("are what their limits are", () => {
    expect([normalPdf(-Infinity), normalPdf(Infinity)]).toEqual([0, 0]);
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1]);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    expect([normalInterval(-Infinity, Infinity), normalInterval(Infinity, Infinity)]).toEqual([1, 0]);
  });

  it("beyond which there is no answer give NaN", () => {
    expect([normalPdf(NaN), normalCdf(NaN), normalInterval(NaN, 1), normalInterval(0, NaN)]).toEqual([NaN, NaN, NaN, NaN]);
    expect([NaN, -1e-9, 1.1].map(normalQuantile)).toEqual([NaN, NaN, NaN]);
  });
});
