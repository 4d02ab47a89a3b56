import { describe, expect, it } from "vitest";
import {
  betaQuantile,
  betaTails,
  chiSquareQuantile,
  chiSquareTails,
  fQuantile,
  fTails,
  normalCdf,
  studentQuantile,
  studentTails,
} from "../src/index.ts";
import { reference, relativeError } from "./reference.ts";

/** Of both tails, so the smaller one as well. */
function worst(tails: { below: number; above: number }, below: number, above: number): number {
  return Math.max(relativeError(tails.below, below), relativeError(tails.above, above));
}

describe("both tails have their own digits, against mpmath", () => {
  // Exponents of some hundreds carry their rounding into what they are raised from: 700 × 1e-16.
  const FAR = 1e-13;

  it.each(reference.chiSquare)("at %d of χ² with %d degrees of freedom", (value, freedom, below, above) => {
    // With many degrees of freedom the density depends on the last digit of the value: by |z| √(freedom/2) of it.
    expect(worst(chiSquareTails(value, freedom), below, above)).toBeLessThan(FAR);
  });

  it.each(reference.beta)("at %d of the beta distribution with parameters %d and %d", (x, a, b, below, above) => {
    const mean = a / (a + b);
    const z = (x - mean) / Math.sqrt((mean * (1 - mean)) / (a + b + 1));
    // Where both parameters are large, rounding x to a double moves it by that much in units of the deviation.
    const roundingOfX = Math.min(a, b) > 1000 ? 2 ** -52 * (1 + Math.abs(z)) * Math.sqrt(((a + b) * mean) / (1 - mean)) : 0;
    expect(worst(betaTails(x, a, b), below, above)).toBeLessThan(FAR + roundingOfX);
  });

  it.each(reference.f)("at %d of F with %d and %d degrees of freedom", (value, numerator, denominator, below, above) => {
    expect(worst(fTails(value, numerator, denominator), below, above)).toBeLessThan(FAR);
  });

  it.each(reference.student)("at %d of Student's t with %d degrees of freedom", (value, freedom, below, above) => {
    expect(worst(studentTails(value, freedom), below, above)).toBeLessThan(FAR);
  });
});

describe("quantiles", () => {
  const masses = [1e-300, 1e-9, 0.01, 0.25, 0.5, 0.9, 0.999999];
  const families: [string, (x: number) => { below: number; above: number }, (mass: number) => number][] = [
    ...[0.05, 1, 3, 50, 5e3].map((n): (typeof families)[0] => [`χ², ${n}`, (x) => chiSquareTails(x, n), (p) => chiSquareQuantile(p, n)]),
    ...[
      [2, 3],
      [0.1, 40],
      [700, 0.4],
      [3e3, 5e3],
    ].map(([a, b]): (typeof families)[0] => [`beta, ${a}, ${b}`, (x) => betaTails(x, a!, b!), (p) => betaQuantile(p, a!, b!)]),
    ...[
      [1, 10],
      [4, 0.5],
      [60, 2e3],
      [5, Infinity],
      [Infinity, 5],
    ].map(([m, n]): (typeof families)[0] => [`F, ${m}, ${n}`, (x) => fTails(x, m!, n!), (p) => fQuantile(p, m!, n!)]),
    ...[0.5, 1, 4, 1e4, Infinity].map((n): (typeof families)[0] => [
      `Student, ${n}`,
      (x) => studentTails(x, n),
      (p) => studentQuantile(p, n),
    ]),
  ];

  it.each(families)("give back the mass that they were asked for: %s", (_, tails, quantile) => {
    for (const mass of masses) {
      const x = quantile(mass);
      if (Math.abs(x) < 2 ** -1022 || !Number.isFinite(x)) continue;
      const tail = (at: number): number => (mass <= 0.5 ? tails(at).below : tails(at).above);
      const right = mass <= 0.5 ? mass : 1 - mass;
      // No double has exactly this mass below it: at worst the mass is as far off as that of a neighbour. Far out the tails themselves are
      // those of a neighbour (|z| √freedom is the condition number); the rest is rounding, as above.
      const spacing = Math.abs(tail(x * (1 + 2 ** -52)) - tail(x * (1 - 2 ** -52)));
      expect(Math.abs(tail(x) - right)).toBeLessThanOrEqual(spacing + 1e-13 * right);
    }
  });

  it("rise with the mass", () => {
    for (const [, , quantile] of families) {
      const found = masses.map(quantile);
      expect(found).toEqual(found.toSorted((a, b) => a - b));
    }
  });

  it.each<[string, number, number]>([
    // SciPy 1.17.1: chi2.ppf, beta.ppf, f.ppf, t.ppf.
    ["χ²₄ at 0.975", chiSquareQuantile(0.975, 4), 11.143286781877796],
    ["F₅,₂₀ at 0.99", fQuantile(0.99, 5, 20), 4.102684630584732],
    ["t₃ at 0.01", studentQuantile(0.01, 3), -4.5407028585681335],
    ["beta₂,₅ at 0.1", betaQuantile(0.1, 2, 5), 0.09259525891312873],
  ])("are SciPy's: %s", (_, found, value) => {
    // SciPy's own inversions stop at a few units of the last digit.
    expect(relativeError(found, value)).toBeLessThan(1e-13);
  });

  it("beyond the largest double are infinite, and below the smallest that", () => {
    expect(studentQuantile(1e-9, 0.01)).toBe(-Infinity);
    expect(studentQuantile(1 - 1e-9, 0.01)).toBe(Infinity);
    expect(fQuantile(0.999, 3, 0.005)).toBe(Infinity);
    expect(chiSquareQuantile(1e-9, 0.01)).toBe(Number.MIN_VALUE);
    expect(betaQuantile(1e-9, 0.01, 1)).toBe(Number.MIN_VALUE);
  });
});

describe("at the edges", () => {
  const nothingBelow = { below: 0, above: 1 };
  const nothingAbove = { below: 1, above: 0 };

  it("of their support distributions have all their mass on one side", () => {
    expect([chiSquareTails(0, 3), chiSquareTails(-1, 3), betaTails(0, 2, 3), betaTails(-1, 2, 3), fTails(0, 2, 3)]).toEqual(
      Array(5).fill(nothingBelow),
    );
    expect([
      chiSquareTails(Infinity, 3),
      betaTails(1, 2, 3),
      betaTails(2, 2, 3),
      fTails(Infinity, 2, 3),
      studentTails(Infinity, 2),
    ]).toEqual(Array(5).fill(nothingAbove));
    expect(studentTails(-Infinity, 2)).toEqual(nothingBelow);
    expect(studentTails(0, 2)).toEqual({ below: 0.5, above: 0.5 });
  });

  it("of the masses quantiles are the ends of the support", () => {
    expect([chiSquareQuantile(0, 3), betaQuantile(0, 2, 3), fQuantile(0, 2, 3), studentQuantile(0, 4)]).toEqual([0, 0, 0, -Infinity]);
    expect([chiSquareQuantile(1, 3), betaQuantile(1, 2, 3), fQuantile(1, 2, 3), studentQuantile(1, 4)]).toEqual([
      Infinity,
      1,
      Infinity,
      Infinity,
    ]);
  });

  it("of the degrees of freedom distributions turn into their limits", () => {
    expect([chiSquareTails(1e-300, 0), chiSquareQuantile(0.4, 0)]).toEqual([nothingAbove, 0]);
    expect(studentTails(-3, Infinity).below).toBe(normalCdf(-3));
    expect(fTails(2, 4, Infinity)).toEqual(chiSquareTails(8, 4));
    expect(fTails(2, Infinity, 4)).toEqual({ below: chiSquareTails(2, 4).above, above: chiSquareTails(2, 4).below });
    expect([fTails(0.99, Infinity, Infinity), fTails(1, Infinity, Infinity)]).toEqual([nothingBelow, nothingAbove]);
    // And tend to them: the first correction is z³/(4 freedom) of the density.
    expect(relativeError(studentTails(-3, 1e14).below, normalCdf(-3))).toBeLessThan(1e-12);
  });

  it("of sense there is NaN and no guess", () => {
    const none = { below: NaN, above: NaN };
    expect([chiSquareTails(NaN, 1), chiSquareTails(1, -1), chiSquareTails(1, Infinity), chiSquareTails(1, NaN)]).toEqual(
      Array(4).fill(none),
    );
    expect([betaTails(NaN, 1, 1), betaTails(0.5, 0, 1), betaTails(0.5, 1, Infinity), betaTails(0.5, NaN, 1)]).toEqual(Array(4).fill(none));
    expect([fTails(NaN, 1, 1), fTails(1, 0, 1), fTails(1, 1, -1), studentTails(NaN, 1), studentTails(1, 0)]).toEqual(Array(5).fill(none));
    expect([chiSquareQuantile(1.5, 3), chiSquareQuantile(NaN, 3), betaQuantile(0.5, -1, 1), betaQuantile(-0.1, 1, 1)]).toEqual(
      Array(4).fill(NaN),
    );
    expect([fQuantile(0.5, 0, 1), fQuantile(2, 1, 1), studentQuantile(0.5, 0), studentQuantile(NaN, 1)]).toEqual(Array(4).fill(NaN));
  });

  it("of huge and tiny parameters tails stay between 0 and 1 and sum to 1", () => {
    const sizes = [1e-300, 1e-12, 1e-3, 0.5, 1, 7.9, 8.1, 999, 1001, 1e5, 1e9, 1e15];
    for (const a of sizes)
      for (const b of sizes)
        for (const x of [1e-300, 1e-9, 0.01, 0.5, a / (a + b), 0.99, 1 - 1e-16]) {
          const { below, above } = betaTails(x, a, b);
          expect(below >= 0 && above >= 0 && Math.abs(below + above - 1) < 1e-9, `${x}, ${a}, ${b}: ${below}, ${above}`).toBe(true);
        }
  });
});
