// How wide MinCovDet's covariance is when some rows are outliers, next to robustbase's covMcd and scikit-learn's MinCovDet on the same rows, as Markdown:
//   node packages/covariance/bench/contamination.ts [replicates, default 40] [rows, default 500] [features, default 1,5,10,20]
// The true mean variance is 1. Columns: the mean over the replicates and its 95 % interval. Rscript with robustbase and a Python with scikit-learn
// (MIXTURA_PYTHON, else python3) take part where they are. Seeds are 0 to replicates − 1.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MinCovDet } from "../src/index.ts";
import type { Planted } from "../test/robust/planted.ts";
import { meanVariance, places, planted } from "../test/robust/planted.ts";

const SHARES = [0, 0.1, 0.2, 0.3, 0.4];

const replicates = Number(process.argv[2] ?? 40);
const rows = Number(process.argv[3] ?? 500);
const featuresOf = (process.argv[4] ?? "1,5,10,20").split(",").map(Number);
const folder = mkdtempSync(join(tmpdir(), "mixtura-contamination-"));

/** The lines that a peer prints for tables of a file; nothing where it is not there. */
function peer(command: string, script: string, path: string, features: number): number[] | undefined {
  try {
    const out = execFileSync(command, [join(import.meta.dirname, script), path, String(rows), String(features)], { encoding: "utf8" });
    return out.trim().split(/\s+/).map(Number);
  } catch {
    return undefined;
  }
}

function told(values: readonly number[] | undefined): string {
  if (values === undefined) return "–";
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2 / (values.length - 1), 0);
  return `${mean.toFixed(3)} ± ${(1.96 * Math.sqrt(variance / values.length)).toFixed(3)}`;
}

console.log("| outliers | n | d | truth | Mixtura | correction robustbase | robustbase | scikit-learn |");
console.log("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
for (const features of featuresOf)
  for (const place of places)
    for (const share of SHARES) {
      if (share === 0 && place !== places[0]) continue;
      const kind: Planted = { rows, features, share, place };
      const tables = Array.from({ length: replicates }, (_, seed) => planted(seed, kind).X);
      const path = join(folder, "tables.f64");
      writeFileSync(path, Buffer.concat(tables.map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength))));
      const ours: number[] = [];
      const theirs: number[] = [];
      for (const X of tables) {
        ours.push(meanVariance((await new MinCovDet().fit(X)).covariance));
        theirs.push(meanVariance((await new MinCovDet({ correction: "robustbase" }).fit(X)).covariance));
      }
      const found = [
        told(ours),
        told(theirs),
        told(peer("Rscript", "contamination.R", path, features)),
        told(peer(process.env["MIXTURA_PYTHON"] ?? "python3", "contamination.py", path, features)),
      ];
      const outliers = share === 0 ? "none" : `${100 * share} %, ${place === "far" ? "at +8" : "clump at +4"}`;
      console.log(`| ${outliers} | ${rows} | ${features} | 1 | ${found.join(" | ")} |`);
    }
rmSync(folder, { recursive: true });
