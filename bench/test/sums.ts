import type { DatedReport } from "../src/report.ts";

const outcome = { total: 45 };

/** A small report: a win, a case without the other program, and a loss. */
export const sums: DatedReport = {
  benchmark: "sums",
  unit: "sum",
  rounds: 3,
  machine: { cpu: "Abacus 3", cores: 1, memoryGiB: 8, platform: "linux x64", node: "24.0.0", v8: "13.6" },
  about: ["Data: ten numbers, float64."],
  absent: [{ name: "scikit-learn 1T", reason: "No module named 'sklearn'" }],
  cases: [
    {
      labels: { n: "10" },
      series: [
        { contender: "ours", seconds: [0.001, 0.003, 0.002], outcome, growthBytes: 1.5 * 2 ** 20 },
        { contender: "theirs", seconds: [0.25, 0.25, 0.25], outcome },
      ],
      ratios: [{ slower: "theirs", faster: "ours", median: 125, least: 83.3333, most: 250 }],
      remarks: { total: "45" },
    },
    {
      labels: { n: "20" },
      series: [{ contender: "ours", seconds: [0.004], outcome }],
      ratios: [],
      remarks: { total: "190" },
    },
    {
      labels: { n: "30" },
      series: [
        { contender: "ours", seconds: [0.002], outcome },
        { contender: "theirs", seconds: [0.001], outcome },
      ],
      ratios: [{ slower: "theirs", faster: "ours", median: 0.5, least: 0.4, most: 0.9 }],
      remarks: { total: "435" },
    },
  ],
  disagreements: [],
};
