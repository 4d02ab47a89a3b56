import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import type { KernelDensityOptions } from "../src/index.ts";
import { KernelDensity } from "../src/index.ts";

interface Entry {
  readonly program: "sklearn" | "scipy";
  readonly options: KernelDensityOptions;
  readonly weighted: boolean;
  readonly logDensities: readonly (number | null)[];
}

const folder = join(import.meta.dirname, "..", "..", "..", "test", "reference", "kde");
const files = ["galaxies", "faithful", "iris", "diabetes"].map(
  (name) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as { data: string; points: number[][]; entries: Entry[] },
);
const cases = files.flatMap(({ data, points, entries }) => entries.map((entry) => ({ data, points, ...entry })));

describe("log-densities are those of scikit-learn and SciPy", () => {
  it.each(cases)("$program on $data: $options, weighted: $weighted", async ({ data, points, options, weighted, logDensities }) => {
    const { rows } = loadData(data);
    const sampleWeight = rows.map((_, i) => 1 + (i % 3));

    const model = await new KernelDensity(options).fit(rows, weighted ? { sampleWeight } : {});
    const found = await model.scoreSamples(points);

    // All three are exact up to rounding: that of the whitening factor for SciPy, whose condition number is below 100 here.
    const tolerance = 1e-12;
    logDensities.forEach((right, i) => {
      if (right === null) expect(found[i]).toBe(-Infinity);
      else expect(Math.abs(found[i]! - right)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(right)));
    });
  });
});
