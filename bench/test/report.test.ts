import { describe, expect, it } from "vitest";
import type { Report } from "../src/report.ts";
import { markdown } from "../src/report.ts";

const report: Report = {
  benchmark: "sums",
  unit: "sum",
  rounds: 3,
  machine: { cpu: "Abacus 3", cores: 1, memoryGiB: 8, platform: "linux x64", node: "24.0.0", v8: "13.6" },
  about: ["Data: ten numbers, seed 7, float64."],
  absent: [{ name: "scikit-learn 1T", reason: "No module named 'sklearn'" }],
  cases: [
    {
      labels: { n: "10" },
      series: [
        { contender: "ours", seconds: [0.001, 0.003, 0.002], outcome: { total: 45 } },
        { contender: "theirs", seconds: [0.25, 0.25, 0.25], outcome: { total: 45 } },
      ],
      ratios: [{ slower: "theirs", faster: "ours", median: 125, least: 83.3333, most: 250 }],
      remarks: { total: "45" },
    },
    {
      labels: { n: "20" },
      series: [{ contender: "ours", seconds: [0.004], outcome: { total: 190 } }],
      ratios: [],
      remarks: { total: "190" },
    },
  ],
  disagreements: [],
};

describe("a report in Markdown", () => {
  it("has a line per case, medians in milliseconds, ratios with their spread, and a dash for what was not measured", () => {
    const table = markdown(report).split("\n\n").at(-1);
    expect(table).toBe(
      [
        "| n | ours | theirs | theirs ÷ ours | total |",
        "| --- | ---: | ---: | ---: | ---: |",
        "| 10 | 2.00 | 250 | **125** (83.3–250) | 45 |",
        "| 20 | 4.00 | – | – | 190 |",
        "",
      ].join("\n"),
    );
  });

  it("states machine, data and method above the table", () => {
    const text = markdown(report);
    expect(text).toContain("- Abacus 3, 1 core, 8 GiB, linux x64, Node 24.0.0 (V8 13.6)");
    expect(text).toContain("- Data: ten numbers, seed 7, float64.");
    expect(text).toContain("Milliseconds per sum: medians of 3 rounds");
  });

  it("names the peer that is absent, and why", () => {
    expect(markdown(report)).toContain("- Absent: scikit-learn 1T (No module named 'sklearn').");
  });

  it("does not hide that contenders reached different results", () => {
    const text = markdown({ ...report, disagreements: ["theirs is 0.5 off at n = 10."] });
    expect(text).toContain("- **Disagreement**: theirs is 0.5 off at n = 10.");
  });
});
