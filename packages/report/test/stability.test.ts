import { stability } from "@mixtura/model-selection";
import { leastRecovered, stabilitySentences } from "../src/internal.ts";
import { describe, expect, it } from "vitest";
import { clusters, faultsOf, pageOf, wordsOf } from "./page.ts";

const X = clusters({ rows: 90, features: 2, groups: 3 });

describe("a look at stability", () => {
  it("has a section of its own, with its picture, a table and what to think of it", async () => {
    const found = await stability(X, { nComponents: [2, 3, 4], covarianceType: "tied", nResamples: 4, randomState: 1 });
    const options = { nComponents: [2, 3, 4], covarianceType: "tied", nInit: 3 } as const;
    const page = await pageOf(X, options, { stability: found });

    const words = wordsOf(page);
    expect(faultsOf(page)).toEqual([]);
    expect(page).toContain('<section id="stability">');
    expect(words).toContain("3 groups are stable: over 4 samples of the rows the mean adjusted Rand index");
    expect(words).toContain("Adjusted Rand index, tied covariance; recovered:");
    expect(page).toContain("Stability by number of components");
    expect(await pageOf(X, options)).not.toContain('id="stability"');
  });

  it("says what is steadier, what dissolves and what could not be fitted, and of one group nothing", () => {
    const row = {
      covarianceType: "full",
      form: "full",
      standardDeviation: 0.1,
      failed: 0,
      diagnostics: [],
      degenerate: false,
    } as const;
    const scores = Float64Array.of(0.5, 0.6);
    const rows = [
      { ...row, nComponents: 2, mean: 0.95, scores, components: Float64Array.of(0.9, 0.97) },
      { ...row, nComponents: 3, mean: 0.55, scores, components: Float64Array.of(0.9, 0.4, 0.3) },
      { ...row, nComponents: 4, mean: 0, scores: new Float64Array(0), components: new Float64Array(4), failed: 2 },
    ];
    const sentencesOf = (chosen: number) => stabilitySentences({ rows, seed: 1, elapsedMilliseconds: 1 }, chosen).join(" ");

    expect(sentencesOf(3)).toMatch(/^3 groups are not stable: .* 2 of the groups dissolve .* 2 groups come again more surely \(0\.950\)\./);
    expect(sentencesOf(2)).toMatch(/^2 groups are stable: [^.]*0\.950[^.]*\.$/);
    expect(sentencesOf(4)).toMatch(/^2 groups come again more surely/);
    expect(sentencesOf(1)).toMatch(/^One group is always the same/);
    expect(rows.map(leastRecovered)).toEqual(["90%", "30%", ""]);
  });
});
