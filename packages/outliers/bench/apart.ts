// How many training rows stand apart by default: { apart: 0.1 } on Gaussian rows without outliers and with 5 % at (6, …, 6), next to { gap: 0.1 }, for
// EllipticEnvelope and for the density of one Gaussian, as Markdown. Per cent of the clean rows, in brackets the tables with any; then the outliers found.
// Usage: node bench/apart.ts [replicates, default 100]
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import type { Threshold } from "../src/index.ts";
import { EllipticEnvelope, MixtureDetector } from "../src/index.ts";

const replicates = Number(process.argv[2] ?? 100);
const rules: readonly Threshold[] = [{ apart: 0.1 }, { gap: 0.1 }];

function table(seed: number, rows: number, features: number, outliers: number) {
  const random = createRandom(seed, rows, features, outliers);
  const data = Float64Array.from({ length: rows * features }, (_, at) => random.normal() + (at < outliers * features ? 6 : 0));
  return matrix(data, rows, features);
}

console.log("| rows | d | outliers | detector | apart: clean | found | gap: clean | found |");
console.log("| ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |");
for (const rows of [50, 100, 300, 1000])
  for (const features of [2, 5, 10])
    for (const outliers of [0, rows / 20].map(Math.round)) {
      const detectors = {
        EllipticEnvelope: (threshold: Threshold) => new EllipticEnvelope({ threshold }),
        "one Gaussian": (threshold: Threshold) =>
          new MixtureDetector({ nComponents: 1, covarianceType: "full", threshold, randomState: 1 }),
      };
      for (const [name, detector] of Object.entries(detectors)) {
        const cells = [];
        for (const rule of rules) {
          let [clean, tables, found] = [0, 0, 0];
          for (let seed = 0; seed < replicates; seed++) {
            const { labels } = await detector(rule).fitPredict(table(seed, rows, features, outliers));
            const alarms = labels.subarray(outliers).filter((label) => label === -1).length;
            clean += alarms / (rows - outliers);
            tables += Number(alarms > 0);
            found += labels.subarray(0, outliers).filter((label) => label === -1).length;
          }
          const percent = (part: number, of: number): string => ((100 * part) / of).toFixed(2);
          cells.push(`${percent(clean, replicates)} (${Math.round((100 * tables) / replicates)})`);
          cells.push(outliers === 0 ? "–" : percent(found, replicates * outliers));
        }
        console.log(`| ${rows} | ${features} | ${outliers} | ${name} | ${cells.join(" | ")} |`);
      }
    }
