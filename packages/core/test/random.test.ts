import type { Random } from "../src/authoring.ts";
import { createRandom, drawSeed } from "../src/authoring.ts";
import { SEED_LIMIT } from "../src/internal.ts";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, it } from "vitest";

const draw = (count: number, next: () => number): number[] => Array.from({ length: count }, next);
const uniforms = (count: number, random: Random): number[] => draw(count, () => random.uniform());
const normals = (count: number, random: Random): number[] => draw(count, () => random.normal());

describe("createRandom", () => {
  it("gives the same stream for the same seed", () => {
    expect(uniforms(50, createRandom(42))).toEqual(uniforms(50, createRandom(42)));
    expect(normals(50, createRandom(42, 3))).toEqual(normals(50, createRandom(42, 3)));
  });

  it("keeps the stream of a seed from release to release", () => {
    const random = createRandom(42);

    // Recorded from this implementation: a change here changes every seeded result, so it needs a major release.
    expect(draw(6, () => random.integer(1000))).toEqual([435, 261, 103, 369, 815, 225]);
  });

  it("is xoroshiro128+: the numbers are those of another implementation, bit for bit", () => {
    const random = createRandom(42);
    // MurmurHash3's finaliser of a Weyl sequence from the seed 42: recorded here, as the seeding is our own.
    const other = xoroshiro128plusFromState([310834301, -1191217139, -663825149, 206797926]);

    for (let i = 0; i < 1000; i++) {
      expect(random.uniform()).toBe(uniformFloat64(other));
      for (const below of [1, 2, 3, 1000, 2 ** 31 + 1, 3e9, 2 ** 32]) expect(random.integer(below)).toBe(uniformInt(other, 0, below - 1));
    }
  });

  it.each([
    ["another seed", [43]],
    ["another stream", [42, 0]],
    ["a further stream", [42, 0, 0]],
    ["the stream of another restart", [42, 1]],
  ])("gives another stream for %s", (_, [seed, ...streams]) => {
    const here = uniforms(20, createRandom(42));
    const there = uniforms(20, createRandom(seed!, ...streams));

    expect(there.filter((value, index) => value === here[index])).toEqual([]);
  });

  it("gives all of 2,000 neighbouring seeds and streams different first numbers", () => {
    const firsts = [...Array(1000).keys()].flatMap((k) => [createRandom(k).uniform(), createRandom(0, k).uniform()]);

    // 53 random bits: two of 2,000 agree by chance with probability 2e-10.
    expect(new Set(firsts).size).toBe(2000);
  });

  it.each([0, 1, SEED_LIMIT - 1])("works from seed %d", (seed) => {
    const values = uniforms(1000, createRandom(seed));

    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(new Set(values).size).toBe(1000);
  });

  it("does not correlate the streams of neighbouring restarts", () => {
    const a = createRandom(7, 0);
    const b = createRandom(7, 1);
    const n = 20_000;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (a.uniform() - 0.5) * (b.uniform() - 0.5);

    // For independent uniforms 12·sum/√n is standard normal; 5 is passed by chance once in 1.7 million seeds, and the seed is fixed.
    expect(Math.abs((12 * sum) / Math.sqrt(n))).toBeLessThan(5);
  });
});

describe("the draws", () => {
  it("spreads uniform numbers evenly over [0, 1)", () => {
    const random = createRandom(1);
    const counts = new Float64Array(100);
    const n = 100_000;
    for (let i = 0; i < n; i++) counts[Math.floor(random.uniform() * 100)]!++;

    const chiSquared = counts.reduce((sum, count) => sum + (count - n / 100) ** 2 / (n / 100), 0);
    // 99 degrees of freedom: mean 99, standard deviation √198 ≈ 14; five of them either side (too even is wrong as well).
    expect(Math.abs(chiSquared - 99)).toBeLessThan(5 * Math.sqrt(198));
  });

  it("draws normal numbers with the moments of a standard normal", () => {
    const random = createRandom(2);
    const n = 200_000;
    const moments = [0, 0, 0, 0];
    let beyond = 0;
    for (let i = 0; i < n; i++) {
      const x = random.normal();
      for (let power = 0; power < 4; power++) moments[power]! += x ** (power + 1) / n;
      if (Math.abs(x) > 2) beyond++;
    }

    // Standard errors of the mean of x, x², x³, x⁴: √1, √2, √15, √96 over √n; five of them.
    [0, 1, 0, 3].forEach((expected, power) => {
      expect(Math.abs(moments[power]! - expected)).toBeLessThan(5 * Math.sqrt([1, 2, 15, 96][power]! / n));
    });
    // P(|x| > 2) = 0.0455003; five standard errors of a share.
    expect(Math.abs(beyond / n - 0.0455003)).toBeLessThan(5 * Math.sqrt((0.0455 * 0.9545) / n));
  });

  it("draws indices in proportion to their weights and never one of weight 0", () => {
    const random = createRandom(3);
    const weights = [0, 1, 0, 2, 7, 0];
    const counts = new Float64Array(6);
    const n = 100_000;
    for (let i = 0; i < n; i++) counts[random.choice(weights)]!++;

    expect([counts[0], counts[2], counts[5]]).toEqual([0, 0, 0]);
    for (const index of [1, 3, 4]) {
      const share = weights[index]! / 10;
      // Five standard errors of a binomial share.
      expect(Math.abs(counts[index]! / n - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / n));
    }
  });

  it("never leaves the weights, even when the total given is too large by rounding", () => {
    const random = createRandom(4);
    const drawn = new Set(draw(1000, () => random.choice([0, 0.1, 0.2, 0], 0.4)));

    expect(drawn).toEqual(new Set([1, 2]));
  });

  it("draws integers below the limit, each about as often", () => {
    const random = createRandom(5);
    const counts = new Float64Array(7);
    for (let i = 0; i < 70_000; i++) counts[random.integer(7)]!++;

    // Five standard errors of a binomial count with p = 1/7: √(70000·6/49) ≈ 93.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt((70_000 * 6) / 49));
    expect(random.integer(1)).toBe(0);
  });

  it("permutes: every index once, every order about as often", () => {
    const random = createRandom(6);
    const orders = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = random.permutation(4).join("");
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }

    expect([...random.permutation(1000)].toSorted((a, b) => a - b)).toEqual([...Array(1000).keys()]);
    expect(random.permutation(0).length).toBe(0);
    expect(orders.size).toBe(24);
    // Binomial with p = 1/24: standard deviation √(24000·23/576) ≈ 31.
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt((24_000 * 23) / 576));
  });

  it("draws seeds in range", () => {
    const seeds = draw(100, drawSeed);

    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < SEED_LIMIT)).toBe(true);
    expect(new Set(seeds).size).toBeGreaterThan(95); // 100 draws of 2³²: even one pair is a chance of 1e-6
  });
});
