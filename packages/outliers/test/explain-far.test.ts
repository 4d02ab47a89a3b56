import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ECOD } from "@mixtura/ecod";
import { GaussianMixture } from "@mixtura/mixture";
import { describe, expect, it } from "vitest";
import { EllipticEnvelope, MixtureDetector, reason } from "../src/index.ts";
import { explanationMethods } from "../src/internal.ts";

// One absurd row must never take the others with it: each row of a batch is explained by itself, in finite numbers (#16).

interface FarRow {
  readonly row: readonly number[];
  readonly value: number;
  readonly shapley: readonly number[];
  readonly expected: readonly number[];
  readonly deviation: readonly number[];
  readonly surprise: readonly number[];
}

/** Rows and components as far out as doubles go, by mpmath; see test/reference/README.md. */
const { mixtures } = JSON.parse(
  readFileSync(join(import.meta.dirname, "..", "..", "..", "test", "reference", "explanations", "far.json"), "utf8"),
) as {
  readonly mixtures: readonly {
    readonly name: string;
    readonly weights: readonly number[];
    readonly means: readonly (readonly number[])[];
    readonly covariances: readonly (readonly (readonly number[])[])[];
    readonly rows: readonly FarRow[];
  }[];
};

describe.each(mixtures)("far out, under $name", ({ weights, means, covariances, rows }) => {
  it.each(rows)("$row is explained as by mpmath with 2,500 digits", async ({ row, value, shapley, expected, deviation, surprise }) => {
    const detector = await new MixtureDetector({ mixture: GaussianMixture.fromParameters({ weights, means, covariances }) }).fit([row]);

    const found = await detector.explain([row]);

    // Rounding in the factor of a covariance whose condition is below 100, and in some dozen operations after it. What a feature adds and what it should
    // have been can cancel against terms as large as the value, or as the other features.
    const tolerance = 1e-13;
    const size = Math.max(...row.map(Math.abs));
    const near = (is: ArrayLike<number>, right: readonly number[], scale: number) =>
      right.forEach((number, j) => {
        expect(Number.isFinite(is[j])).toBe(true);
        expect(Math.abs(is[j]! / 2 - number / 2)).toBeLessThanOrEqual(tolerance * (Math.max(scale, Math.abs(number)) / 2));
      });
    near(found.value, [value], 0);
    near(found.contributions.data, shapley, value);
    near(found.expected!.data, expected, size);
    near(found.deviation!.data, deviation, 0);
    near(found.surprise!.data, surprise, 0);
  });
});

const ABSURD = [1e100, 1e154, 1e155, 1e200, 1e308, Number.MAX_VALUE].flatMap((size) => [
  [size, 0, 0],
  [size, size, size],
  [size, -size, size],
  [0, 0, -size],
]);

describe.each(explanationMethods)("an absurd row, by %s", (method) => {
  const absolute = (numbers: ArrayLike<number>, from: number, d: number): number[] =>
    Array.from({ length: d }, (_, j) => Math.abs(numbers[from + j]!));

  it.each(mixtures)(
    "leaves the others as they are, and gets finite numbers that sum to its value: $name",
    async ({ weights, means, covariances }) => {
      const near = means.map((mean) => mean.map((value, j) => value + j / 4));
      const detector = await new MixtureDetector({ mixture: GaussianMixture.fromParameters({ weights, means, covariances }) }).fit(near);
      const alone = await detector.explain(near, { method });

      const together = await detector.explain([...ABSURD, ...near], { method });

      for (const name of ["contributions", "expected", "deviation", "surprise"] as const) {
        const { data } = together[name]!;
        expect(data.subarray(ABSURD.length * 3)).toEqual(alone[name]!.data);
        expect(data.every(Number.isFinite)).toBe(true);
      }
      expect(together.value.subarray(ABSURD.length)).toEqual(alone.value);
      ABSURD.forEach((_, row) => {
        const { value, contributions } = together;
        // Halves, since sums of the largest doubles overflow. Rounding in three additions of terms that may cancel.
        const sum = [0, 1, 2].reduce((total, j) => total + contributions.data[3 * row + j]! / 4, 0);
        const most = Math.max(value[row]!, ...absolute(contributions.data, 3 * row, 3));
        expect(Math.abs(sum - value[row]! / 4)).toBeLessThanOrEqual(1e-13 * most);
      });
    },
  );
});

it("rows far out are explained turn by turn, and an abort is heard between two of them", async () => {
  const d = 40;
  const ones = Array.from({ length: d }, (_, i) => Array.from({ length: d }, (__, j) => Number(i === j)));
  const mixture = GaussianMixture.fromParameters({
    weights: [0.5, 0.5],
    means: [Array(d).fill(0), Array(d).fill(9)],
    covariances: [ones, ones],
  });
  const detector = await new MixtureDetector({ mixture }).fit(ones);
  const controller = new AbortController();
  let turns = 0;
  const turn = (): void => {
    if (++turns === 3) controller.abort();
    else setImmediate(turn);
  };
  setImmediate(turn);

  // A second of work in all: three turns, of 8 ms each, are over long before.
  const work = detector.explain(
    Array.from({ length: 2000 }, () => Array(d).fill(1e300)),
    { signal: controller.signal },
  );

  await expect(work).rejects.toMatchObject({ code: "aborted" });
});

describe("a reason", () => {
  const mixture = (deviation: number) =>
    GaussianMixture.fromParameters({ weights: [1], means: [[40, 7]], covariances: [[[deviation ** 2, 0], [0, 1]]] }); // prettier-ignore

  it.each([
    [3, [1e308, 7], "feature 0: expected 40.0 ± 3.0, saw 1.000e+308 (1.798e+308 of 1.798e+308)"],
    [0.5, [Number.MAX_VALUE, 7], "feature 0: expected 40.00 ± 0.50, saw more than 8.988e+307 (1.798e+308 of 1.798e+308)"],
    [0.5, [-Number.MAX_VALUE, 7], "feature 0: expected 40.00 ± 0.50, saw less than -8.988e+307 (1.798e+308 of 1.798e+308)"],
    [3, [-1e12, 7], "feature 0: expected 40.0 ± 3.0, saw -1000000000000.0 (1.111e+23 of 1.111e+23)"],
  ])("of an absurd row names the feature: deviation %d, row %j", async (deviation, row, text) => {
    const detector = await new MixtureDetector({ mixture: mixture(deviation) }).fit([[40, 7]]);

    expect(reason(await detector.explain([row]), 0, { features: 1 })).toBe(text);
  });

  it("of one event of 1e308 comes with those of the others, by every detector that explains", async () => {
    const rows = Array.from({ length: 200 }, (_, i) => [Math.sin(i), Math.cos(7 * i), Math.sin(3 * i + 1)]);
    const batch = [...rows.slice(0, 3), [1e308, 0, 0]];
    for (const detector of [
      await new EllipticEnvelope({ randomState: 1 }).fit(rows),
      await new MixtureDetector({ nComponents: 2, randomState: 1 }).fit(rows),
      await new MixtureDetector({ nComponents: 2, covarianceType: "diag", randomState: 1 }).fit(rows),
      // ECOD's scores end at the farthest row it saw.
      await new MixtureDetector({ mixture: await new ECOD().fit(rows), threshold: { contamination: 0.1 } }).fit(rows),
    ]) {
      const explanation = await detector.explain(batch);
      const { scores, labels } = await detector.judge(batch);

      expect([...explanation.value, ...explanation.contributions.data, ...scores].every(Number.isFinite)).toBe(true);
      expect(labels[3]).toBe(-1);
      expect(reason(explanation, 3, { features: 1 })).toMatch(/^feature 0: /);
      expect(reason(explanation, 0)).toBe(reason(await detector.explain(batch.slice(0, 1)), 0));
    }
  });
});
