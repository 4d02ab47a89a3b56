import { describe, expect, it } from "vitest";
import { digamma, logBeta, logGamma } from "../src/index.ts";
import { reference, relativeError } from "./reference.ts";

describe("functions of gamma, against mpmath", () => {
  // A dozen roundings at most, of terms no larger than the result.
  it.each(reference.logGamma)("have log Γ(%d), near its roots too", (x, value) => {
    expect(relativeError(logGamma(x), value)).toBeLessThan(3e-15);
  });

  it.each(reference.digamma)("have ψ(%d), near its root too", (x, value) => {
    expect(relativeError(digamma(x), value)).toBeLessThan(3e-15);
  });

  it.each(reference.logBeta)("have log B(%d, %d)", (a, b, value) => {
    // Two logarithms of gamma are subtracted: they are up to 20 times the result where both parameters are 1e10, and 1 where the result is near 0.
    expect(Math.abs(logBeta(a, b) - value)).toBeLessThan(1e-14 * Math.abs(value) + 2e-16);
  });
});

it("functions of gamma keep their recurrences where one formula meets another", () => {
  for (const x of [0.3, 0.5, 0.7, 0.999, 1.26, 1.5, 1.66, 2.49, 2.51, 11.5, 11.999, 12, 200.5]) {
    // Γ(x + 1) = x Γ(x); the sides differ by the rounding of terms below 1000.
    expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(1e-15 * Math.max(4, logGamma(x + 1)));
    expect(Math.abs(digamma(x + 1) - digamma(x) - 1 / x)).toBeLessThan(4e-15);
    expect(logBeta(x, 3.25)).toBe(logBeta(3.25, x));
  }
});

it("functions of gamma have poles at 0, and no values below", () => {
  expect([logGamma(0), digamma(0), logBeta(0, 1), logBeta(2, 0)]).toEqual([Infinity, -Infinity, Infinity, Infinity]);
  expect([logGamma(Infinity), digamma(Infinity)]).toEqual([Infinity, Infinity]);
  expect([logGamma(-0.5), logGamma(NaN), digamma(-3), digamma(NaN), logBeta(-1, 1), logBeta(1, NaN)]).toEqual(Array(6).fill(NaN));
  expect([logGamma(5e-324), digamma(5e-324)]).toEqual([744.4400719213812, -Infinity]);
});
