import type { BlockSource } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { describe, expect, it } from "vitest";
import { ECOD } from "../src/index.ts";

const rows = Array.from({ length: 30 }, (_, i) => [Math.sin(i), (i * i) % 7]);

const source: BlockSource = {
  columns: 2,
  async *blocks() {
    for (let start = 0; start < rows.length; start += 7) {
      const part = rows.slice(start, start + 7);
      yield { X: matrix(Float64Array.from(part.flat()), part.length, 2) };
    }
  },
};

describe("ECOD on rows in blocks", () => {
  it("scores and judges them as it does rows in memory", async () => {
    const model = await new ECOD().fit(rows);
    expect(await model.scoreSamples(source)).toEqual(await model.scoreSamples(rows));
    expect(await model.predict(source)).toEqual(await model.predict(rows));
  });
});
