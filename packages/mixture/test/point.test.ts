import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const CALLS = 1e6;

/** Run by itself, with room for new objects so large that none is collected: what the heap grows by is what was allocated. */
const script = `
  import { GaussianMixture } from "@mixtura/mixture";
  const d = 8, k = 5;
  const list = (length, value) => Array.from({ length }, (_, index) => value(index));
  const { point } = GaussianMixture.fromParameters({
    weights: list(k, () => 1 / k),
    means: list(k, (c) => list(d, (j) => 0.7 * c + 0.1 * j)),
    covariances: list(k, () => list(d, (i) => list(d, (j) => (i === j ? 2 : 0.3)))),
  });
  const x = Float64Array.from({ length: d }, (_, j) => 0.3 * j);
  const out = new Float64Array(k);
  const work = {
    logDensity(calls) { let sum = 0; for (let i = 0; i < calls; i++) sum += point.logDensity(x); return sum; },
    writeLogDensity(calls) { let sum = 0; for (let i = 0; i < calls; i++) sum += point.writeLogDensity(x, out).length; return sum; },
    label(calls) { let sum = 0; for (let i = 0; i < calls; i++) sum += point.label(x); return sum; },
    responsibilities(calls) { let sum = 0; for (let i = 0; i < calls; i++) sum += point.responsibilities(x, out).length; return sum; },
  };
  const grown = {};
  for (const [name, run] of Object.entries(work)) {
    for (let round = 0; round < 20; round++) run(1e4);
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    run(${CALLS});
    grown[name] = process.memoryUsage().heapUsed - before;
  }
  console.log(JSON.stringify(grown));
`;

describe("answers about one point", () => {
  it("allocate nothing over a million calls", () => {
    const flags = ["--expose-gc", "--min-semi-space-size=64", "--max-semi-space-size=64", "--input-type=module"];
    const grown = JSON.parse(
      execFileSync(process.execPath, [...flags, "--eval", script], { cwd: join(import.meta.dirname, ".."), encoding: "utf8" }),
    ) as Record<string, number>;

    // A megabyte for what the engine does beside the calls: compiling, statistics.
    const aside = 2 ** 20;
    expect(grown["label"]).toBeLessThan(aside);
    expect(grown["writeLogDensity"]).toBeLessThan(aside);
    expect(grown["responsibilities"]).toBeLessThan(aside);
    // Where the engine does not inline the call it puts the returned number on the heap: 16 bytes, and no more than these.
    expect(grown["logDensity"]).toBeLessThan(aside + 16 * CALLS);
  });
});
