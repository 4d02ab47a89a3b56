// Holds the packages against the values of other programs in test/reference and keeps what was found: `npm run accuracy`.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { covariances, robustCovariances } from "./covariances.ts";
import { againstMclust, againstScikitLearn } from "./mixtures.ts";
import { kernelDensities, measures, tailScores } from "./others.ts";
import { posteriors } from "./posteriors.ts";
import type { AccuracyResults } from "./results.ts";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const results: AccuracyResults = {
  date: new Date().toISOString().slice(0, 10),
  node: process.versions.node,
  comparisons: [
    await againstScikitLearn(),
    await againstMclust(),
    await posteriors(),
    await covariances(root),
    await robustCovariances(root),
    await kernelDensities(root),
    await tailScores(root),
    await measures(),
  ],
};
writeFileSync(join(root, "apps", "docs", "accuracy.json"), `${JSON.stringify(results, undefined, 2)}\n`);
for (const { title, rows } of results.comparisons)
  console.log(`${title}: ${rows.length} rows, worst ${Math.max(...rows.map(({ worst }) => worst)).toPrecision(3)}`);
