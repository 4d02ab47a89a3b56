// How often the thresholds of EllipticEnvelope call a clean training row an outlier, without outliers among the rows and with 20 % at +8, under both
// corrections of the robust covariance, as Markdown. The rate that was asked for is 2.5 %, for { contamination } a fraction of all rows. In the last column
// the fraction of the outliers that were found. Usage: node bench/thresholds.ts [replicates, default 40] [rows, default 500]
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import type { Threshold } from "../src/index.ts";
import { EllipticEnvelope } from "../src/index.ts";

const replicates = Number(process.argv[2] ?? 40);
const rows = Number(process.argv[3] ?? 500);
const RATE = 0.025;

function table(seed: number, features: number, outliers: number) {
  const random = createRandom(seed, rows, features, outliers);
  const data = Float64Array.from({ length: rows * features }, (_, at) => random.normal() + (at < outliers * features ? 8 : 0));
  return matrix(data, rows, features);
}

console.log("| d | outliers | threshold | correction nominal | correction robustbase | outliers found |");
console.log("| ---: | --- | --- | ---: | ---: | ---: |");
for (const features of [1, 5, 20])
  for (const share of [0, 0.2]) {
    const outliers = share * rows;
    const thresholds: readonly Threshold[] = [
      { chiSquare: 1 - RATE },
      { hardinRocke: 1 - RATE },
      { contamination: share + RATE * (1 - share) },
    ];
    for (const threshold of thresholds) {
      const rates: string[] = [];
      let found = 0;
      for (const correction of ["nominal", "robustbase"] as const) {
        const alarms: number[] = [];
        for (let seed = 0; seed < replicates; seed++) {
          const { labels } = await new EllipticEnvelope({ threshold, correction }).fitPredict(table(seed, features, outliers));
          const clean = labels.subarray(outliers);
          alarms.push(clean.filter((label) => label === -1).length / clean.length);
          if (correction === "nominal") found += labels.subarray(0, outliers).filter((label) => label === -1).length;
        }
        const mean = alarms.reduce((sum, rate) => sum + rate / replicates, 0);
        const variance = alarms.reduce((sum, rate) => sum + (rate - mean) ** 2 / (replicates - 1), 0);
        rates.push(`${(100 * mean).toFixed(2)} ± ${((196 * Math.sqrt(variance)) / Math.sqrt(replicates)).toFixed(2)} %`);
      }
      const kind = `{ ${Object.keys(threshold)[0]!} }`;
      const recall = outliers === 0 ? "–" : `${((100 * found) / (replicates * outliers)).toFixed(1)} %`;
      console.log(`| ${features} | ${100 * share} % | ${kind} | ${rates.join(" | ")} | ${recall} |`);
    }
  }
