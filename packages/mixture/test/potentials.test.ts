import type { Backend } from "@mixtura/backend";
import { defineBackend, referenceBackend } from "@mixtura/backend";
import type { Metric } from "@mixtura/backend/internal/factors";
import type { ResidentRows } from "@mixtura/backend/internal/rows";
import { residentRows } from "@mixtura/backend/internal/rows";
import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createPace, createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { kMeansPlusPlus, randomRows } from "../src/starts/k-means-plus-plus.ts";

/** A backend that is not the reference backend itself, and how often its distances were asked for. */
function anotherBackend(): { backend: Backend; calls: () => number } {
  let calls = 0;
  const { kernels } = referenceBackend;
  const squaredMahalanobis: typeof kernels.squaredMahalanobis = (...given) => {
    calls++;
    return kernels.squaredMahalanobis(...given);
  };
  const backend = defineBackend({ ...referenceBackend, name: "another", kernels: { ...kernels, squaredMahalanobis } });
  return { backend, calls: () => calls };
}

/** Rows around 5 points, far from the origin. */
function tableOf(n: number, d: number): Matrix {
  const random = createRandom(d);
  const centres = Float64Array.from({ length: 5 * d }, () => 1000 + 6 * random.uniform());
  const data = Float64Array.from({ length: n * d }, (_, at) => centres[(Math.floor(at / d) % 5) * d + (at % d)]! + random.normal());
  return matrix(data, n, d);
}

const weightsOf = (n: number): Float64Array => Float64Array.from({ length: n }, (_, row) => (row % 4) / 2);

function rowsOn(backend: Backend, host: Matrix, weights?: Float64Array, origin = host.data.slice(0, host.columns)): ResidentRows {
  return residentRows({ backend, host, weights, origin, pace: createPace() });
}

const metrics = {
  diag: (d: number): Metric => ({ shape: "diag", whitening: Float64Array.from({ length: d }, (_, j) => 1 / (j + 1)) }),
  spherical: (): Metric => ({ shape: "spherical", whitening: Float64Array.of(0.5) }),
};

describe.each(["plain loops", "kernels"])("potentials by %s", (how) => {
  describe.each([1, 2, 3, 4, 7, 11, 16])("in %i features", (d) => {
    it.each([
      [false, "diag"],
      [true, "diag"],
      [true, "spherical"],
    ] as const)("are squared distances to the nearest chosen row, weighted: %s, %s", async (weighted, shape) => {
      // Fewer numbers than 2¹⁴ are not worth a call of a kernel.
      const ROWS = how === "kernels" ? Math.max(700, Math.ceil(2 ** 14 / d) + 1) : 700;
      const host = tableOf(ROWS, d);
      const { data } = host;
      const weights = weighted ? weightsOf(ROWS) : undefined;
      const metric = metrics[shape](d);
      const { whitening } = metric;
      const weightOf = (row: number): number => weights?.[row] ?? 1;
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
      // Additions of some thousand d-term sums, in another order; coordinates near 1000 on the host, near 0 on the backend.
      const close = (found: number, right: number, scale: number): void =>
        expect(Math.abs(found - right)).toBeLessThanOrEqual(1e-11 * scale);

      const { backend, calls } = anotherBackend();
      const potentials = rowsOn(backend, host, weights).potentials(metric);
      const chosen: number[] = [];
      for (const row of [3, 100, 101, 102, 555]) {
        chosen.push(row);
        const total = await potentials.closer(row);
        close(total, totalOf(chosen), total);
        const candidates = Int32Array.of(9, 3, 444);
        const left = await potentials.left(candidates);
        left.forEach((sum, t) => close(sum, totalOf([...chosen, candidates[t]!]), total));
        const drawn = potentials.draw(total, createRandom(row));
        expect(weightOf(drawn) * Math.min(...chosen.map((one) => distance(drawn, one)))).toBeGreaterThan(0);
      }
      expect(calls() > 0).toBe(how === "kernels");
    });
  });
});

describe("k-means++", () => {
  const metric = metrics.diag(4);

  it("calls kernels where rows are many, and chooses the same rows as plain loops do", async () => {
    const { backend, calls } = anotherBackend();
    const [host, weights] = [tableOf(5000, 4), weightsOf(5000)];

    const chosen = await kMeansPlusPlus({ rows: rowsOn(backend, host, weights), metric }, 8, createRandom(1));

    const plain = rowsOn(referenceBackend, host, weights);
    expect(chosen).toEqual(await kMeansPlusPlus({ rows: plain, metric }, 8, createRandom(1)));
    expect(new Set(chosen).size).toBe(8);
    expect(calls()).toBe(7);
  });

  it.each([
    [2, 2],
    [3, 3],
    [7, 3],
    [8, 4],
  ])("takes each of %i rows from 2 + ⌊log k⌋ = %i that were drawn", async (k, trials) => {
    const rows = rowsOn(referenceBackend, tableOf(100, 4));
    const compared: number[] = [];
    const potentials: typeof rows.potentials = (given) => {
      const found = rows.potentials(given);
      const left: typeof found.left = (candidates) => {
        compared.push(candidates.length);
        return found.left(candidates);
      };
      return { ...found, left };
    };

    await kMeansPlusPlus({ rows: { ...rows, potentials }, metric }, k, createRandom(1));

    expect(compared).toEqual(Array.from({ length: k - 1 }, () => trials));
  });

  it.each([10, 5000])("chooses any rows once every one of %i lies on a chosen one", async (n) => {
    const { backend } = anotherBackend();
    const twoPoints = matrix(
      Float64Array.from({ length: 4 * n }, (_, at) => (at < 2 * n ? 1e8 + 0.1 : 7)),
      n,
      4,
    );
    const rows = rowsOn(backend, twoPoints, undefined, Float64Array.of(3, 1e8, 0.1, 5));

    const chosen = await kMeansPlusPlus({ rows, metric }, 5, createRandom(2));

    expect(new Set(chosen.subarray(0, 2).map((row) => Number(row < n / 2))).size).toBe(2);
    expect(chosen.every((row) => row >= 0 && row < n)).toBe(true);
  });
});

describe("rows drawn by their weights", () => {
  it("are drawn without putting back: each further one from what is left, in proportion to the weights", async () => {
    const random = createRandom(5);
    const weights = Float64Array.of(4, 2, 0, 1, 1);
    const DRAWS = 4000;
    const pairs = new Map<string, number>();
    for (let t = 0; t < DRAWS; t++) {
      const drawn = (await randomRows({ count: 5, weights }, 2, random, createPace())).join(" ");
      pairs.set(drawn, (pairs.get(drawn) ?? 0) + 1);
    }

    const rows = [0, 1, 3, 4];
    for (const first of rows) {
      for (const second of rows.filter((row) => row !== first)) {
        const share = (weights[first]! / 8) * (weights[second]! / (8 - weights[first]!));
        // Five standard deviations of a binomial share: by chance once in a million.
        const room = 5 * Math.sqrt((share * (1 - share)) / DRAWS);
        expect(Math.abs((pairs.get(`${first} ${second}`) ?? 0) / DRAWS - share)).toBeLessThan(room);
      }
    }
  });
});
