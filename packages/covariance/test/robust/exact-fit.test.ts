import { createRandom } from "@mixtura/core/authoring";
import { loadCase } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import type { FittedRobustCovariance, MinCovDetOptions } from "../../src/index.ts";
import { mcd, rowsAt } from "./fits.ts";

const exactFit = ({ trace }: FittedRobustCovariance) => trace.diagnostics.find(({ code }) => code === "exact-fit");
const algorithms = [
  { algorithm: "det" },
  { algorithm: "fast", randomState: 0, nTrials: 50 },
] as const satisfies readonly MinCovDetOptions[];

/** Of 18 rows 14 lie on a line, at two points. */
const fewPoints = loadCase("exact-line-18-rows").rows;

describe.each(algorithms)("rows of which most lie on a line at few points, $algorithm (#16)", (options) => {
  it("are named with their line, and are what the estimate rests on", async () => {
    const model = await mcd(fewPoints, options);

    expect(exactFit(model)!.detail).toMatchObject({ rows: 14, of: 18, features: [1, 0] });
    expect(exactFit(model)!.message).toContain("14 of 18 rows lie on a hyperplane: feature 1 = 2.25 × feature 0 − 38.3");
    expect(model.supportCount).toBe(14);
    expect(model.support).toEqual(Uint8Array.from(fewPoints, (_, i) => Number(i < 14)));
    const distances = await model.mahalanobis(fewPoints);
    expect(Math.min(...distances.subarray(14))).toBeGreaterThan(10 * Math.max(...distances.subarray(0, 14)));
  });

  it("get a covariance that is regularised, by more than 0 %", async () => {
    const { regularization, trace } = await mcd(fewPoints, options);

    expect(regularization!.rho).toBeGreaterThan(0.01);
    expect(trace.diagnostics.map(({ code }) => code)).toEqual(["exact-fit", "regularized"]);
    expect(trace.diagnostics.some(({ message }) => message.includes("is 0%"))).toBe(false);
  });

  it("keep a plain one where that is asked for", async () => {
    const { support, trace } = await mcd(fewPoints, { ...options, regularization: "none" });

    expect(trace.diagnostics.map(({ code }) => code)).toEqual(["exact-fit"]);
    expect(support!.reduce((sum, mark) => sum + mark, 0)).toBe(14);
  });
});

describe.each(algorithms)("a plane of three fifths of the rows is found, $algorithm (#16)", (options) => {
  const kinds: Readonly<Record<string, (random: ReturnType<typeof createRandom>) => number>> = {
    continuous: (random) => random.normal(),
    "rounded to a tenth": (random) => Math.round(10 * random.normal()) / 10,
    "four levels": (random) => random.integer(4),
  };

  it.each(Object.keys(kinds).flatMap((kind) => [2, 3].flatMap((p) => [30, 200, 1000].map((n) => [kind, p, n] as const))))(
    "%s values, %d features, %d rows",
    async (kind, p, n) => {
      for (let seed = 0; seed < 4; seed++) {
        const random = createRandom(seed, p, n);
        const X = Array.from({ length: n }, (_, i) => {
          const row = Array.from({ length: p }, () => kinds[kind]!(random));
          if (i < 0.6 * n) row[p - 1] = row.slice(0, -1).reduce((sum, value, j) => sum + (j + 1) * value, 1);
          return row;
        });
        const found = exactFit(await mcd(X, options));

        expect(found!.detail!.rows).toBeGreaterThanOrEqual(0.6 * n);
      }
    },
  );
});

describe("a plane that was looked for by drawing (#16)", () => {
  it("is the same for rows in any order", async () => {
    const order = createRandom(3).permutation(fewPoints.length);
    const [model, other] = [await mcd(fewPoints), await mcd(rowsAt(fewPoints, order))];

    expect(other.covariance).toEqual(model.covariance);
    expect(other.location).toEqual(model.location);
    expect(exactFit(other)).toEqual(exactFit(model));
  });

  it("is none where less than half of the rows lie on one", async () => {
    const random = createRandom(7);
    const X = Array.from({ length: 100 }, (_, i) => {
      const x = random.integer(6);
      return [x, i < 40 ? 2 * x : random.normal()];
    });

    expect(exactFit(await mcd(X))).toBeUndefined();
  });
});
