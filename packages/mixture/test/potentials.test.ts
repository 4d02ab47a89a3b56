import type { Metric } from "@mixtura/backend";
import { defineBackend, referenceBackend } from "@mixtura/backend";
import { createPace, createRandom, matrix } from "@mixtura/core";
import { describe, expect, it } from "vitest";
import { kMeansPlusPlus } from "../src/seeding/k-means-plus-plus.ts";
import { kernelDistances } from "../src/seeding/kernel-distances.ts";
import { createPotentials, measuredOnHost } from "../src/seeding/potentials.ts";
import type { SeedingRows } from "../src/seeding/seeding-rows.ts";

/** Rows around 5 points, far from the origin, on a backend that is not the reference backend itself. */
function rowsOf(n: number, d: number, weighted: boolean, shape: "diag" | "spherical" = "diag"): SeedingRows {
  const random = createRandom(d);
  const centres = Float64Array.from({ length: 5 * d }, () => 1000 + 6 * random.uniform());
  const data = Float64Array.from({ length: n * d }, (_, at) => centres[(Math.floor(at / d) % 5) * d + (at % d)]! + random.normal());
  const host = matrix(data, n, d);
  const metric: Metric =
    shape === "diag"
      ? { shape, whitening: Float64Array.from({ length: d }, (_, j) => 1 / (j + 1)) }
      : { shape, whitening: Float64Array.of(0.5) };
  const backend = defineBackend({ ...referenceBackend, name: "another" });
  return {
    backend,
    host,
    rowWeights: weighted ? Float64Array.from({ length: n }, (_, row) => (row % 4) / 2) : undefined,
    metric,
    async place() {
      const origin = data.slice(0, d);
      return { handle: await backend.upload(host, { origin }), origin, release() {} };
    },
  };
}

describe.each(["plain loops", "kernels"])("potentials by %s", (how) => {
  describe.each([1, 2, 3, 4, 7, 11, 16])("in %i features", (d) => {
    it.each([
      [false, "diag"],
      [true, "diag"],
      [true, "spherical"],
    ] as const)("are squared distances to the nearest chosen row, weighted: %s, %s", async (weighted, shape) => {
      const ROWS = 700;
      const rows = rowsOf(ROWS, d, weighted, shape);
      const { data } = rows.host;
      const { whitening } = rows.metric;
      const weightOf = (row: number): number => rows.rowWeights?.[row] ?? 1;
      const distance = (i: number, row: number): number => {
        let sum = 0;
        for (let j = 0; j < d; j++) sum += ((data[i * d + j]! - data[row * d + j]!) * whitening[j % whitening.length]!) ** 2;
        return sum;
      };
      const totalOf = (chosen: readonly number[]): number =>
        Array.from({ length: ROWS }, (_, i) => weightOf(i) * Math.min(...chosen.map((row) => distance(i, row)))).reduce(
          (sum, value) => sum + value,
          0,
        );
      // 700 additions of d-term sums, in another order; coordinates near 1000 on the host, near 0 on the backend.
      const close = (found: number, right: number, scale: number): void =>
        expect(Math.abs(found - right)).toBeLessThanOrEqual(1e-11 * scale);

      const potentials = createPotentials(rows, how === "kernels" ? kernelDistances(rows, await rows.place()) : undefined);
      const chosen: number[] = [];
      const pace = createPace();
      for (const row of [3, 100, 101, 102, 555]) {
        chosen.push(row);
        const total = await potentials.closer(row, pace);
        close(total, totalOf(chosen), total);
        const candidates = Int32Array.of(9, 3, 444);
        const left = await potentials.left(candidates, pace);
        left.forEach((sum, t) => close(sum, totalOf([...chosen, candidates[t]!]), total));
        const drawn = potentials.draw(total, createRandom(row));
        expect(weightOf(drawn) * Math.min(...chosen.map((one) => distance(drawn, one)))).toBeGreaterThan(0);
      }
    });
  });
});

describe("k-means++", () => {
  it("calls kernels where rows are many, and chooses the same rows as plain loops do", async () => {
    const rows = rowsOf(5000, 4, true);
    expect([measuredOnHost(rows), measuredOnHost({ ...rows, backend: referenceBackend })]).toEqual([false, true]);

    const chosen = await kMeansPlusPlus(rows, 8, createRandom(1), createPace());

    expect(chosen).toEqual(await kMeansPlusPlus({ ...rows, backend: referenceBackend }, 8, createRandom(1), createPace()));
    expect(new Set(chosen).size).toBe(8);
  });

  it.each([10, 5000])("chooses any rows once every one of %i lies on a chosen one", async (n) => {
    const twoPoints = matrix(
      Float64Array.from({ length: 4 * n }, (_, at) => (at < 2 * n ? 1e8 + 0.1 : 7)),
      n,
      4,
    );
    const rows = { ...rowsOf(n, 4, false), host: twoPoints };
    const place = async () => ({
      handle: await rows.backend.upload(twoPoints, { origin: Float64Array.of(3, 1e8, 0.1, 5) }),
      origin: Float64Array.of(3, 1e8, 0.1, 5),
      release() {},
    });

    const chosen = await kMeansPlusPlus({ ...rows, place }, 5, createRandom(2), createPace());

    expect(new Set(chosen.subarray(0, 2).map((row) => Number(row < n / 2))).size).toBe(2);
    expect(chosen.every((row) => row >= 0 && row < n)).toBe(true);
  });
});
