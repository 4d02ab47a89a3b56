import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { EmpiricalCovariance } from "../src/index.ts";
import { findHyperplanes } from "../src/internal.ts";

/** Iris with columns made from its own. */
function extended(...made: ((row: readonly number[]) => number)[]): number[][] {
  return loadData("iris").rows.map((row) => [...row, ...made.map((make) => make(row))]);
}

async function warningsOf(rows: MatrixOf) {
  const { trace } = await new EmpiricalCovariance().fit(rows);
  return trace.diagnostics
    .filter(({ code }) => /^(collinear|constant)/.test(code))
    .map(({ code, message, detail }) => ({ code, message, detail }));
}

type MatrixOf = readonly (readonly number[])[] | readonly Readonly<Record<string, number>>[];

describe("rows on a hyperplane: diagnostics name it", () => {
  it("by names and numbers: a total is the sum of its parts", async () => {
    const rows = extended(([a, b]) => a! + b!).map(([a, b, c, d, total]) => ({ a: a!, b: b!, c: c!, d: d!, total: total! }));

    const [warning, ...others] = await warningsOf(rows);

    expect(others).toEqual([]);
    expect(warning!.code).toBe("collinear-features");
    expect(warning!.message).toContain('"total" = "a" + "b" in every row');
    expect(warning!.detail).toEqual({ features: [4, 0, 1], coefficients: [1, expect.closeTo(-1, 9), expect.closeTo(-1, 9)], offset: 0 });
  });

  it("each by itself: a duplicate, a change of unit, a constant", async () => {
    const warnings = await warningsOf(
      extended(
        ([a]) => a!,
        ([, , , d]) => 1.8 * d! + 32,
        () => 5,
      ),
    );

    expect(warnings.map(({ code }) => code)).toEqual(["collinear-features", "collinear-features", "constant-feature"]);
    expect(warnings[2]!.detail).toEqual({ feature: 6 });
    expect(warnings[0]!.message).toContain("Feature 4 = feature 0 in every row");
    expect(warnings[1]!.message).toContain("Feature 5 = 1.8 × feature 3 + 32 in every row");
  });

  it("all together where there are many: fewer rows than features", async () => {
    const { rows } = loadData("octane");

    const warnings = await warningsOf(rows);

    // 39 rows about their mean span 38 directions.
    expect(warnings).toHaveLength(1);
    expect(warnings[0]!.message).toContain("differ in 38 of 226 directions only: 188 features (feature 38, feature 39, feature 40, …)");
    expect(warnings[0]!.detail).toMatchObject({ rank: 38 });
  });

  it("and nothing where there is none, however correlated features are", async () => {
    // 1e-4 of a feature's deviation is a hundred thousand times what rounding leaves.
    expect(await warningsOf(extended(([a, b, c, d], ...rest) => a! + b! + 1e-4 * Math.sin(1e3 * (a! + c! * d! + rest.length))))).toEqual(
      [],
    );
    expect(await warningsOf(loadData("breast_cancer").rows)).toEqual([]);
  });
});

describe("hyperplanes of a covariance", () => {
  it("hold for every row, in any units", async () => {
    const rows = extended(
      ([a, b, c]) => 1e6 * (a! - 2 * b!) + 3 * c!,
      ([, b, , d]) => 1e-5 * (d! + b!) - 7,
    );
    const { location, covariance } = await new EmpiricalCovariance().fit(rows);
    const scales = Float64Array.from(location, (_, j) => covariance.data[j * 7]!);

    const { rank, dependent, hyperplanes } = findHyperplanes({ location, covariance: covariance.data, scales });

    expect(rank).toBe(4);
    expect(dependent).toEqual([4, 5]);
    for (const { columns, coefficients, offset } of hyperplanes) {
      const spread = Math.sqrt(scales[columns[0]!]!);
      for (const row of rows) {
        const terms = columns.map((column, i) => coefficients[i]! * row[column]!);
        const off = terms.reduce((sum, term) => sum + term, -offset);
        // Coefficients carry the rounding of the covariance times the condition number of iris, about 100 where features have unit variance;
        // the values themselves are rounded, too.
        const rounding = terms.reduce((sum, term) => sum + Math.abs(term) * 2 ** -50, 0);
        expect(Math.abs(off)).toBeLessThan(1e-11 * spread + rounding);
      }
    }
  });

  it("are as many as are asked for", () => {
    const ones = new Float64Array(9).fill(1);
    const question = { location: Float64Array.of(1, 2, 3), covariance: ones, scales: Float64Array.of(1, 1, 1) };

    expect(findHyperplanes(question).hyperplanes).toEqual([
      { columns: [1, 0], coefficients: [1, -1], offset: 1 },
      { columns: [2, 0], coefficients: [1, -1], offset: 2 },
    ]);
    expect(findHyperplanes({ ...question, most: 1 })).toMatchObject({ rank: 1, dependent: [1, 2], hyperplanes: [{ columns: [1, 0] }] });
  });

  it("are none where every feature has something of its own", () => {
    const question = { location: Float64Array.of(0, 0), covariance: Float64Array.of(1, 0.9, 0.9, 1), scales: Float64Array.of(1, 1) };

    expect(findHyperplanes(question)).toEqual({ rank: 2, dependent: [], hyperplanes: [] });
  });
});
