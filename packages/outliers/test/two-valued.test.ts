import type { Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import { loadCase } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { EllipticEnvelope } from "../src/index.ts";

/** Places of the last two rows when all are sorted by their scores, from 1. */
async function ranksOfPlanted(rows: readonly (readonly number[])[]): Promise<readonly number[]> {
  const { scores } = await new EllipticEnvelope({ threshold: { chiSquare: 0.999 } }).fitPredict(rows);
  return [rows.length - 2, rows.length - 1].map((planted) => 1 + scores.filter((score) => score < scores[planted]!).length);
}

describe("two planted amounts next to a column that mostly holds one value (#17)", () => {
  it.each(["flag-01", "flag-10", "flag-30", "flag-55"])("are the two most unusual rows: %s", async (name) => {
    expect(await ranksOfPlanted(loadCase(name).rows)).toEqual([1, 2]);
  });

  const kinds: Readonly<Record<string, (random: Random, fraction: number) => number[]>> = {
    "a flag": (random, fraction) => [Number(random.uniform() < fraction)],
    "a flag of -1 and 7": (random, fraction) => [random.uniform() < fraction ? 7 : -1],
    "two flags": (random, fraction) => [Number(random.uniform() < fraction), Number(random.uniform() < 0.2)],
    "mostly-zero amounts": (random, fraction) => [random.uniform() < fraction ? 50 + 10 * random.normal() : 0],
    "a small count": (random, fraction) => [random.uniform() < fraction ? 1 + Number(random.uniform() < 0.2) : 0],
  };
  const fractions = Array.from({ length: 28 }, (_, i) => (2 * i + 1) / 100); // 1, 3, … 55 %

  it.each(Object.keys(kinds))("are, for every fraction of rows that deviate from 1 to 55 %%: %s", async (kind) => {
    for (const fraction of fractions) {
      // Where more rows hold amounts than zeros, zeros are another group, and not the bulk.
      if (kind === "mostly-zero amounts" && fraction > 0.5) continue;
      const random = createRandom(7, Math.round(100 * fraction));
      const measured = (): number[] => [100 + 15 * random.normal(), 40 + 5 * random.normal()];
      const column = (): number[] => kinds[kind]!(random, fraction);
      const rows = Array.from({ length: 300 }, () => [...column(), ...measured()]);
      rows.push([...column(), 1000, 41], [...column(), 235, 40]);

      expect({ fraction, ranks: await ranksOfPlanted(rows) }).toEqual({ fraction, ranks: [1, 2] });
    }
  });
});
