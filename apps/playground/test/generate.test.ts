import { describe, expect, it } from "vitest";
import { generate, SCATTERED } from "../src/data/generate.ts";
import { defaultGenerated, generatorNames } from "../src/state/state.ts";

describe.each(generatorNames)("generated %s", (generator) => {
  const recipe = { ...defaultGenerated, generator, rows: 500, features: 4, groups: 3, outliers: 0.1 };

  it("are finite, of the size asked for, and the same for the same recipe", () => {
    const { data, columns, groups } = generate(recipe);
    expect([data.length, columns, groups.length]).toEqual([2000, 4, 500]);
    expect(data.every(Number.isFinite)).toBe(true);
    expect(generate(recipe)).toEqual({ data, columns, groups });
    expect(generate({ ...recipe, seed: 2 }).data).not.toEqual(data);
  });

  it("have the fraction of scattered rows asked for", () => {
    const { groups } = generate(recipe);
    expect(groups.filter((group) => group === SCATTERED)).toHaveLength(50);
    expect(new Set(groups).size).toBe(generator === "moons" ? 3 : 4);
  });

  it("may be nothing but scattered rows, and as few as two", () => {
    expect(generate({ ...recipe, rows: 2, outliers: 0.5, features: 10, groups: 20 }).data.every(Number.isFinite)).toBe(true);
  });
});

it("blobs keep a distance from each other", () => {
  const { data, groups } = generate({ ...defaultGenerated, rows: 4000, groups: 4, spread: 0.1 });
  const centres = [0, 1, 2, 3].map((group) => {
    const rows = [...groups.keys()].filter((row) => groups[row] === group);
    return [0, 1].map((j) => rows.reduce((sum, row) => sum + data[2 * row + j]!, 0) / rows.length);
  });
  const distances = centres.flatMap((a, k) => centres.slice(k + 1).map((b) => Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!)));
  // Drawn again below 5.5 standard deviations as long as the last of sixty tries asks for 1.5.
  expect(Math.min(...distances)).toBeGreaterThan(1.5);
});
