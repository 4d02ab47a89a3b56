import { describe, expect, it } from "vitest";
import { markdown } from "../src/markdown.ts";
import { sums } from "./sums.ts";

describe("a report in Markdown", () => {
  it("has tables with a line per case, ratios with their spread, and a dash for what was not measured", () => {
    expect(markdown(sums)).toContain(
      [
        "## Ratios",
        "",
        "| n | theirs ÷ ours |",
        "| --- | ---: |",
        "| 10 | **125** (83.3–250) |",
        "| 20 | – |",
        "| 30 | **0.500** (0.400–0.900) |",
        "",
        "## Milliseconds per sum",
        "",
        "| n | ours | theirs |",
        "| --- | ---: | ---: |",
        "| 10 | 2.00 | 250 |",
        "| 20 | 4.00 | – |",
        "| 30 | 2.00 | 1.00 |",
        "",
        "## Peak memory above the loaded data, MiB",
        "",
        "| n | ours |",
        "| --- | ---: |",
        "| 10 | 1.50 |",
      ].join("\n"),
    );
  });

  it("states machine, date, data and method above the tables", () => {
    const text = markdown({ ...sums, date: "2026-11-22", seed: 7 });
    expect(text).toContain("- Abacus 3, 1 core, 8 GiB, linux x64, Node 24.0.0 (V8 13.6), 2026-11-22, seed 7\n");
    expect(text).toContain("- Data: ten numbers, float64.");
    expect(text).toContain("- Medians of 3 rounds in which the contenders take turns");
  });

  it("averages ratios geometrically where there are several", () => {
    const ratio = "theirs ÷ ours";
    const geometricMeans = [
      { group: "all", ratio, value: 4, cases: 3 },
      { group: "full", ratio, value: 8, cases: 1 },
    ];
    expect(markdown({ ...sums, geometricMeans })).toContain("| cases | theirs ÷ ours |\n| --- | ---: |\n| all | **4.00** (3) |\n\n");
  });

  it("writes short times in short units", () => {
    expect(markdown({ ...sums, timeUnit: "nanoseconds" })).toContain(
      "## Nanoseconds per sum\n\n| n | ours | theirs |\n| --- | ---: | ---: |\n| 10 | 2000000 |",
    );
  });

  it("names the peer that is absent, and why", () => {
    expect(markdown(sums)).toContain("- Absent: scikit-learn 1T (No module named 'sklearn').");
  });

  it("does not hide that contenders reached different results", () => {
    const text = markdown({ ...sums, disagreements: ["theirs is 0.5 off at n = 10."] });
    expect(text).toContain("- **Disagreement**: theirs is 0.5 off at n = 10.");
  });
});
