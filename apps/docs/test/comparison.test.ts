import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { comparison, withComparison } from "../src/comparison/comparison.ts";
import type { Figures } from "../src/comparison/figures.ts";
import { readFigures } from "../src/comparison/figures.ts";
import { slower, spread, within } from "../src/comparison/numbers.ts";
import { freshReadme, PICTURE, readmePicture } from "../src/comparison/readme.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const figures = readFigures(root);

describe("the comparison with other programs (#18)", () => {
  it("stands in the README as the kept results have it; `node apps/docs/src/comparison/main.ts` writes it", () => {
    expect(freshReadme(read("README.md"), figures)).toBe(read("README.md"));
  });

  it("has its place on the first page, and on no other", () => {
    expect(withComparison(read("docs/index.md"), figures)).toContain("## Next to scikit-learn, mclust and PyOD");
    expect(withComparison("# Another\n", figures)).toBe("# Another\n");
  });

  it("leads from every row of figures to where they were measured", () => {
    const text = comparison(figures);
    const measured = text.slice(text.indexOf("### The same numbers"));
    const rows = measured.split("\n").filter((line) => line.startsWith("| ") && !/^\| (?:---|what|work|kind)/.test(line));
    const kinds = figures.kinds().map(({ what }) => `| ${what} `);
    const loose = rows.filter((row) => !row.includes("](") && !kinds.some((start) => row.startsWith(start)));

    expect(rows.length).toBeGreaterThan(15);
    expect(loose).toEqual([]);
    for (const [, file] of text.matchAll(/\]\((?!\/)([^)#]+\.md)/g)) expect(existsSync(join(root, "docs", file!)), file).toBe(true);
  });

  it("follows the results: other figures, other words", () => {
    const worse: Figures = { ...figures, ratios: () => [0.5, 2] };

    expect(comparison(worse)).toContain("| scikit-learn | 0.50 to 2.0, mean 1.0 |");
    expect(comparison(worse)).toContain("in 1 of 2 sizes (0.50 at worst)");
  });

  it("reads every kind of table with all that decision 0026 says of it", () => {
    const kinds = figures.kinds();
    expect(kinds).toHaveLength(6);
    expect(kinds.flatMap(({ found }) => [...found.keys()]).filter((program) => program === "mclust")).toHaveLength(5);
  });

  it("says of features only what holds for all of the sizes measured", () => {
    const cases = (benchmark: string) =>
      (
        JSON.parse(read(`bench/results/${benchmark}.json`)) as {
          cases: { labels: { d: string }; ratios: { faster: string; median: number }[] }[];
        }
      ).cases;
    const lost = (benchmark: string, faster: string) =>
      cases(benchmark).filter(({ ratios }) => ratios.some((ratio) => ratio.faster === faster && ratio.median < 1));

    // "from 16 features on in all of them"
    expect(cases("em-iteration").filter(({ labels }) => Number(labels.d) >= 16)).toEqual(
      lost("em-iteration", "reference").filter(({ labels }) => Number(labels.d) >= 16),
    );
    // "all of them with 16 features or more"
    expect(lost("k-means", "wasm 2T").every(({ labels }) => Number(labels.d) >= 16)).toBe(true);
  });
});

describe("the README's picture", () => {
  it("is what its example chooses, as it is drawn today; `node apps/docs/src/comparison/main.ts` writes it", async () => {
    expect(`${await readmePicture()}\n`).toBe(read(PICTURE));
  });
});

describe("figures in words", () => {
  it.each([
    [[2.236, 31.4], "2.2 to 31, mean 8.4"],
    [[0.634], "0.63"],
  ])("%j is %j", (ratios, words) => expect(spread(ratios)).toBe(words));

  it("a bound is never below what was found", () => {
    expect(within([1.08e-9, -3e-13])).toBe("2e-9");
    expect(within([9.6e-9])).toBe("1e-8");
  });

  it("names the worst of the losses, where there is one", () => {
    expect(slower([0.88, 1.5, 0.634])).toBe("in 2 of 3 sizes (0.63 at worst)");
    expect(slower([1.5])).toBe("in 0 of 1 sizes");
  });
});
