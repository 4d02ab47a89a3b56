import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import type { DetectionFacts } from "../src/index.ts";
import { renderDetection } from "../src/index.ts";
import { describe, expect, it } from "vitest";
import { faultsOf, wordsOf } from "./page.ts";

/** Rows about the origin, every twentieth far away in its first feature. */
function rows(count: number, features: number, names?: readonly string[]): Matrix {
  const random = createRandom(3);
  const data = Float64Array.from({ length: count * features }, (_, at) => random.normal() + (at % (20 * features) === 0 ? 30 : 0));
  return matrix(data, count, features, names);
}

function factsOf(X: Matrix, more: Partial<DetectionFacts> = {}): DetectionFacts {
  const d = X.columns;
  const scores = Float64Array.from(
    { length: X.rows },
    (_, row) => 0 - X.data.subarray(row * d, (row + 1) * d).reduce((sum, x) => sum + x * x, 0),
  );
  const outliers = scores.map((score) => Number(score < -400));
  const found = [...outliers.keys()].filter((row) => outliers[row] === 1);
  return {
    source: "rows.csv",
    X,
    detector: {
      type: "Example",
      sentences: ["Rows are judged by their distance."],
      thresholdSentence: "Rows that score less than −400 are anomalies (--score -400).",
      scoreName: "minus squared distance",
    },
    scores,
    threshold: -400,
    outliers: Uint8Array.from(outliers),
    anomalies: found.slice(0, 10).map((index) => ({
      index,
      score: scores[index]!,
      reason: "size: expected 0.0 ± 1.0, saw 30.0",
      values: X.data.slice(index * d, (index + 1) * d),
      contributions: X.data.slice(index * d, (index + 1) * d).map((x) => x * x),
    })),
    diagnostics: [],
    ...more,
  };
}

const unit = (d: number) => ({
  weights: [1],
  means: [Array.from({ length: d }, () => 0)],
  covariances: [Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_unused, j) => Number(i === j)))],
});

describe("a report about anomalies", () => {
  it("tells what was found, why, by what and how to repeat it", () => {
    const X = rows(100, 2, ["size", "mass"]);
    const facts = factsOf(X, {
      rowIndices: Array.from({ length: 100 }, (_, row) => row + 7),
      droppedRows: 7,
      components: unit(2),
      logDensityThreshold: -20,
      distances: { classical: factsOf(X).scores.map((score) => -score / 9), robust: factsOf(X).scores.map((score) => -score), cutoff: 400 },
      cleaning: { removed: factsOf(X).outliers, before: unit(2), after: unit(2), sentences: ["5 rows were removed."] },
      known: { column: "column kind", positive: "odd", count: 6, rocAuc: 0.987, averagePrecision: 0.9, found: 5 },
      diagnostics: [
        { code: "hyperplane", severity: "warning", message: "More than half of the rows lie on a plane: mass is constant. Leave it out." },
        { code: "note", severity: "info", message: "Something was done." },
      ],
      recipes: [{ caption: "Again", text: "mixtura detect rows.csv" }],
      createdAt: "2026-01-02",
    });
    const page = renderDetection(facts);

    const words = wordsOf(page);
    expect(faultsOf(page)).toEqual([]);
    expect(words).toContain("5 of 100 rows of rows.csv stand apart.");
    expect(words).toContain("Row 8 : size: expected 0.0 ± 1.0, saw 30.0"); // index 0, after seven rows that were left out
    expect(words).toContain("threshold: rows that score less are anomalies");
    expect(words).toContain("Robust against classical distances");
    expect(words).toContain("Distances against their χ² quantiles".replace("χ²", "&#967;&#178;"));
    expect(words).toContain("What each feature of row 8 adds to how unusual it is.");
    expect(words).toContain("5 rows were removed.");
    expect(words).toContain("Warning. More than half of the rows lie on a plane: mass is constant. Leave it out.");
    expect(words).toContain("6 rows of column kind are known to be anomalies (“odd”): 5 of them are among the 5 rows found.");
    expect(words).toContain("7 rows with a missing value were left out.");
    expect(page).toContain(`<span class="flag">--score</span>`);
    expect(page.match(/<section id="(\w+)"/g)).toHaveLength(8);
    expect(renderDetection(facts)).toBe(page);
  });

  it("says so where nothing was found", () => {
    const X = rows(15, 2);
    X.data.fill(0);
    const page = renderDetection(factsOf(X));
    expect(wordsOf(page)).toContain("None of 15 rows of rows.csv stands apart.");
    expect(wordsOf(page)).toContain("No row scores less than the threshold.");
    expect(faultsOf(page)).toEqual([]);
  });

  it.each([
    ["one feature", rows(60, 1), unit(1)],
    ["one feature without components", rows(60, 1), undefined],
    ["two features without components", rows(60, 2), undefined],
    ["fifty features", rows(60, 50), undefined],
    ["one row", rows(1, 3), undefined],
    ["more rows than can be drawn one by one", rows(20_000, 3), undefined],
  ])("shows %s", (_, X, components) => {
    const { scores } = factsOf(X);
    const distances = { classical: scores.map((score) => -score), robust: scores.map((score) => -score), cutoff: 400 };
    const page = renderDetection(factsOf(X, { distances, ...(components === undefined ? {} : { components }) }));
    expect(faultsOf(page)).toEqual([]);
    expect(page.length).toBeLessThan(1.5e6);
  });

  it("takes text from outside for text", () => {
    const hostile = `</style><script>alert(1)</script>`;
    const X = rows(40, 3, [hostile, `${hostile}2`, "x"]);
    const page = renderDetection(
      factsOf(X, {
        source: hostile,
        detector: { type: hostile, sentences: [hostile], thresholdSentence: hostile, scoreName: hostile },
        anomalies: [{ index: 0, score: -900, reason: hostile, values: X.data.slice(0, 3) }],
        recipes: [{ caption: hostile, text: hostile }],
        phrase: () => hostile,
      }),
    );
    expect(faultsOf(page)).toEqual([]);
    expect(page).not.toContain("<script>");
  });

  it("refuses scores or marks that are not one per row", () => {
    const facts = factsOf(rows(20, 2));
    expect(() => renderDetection({ ...facts, scores: new Float64Array(3) })).toThrow(expect.objectContaining({ code: "invalid-shape" }));
    expect(() => renderDetection({ ...facts, outliers: new Uint8Array(3) })).toThrow(expect.objectContaining({ code: "invalid-shape" }));
  });
});
