import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const CALLS = 2e5;

/**
 * Run by itself, with room for new objects so large that none is collected: what the heap grows by is what was allocated, and
 * what the engine puts there while it compiles, at any time: the least of three is the calls' own.
 */
const script = `
  import { createRandom } from "@mixtura/core/authoring";
  import { GaussianMixture } from "@mixtura/mixture";
  import { EllipticEnvelope, MixtureDetector, RefitOnInliers } from "@mixtura/outliers";
  const d = 16;
  const random = createRandom(1);
  const X = Array.from({ length: 300 }, () => Array.from({ length: d }, () => random.normal()));
  // With sums and a constant, which rows may keep or not.
  const kept = X.map((row) => [...row.slice(0, d - 3), row[0] + row[1], row[2] - row[3], 7]);
  const broken = Float64Array.from(kept[0], (value, j) => value + (j > 3 ? 1 : 0));
  const rows = { "with dependencies": [kept, Float64Array.from(kept[0])], "breaking dependencies": [kept, broken] };
  const detectors = {
    EllipticEnvelope: new EllipticEnvelope(),
    "Hardin and Rocke": new EllipticEnvelope({ threshold: { hardinRocke: 0.975 } }),
    MixtureDetector: new MixtureDetector({ nComponents: 3, covarianceType: "full", maxIter: 5, randomState: 1 }),
    RefitOnInliers: new RefitOnInliers({ estimator: new GaussianMixture(), rounds: 1 }),
    "with dependencies": new MixtureDetector({ nComponents: 3, covarianceType: "diag", maxIter: 5, randomState: 1 }),
    "breaking dependencies": new EllipticEnvelope({ covariance: "ledoit-wolf" }),
  };
  const grown = {};
  for (const [name, detector] of Object.entries(detectors)) {
    const [training, x] = rows[name] ?? [X, Float64Array.from(X[0])];
    const { point } = await detector.fit(training);
    const work = {
      isOutlier(calls) { let sum = 0; for (let i = 0; i < calls; i++) sum += point.isOutlier(x) ? 1 : 0; return sum; },
      score(calls) { let sum = 0; for (let i = 0; i < calls; i++) sum += point.score(x); return sum; },
    };
    grown[name] = {};
    for (const [method, run] of Object.entries(work)) {
      for (let round = 0; round < 20; round++) run(1e4);
      grown[name][method] = Infinity;
      for (let attempt = 0; attempt < 3; attempt++) {
        globalThis.gc?.();
        const before = process.memoryUsage().heapUsed;
        run(${CALLS});
        grown[name][method] = Math.min(grown[name][method], process.memoryUsage().heapUsed - before);
      }
    }
  }
  console.log(JSON.stringify(grown));
`;

describe("a detector's answers about one point", () => {
  it("allocate nothing over many calls", () => {
    const flags = ["--expose-gc", "--min-semi-space-size=64", "--max-semi-space-size=64", "--input-type=module"];
    const output = execFileSync(process.execPath, [...flags, "--eval", script], { cwd: join(import.meta.dirname, ".."), encoding: "utf8" });
    const grown = JSON.parse(output) as Record<string, { isOutlier: number; score: number }>;

    // A megabyte for what the engine does beside the calls: compiling, statistics. Sixteen bytes a call would be three.
    const aside = 2 ** 20;
    expect(Object.keys(grown)).toHaveLength(6);
    for (const { isOutlier, score } of Object.values(grown)) {
      expect(isOutlier).toBeLessThan(aside);
      // Where the engine does not inline the call it puts the returned number on the heap: 16 bytes, and no more than these.
      expect(score).toBeLessThan(aside + 16 * CALLS);
    }
  });
});
