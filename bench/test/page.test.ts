import { describe, expect, it } from "vitest";
import { benchmarkPage } from "../src/page.ts";
import { sums } from "./sums.ts";

const titles = new Map([
  ["products", "Products"],
  ["sums", "Sums"],
]);

describe("the page of the docs", () => {
  it("says how to run the benchmarks again", () => {
    expect(benchmarkPage([], titles)).toContain("npm run bench -- --page");
  });

  it("has a section for every benchmark that is still there, in their order", () => {
    const page = benchmarkPage([sums, { ...sums, benchmark: "products" }, { ...sums, benchmark: "gone" }], titles);
    expect(page.match(/^## .*$/gm)).toEqual(["## Run it yourself", "## Products", "## Sums"]);
  });

  it("begins with EM", () => {
    const both = new Map([...titles, ["em-iteration", "An iteration of EM"]]);
    const page = benchmarkPage([sums, { ...sums, benchmark: "em-iteration" }], both);
    expect(page.match(/^## .*$/gm)).toEqual(["## Run it yourself", "## An iteration of EM", "## Sums"]);
  });

  it("puts losses above the tables", () => {
    const page = benchmarkPage([sums], titles);
    expect(page).toContain("**Where another program is faster** (ratio below 1):\n\n- theirs ÷ ours: 30 (0.500)\n");
    expect(page.indexOf("Where another program")).toBeLessThan(page.indexOf("### Ratios"));
  });

  it("says when there are none, and when there was nobody to lose to", () => {
    const wins = { ...sums, cases: sums.cases.slice(0, 2) };
    expect(benchmarkPage([wins], titles)).toContain("**Where another program is faster:** nowhere in the one case compared.");
    expect(benchmarkPage([{ ...sums, cases: sums.cases.slice(1, 2) }], titles)).toContain("Nothing to compare with took part.");
  });

  it("repeats who was absent and which machine it was", () => {
    const page = benchmarkPage([sums], titles);
    expect(page).toContain("- Absent: scikit-learn 1T");
    expect(page).toContain("- Abacus 3, 1 core");
  });
});
