import { matrix } from "@mixtura/core";
import { GaussianMixture } from "@mixtura/mixture";
import { renderReport, surveyRows } from "../src/index.ts";
import { describe, expect, it } from "vitest";
import { clusters, faultsOf, pageOf, pageOfOutcome, wordsOf } from "./page.ts";

describe("a report", () => {
  it("tells the choice, the groups, the odd rows, the fit and how to repeat it", async () => {
    const X = clusters({ rows: 120, features: 2, groups: 3, names: ["size", "mass"] });
    X.data.set([30, 16], 2 * 17);
    const page = await pageOf(
      X,
      { nComponents: [1, 2, 3], covarianceType: ["tied"], nInit: 3 },
      {
        droppedRows: 2,
        rowIndices: Array.from({ length: 120 }, (_, i) => i + 2),
        skippedColumns: ["id"],
        agreement: { column: "column kind", groups: 3, adjustedRand: 0.9876 },
        recipes: [{ caption: "Again", text: "mixtura report rows.csv --seed 1" }],
        createdAt: "2026-01-02",
      },
    );

    const words = wordsOf(page);
    expect(faultsOf(page)).toEqual([]);
    expect(words).toMatch(/The 120 rows of rows\.csv fall into \d groups, or more\./);
    expect(words).toContain("2 rows with a missing value were left out. Columns that are no features: id.");
    expect(words).toContain("The most unusual row is row 20"); // index 17, after two rows that were left out
    expect(words).toMatch(/size 30 is [\d.]+ sd above/);
    expect(words).toContain("BIC of every candidate");
    expect(words).toMatch(/\d of 3 starts came to the same solution/);
    expect(words).toContain("adjusted Rand index 0.988");
    expect(words).toContain("mixtura report rows.csv --seed 1");
    expect(words).toContain("2026-01-02");
    expect(page.match(/<section id="(\w+)"/g)).toHaveLength(7);
  });

  it("is the same page, byte for byte, of the same facts", async () => {
    const X = clusters({ rows: 40, features: 3, groups: 2 });
    const options = { nComponents: [1, 2], covarianceType: "diag" } as const;

    const pages = [await pageOf(X, options), await pageOf(X, options)].map((page) => page.replaceAll(/<p>[^<]*took[^<]*<\/p>/g, ""));

    expect(pages[0]).toBe(pages[1]);
  });

  it("loads nothing, runs nothing, and forbids both", async () => {
    const page = await pageOf(clusters({ rows: 30, features: 2, groups: 2 }), { nComponents: 2, covarianceType: "full" });

    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|<script|@import/);
    expect(page).toContain("@media print");
    expect(page).toContain("@media (prefers-color-scheme:dark)");
  });
});

describe("text from outside stays text", () => {
  const hostile = [`</style><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "a\u0000b\uD800c\uFFFE", `'&amp;<b>`];

  it.each(hostile)("%j as a feature, a source, a title, a column, a recipe and a group of known rows", async (text) => {
    const X = clusters({ rows: 40, features: 3, groups: 2, names: [text, `${text}2`, "x"] });
    const page = await pageOf(
      X,
      { nComponents: [1, 2], covarianceType: "full" },
      {
        source: text,
        title: text,
        skippedColumns: [text],
        agreement: { column: text, groups: 2, adjustedRand: 1 },
        recipes: [{ caption: text, text }],
        createdAt: text,
        phrase: () => text,
      },
    );

    expect(faultsOf(page)).toEqual([]);
    expect(page).not.toContain("<script>");
    expect(page).not.toMatch(/<img/);
  });
});

describe("data that is hard to show", () => {
  it.each([
    ["one feature", { rows: 50, features: 1, groups: 2 }, { nComponents: [1, 2, 3], covarianceType: "full" }],
    ["fifty features", { rows: 200, features: 50, groups: 2 }, { nComponents: 2, covarianceType: "diag" }],
    ["thirty groups", { rows: 400, features: 2, groups: 30 }, { nComponents: 30, covarianceType: "spherical" }],
    ["one group", { rows: 50, features: 2, groups: 1 }, { nComponents: [1, 2], covarianceType: "tied" }],
    ["more rows than can be drawn one by one", { rows: 20_000, features: 2, groups: 2 }, { nComponents: 2, covarianceType: "tied" }],
  ] as const)("%s", async (_, shape, options) => {
    const X = clusters(shape);
    const model = await new GaussianMixture({
      nComponents: [options.nComponents].flat().at(-1)!,
      covarianceType: options.covarianceType,
      randomState: 1,
      maxIter: 20,
    }).fit(X);
    const pages = [await pageOfOutcome(X, { model, candidates: [], criterion: "bic", seed: 1, elapsedMilliseconds: 5 })];
    if (typeof options.nComponents !== "number") pages.push(await pageOf(X, { ...options, maxIter: 20 }));

    for (const page of pages) {
      expect(faultsOf(page)).toEqual([]);
      expect(page.length).toBeLessThan(1.5e6);
    }
  });

  it("one row, constant features, an empty group, rows without any density, a model made by hand", async () => {
    const hand = GaussianMixture.fromParameters({
      weights: [1, 0],
      means: [
        [0, 5],
        [3, 3],
      ],
      covariances: [
        [1, 1],
        [1e-6, 1e-6],
      ],
      covarianceType: "diag",
    });
    const outcome = { model: hand, candidates: [], criterion: "bic", seed: 1, elapsedMilliseconds: 0 } as const;
    for (const [rows, values] of [
      [1, [0, 5]],
      [3, [1e200, -1e200, 0, 5, 1, 5]],
      [2, [2, 5, 2, 5]],
      [2, [1e-300, 5, 1e-300, 5]],
    ] as const) {
      const page = await pageOfOutcome(matrix(Float64Array.from(values), rows, 2), outcome, { otherRows: true });

      expect(faultsOf(page)).toEqual([]);
      expect(wordsOf(page)).toContain("made from parameters");
    }
  });

  it("candidates that failed or are degenerate", async () => {
    const X = matrix(
      Float64Array.from({ length: 24 }, (_, i) => (i < 12 ? 1 : i)),
      24,
      1,
      ["minutes"],
    );
    const page = await pageOf(X, { nComponents: [1, 2, 30, 31], covarianceType: ["full", "spherical"] });

    expect(faultsOf(page)).toEqual([]);
    expect(wordsOf(page)).toContain("failed");
    expect(wordsOf(page)).toMatch(/Failed for K = 30, 31: 24 rows cannot be shared among nComponents = 30\./);
  });

  it("refuses rows that the model does not know", async () => {
    const model = GaussianMixture.fromParameters({ weights: [1], means: [[0]], covariances: [[[1]]] });
    const survey = await surveyRows(model, matrix(Float64Array.of(0), 1, 1), { randomState: 1 });
    const outcome = { model, candidates: [], criterion: "bic", seed: 1, elapsedMilliseconds: 0 } as const;

    expect(() => renderReport({ source: "x", X: matrix(new Float64Array(2), 1, 2), outcome, survey })).toThrow(
      expect.objectContaining({ code: "feature-mismatch" }),
    );
  });
});
