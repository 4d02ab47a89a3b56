import { createPace, createRandom, matrix } from "@mixtura/core";
import { describe, expect, it } from "vitest";
import { createPotentials } from "../src/seeding/potentials.ts";

const ROWS = 700;

/** Rows around 5 points, whose spread is such that some are out of each other's reach and others are not. */
function rowsOf(d: number, weighted: boolean) {
  const random = createRandom(d);
  const centres = Float64Array.from({ length: 5 * d }, () => 6 * random.uniform());
  const data = Float64Array.from({ length: ROWS * d }, (_, at) => centres[(Math.floor(at / d) % 5) * d + (at % d)]! + random.normal());
  const rowWeights = weighted ? Float64Array.from({ length: ROWS }, (_, row) => (row % 4) / 2) : undefined;
  return { host: matrix(data, ROWS, d), rowWeights, inverseScale: Float64Array.from({ length: d }, (_, j) => 1 / (j + 1)) };
}

describe.each([1, 2, 3, 4, 7, 11, 12, 13, 16])("potentials in %i features", (d) => {
  it.each([false, true])("are weighted squared distances to the nearest chosen row, weighted: %s", async (weighted) => {
    const rows = rowsOf(d, weighted);
    const { data } = rows.host;
    const distance = (i: number, row: number): number => {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += ((data[i * d + j]! - data[row * d + j]!) * rows.inverseScale[j]!) ** 2;
      return sum * (rows.rowWeights?.[i] ?? 1);
    };
    const totalOf = (chosen: readonly number[]): number =>
      Array.from({ length: ROWS }, (_, i) => Math.min(...chosen.map((row) => distance(i, row)))).reduce((sum, value) => sum + value, 0);
    const close = (found: number, right: number, scale: number): void =>
      // 700 additions of d-term sums, in another order.
      expect(Math.abs(found - right)).toBeLessThanOrEqual(1e-12 * scale);

    const potentials = createPotentials(rows, 6);
    const chosen: number[] = [];
    const pace = createPace();
    for (const row of [3, 100, 101, 102, 555]) {
      chosen.push(row);
      const total = await potentials.closer(row, pace);
      close(total, totalOf(chosen), total);
      const candidates = Int32Array.of(9, 3, 444);
      const gains = await potentials.gains(candidates, pace);
      gains.forEach((gain, t) => close(gain, total - totalOf([...chosen, candidates[t]!]), total));
      const drawn = potentials.draw(total, createRandom(row));
      expect(totalOf(chosen)).toBeGreaterThan(0);
      expect(Math.min(...chosen.map((one) => distance(drawn, one)))).toBeGreaterThan(0);
    }
  });
});
