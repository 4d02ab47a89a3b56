import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withBackendTable } from "../src/backends-guide.ts";
import type { DatedReport } from "../src/report.ts";

const root = join(import.meta.dirname, "..", "..");
const results = join(root, "bench", "results", "backends.json");

const report: DatedReport = {
  benchmark: "backends",
  unit: "EM iteration",
  rounds: 1,
  machine: { cpu: "Abacus 3", cores: 1, memoryGiB: 1, platform: "none", node: "24.0.0", v8: "13" },
  about: ['tfjs-webgl in Chromium on "SwiftShader": a graphics device in software, whose times say nothing of a real one.'],
  absent: [],
  cases: [
    {
      labels: { n: "100", d: "2", k: "3" },
      series: [
        { contender: "reference", seconds: [0.004], outcome: {} },
        { contender: "tfjs-webgl", seconds: [9], outcome: {} },
      ],
      ratios: [],
      remarks: { "reference, difference": "0e+0", "tfjs-webgl, difference": "2e-8" },
    },
  ],
  disagreements: [],
};

describe("the table of backends in the guide", () => {
  it("stands there as the last results make it", () => {
    const guide = readFileSync(join(root, "docs", "guides", "choosing-a-backend.md"), "utf8");
    expect(existsSync(results)).toBe(true);
    expect(withBackendTable(guide, JSON.parse(readFileSync(results, "utf8")) as DatedReport)).toBe(guide);
  });

  it("has figures of those that took part, and no times of devices in software", () => {
    const page = withBackendTable(
      "before <!-- made by npm run bench -- --page, from bench/results/backends.json -->old<!-- end --> after",
      report,
    );

    expect(page).toMatch(
      /^before .*\n\n\| backend \| precision \| log-likelihood off by \| 100 rows, 2 features, 3 components \| runs in \|/,
    );
    expect(page).toContain("| `reference` | float64 | 0 | 4.00 | everywhere |");
    expect(page).toContain("| `tfjs-webgl` | float32 | 2e-8 | not measured |");
    expect(page).toContain("| `tfjs-cpu` | float32 | – | – | everywhere |");
    expect(page).toMatch(/<!-- end --> after$/);
  });

  it("needs a page with a place for it", () => {
    expect(() => withBackendTable("no place", report)).toThrow("no place for the table");
  });
});
