import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { ECOD } from "../src/index.ts";

interface Reference {
  readonly data: string;
  readonly skewness: readonly number[];
  readonly pyod: { scores: number[]; threshold: number; outliers: number[]; contributionsFirst5: number[][] };
  readonly paper: { scores: number[]; threshold: number };
}

const folder = join(import.meta.dirname, "..", "..", "..", "test", "reference", "pyod");
const files = ["faithful", "wine", "hbk", "diabetes", "breast_cancer"].map(
  (name) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Reference,
);

// Sums of some tens of logarithms of the same fractions: rounding only.
const ROUNDING = 1e-13;

function expectNear(found: ArrayLike<number>, right: readonly number[]): void {
  expect(found.length).toBe(right.length);
  right.forEach((value, i) => expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(ROUNDING * Math.max(1, Math.abs(value))));
}

describe.each(files)("on $data", ({ data, skewness, pyod, paper }) => {
  const { rows } = loadData(data);

  it("scores and threshold are those of the paper's formulas", async () => {
    const model = await new ECOD().fit(rows);

    expectNear(
      await model.scoreSamples(rows),
      paper.scores.map((score) => -score),
    );
    expectNear([model.threshold], [-paper.threshold]);
  });

  it('scores, threshold, outliers and contributions with tails "feature" are PyOD\'s', async () => {
    const model = await new ECOD({ tails: "feature" }).fit(rows);

    const labels = await model.predict(rows);

    expectNear(
      await model.scoreSamples(rows),
      pyod.scores.map((score) => -score),
    );
    expectNear([model.threshold], [-pyod.threshold]);
    expect([...labels.keys()].filter((i) => labels[i] === -1)).toEqual(pyod.outliers);
    expectNear((await model.explain(rows.slice(0, 5))).data, pyod.contributionsFirst5.flat());
  });

  it("skewness is SciPy's", async () => {
    const found = (await new ECOD().fit(rows)).skewness;

    // Third moments lose some digits where a feature's mean is a hundred times its deviation.
    skewness.forEach((value, j) => expect(Math.abs(found[j]! - value)).toBeLessThan(1e-11 * Math.max(1, Math.abs(value))));
  });
});
