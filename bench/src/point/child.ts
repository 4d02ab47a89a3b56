// A process of its own, so that nothing else touches its heap: one point after the other under a fitted mixture.
// Arguments: file of rows, rows, features, components, calls. Started with --expose-gc.
import { readFileSync } from "node:fs";
import { GaussianMixture } from "@mixtura/mixture";

const [path = "", ...sizes] = process.argv.slice(2);
const [rows = 0, features = 0, components = 0, calls = 0] = sizes.map(Number);
const bytes = readFileSync(path);
const data = new Float64Array(bytes.buffer, bytes.byteOffset, rows * features);
const fit = new GaussianMixture({ nComponents: components, maxIter: 5, randomState: 1 });
const { point } = await fit.fit({ data, rows, columns: features });
const points = Array.from({ length: rows }, (_, row) => data.slice(row * features, (row + 1) * features));

const densities = new Float64Array(rows);

/** Seconds per call. Results are written to an array: the runtime may box a sum kept in a variable, which would look like an allocation of ours. */
function run(count: number): number {
  const begin = performance.now();
  for (let call = 0; call < count; call++) densities[call % rows] = point.logDensity(points[call % rows]!);
  return (performance.now() - begin) / 1e3 / count;
}

// Compiled with care before the clock starts.
for (let round = 0; round < 20; round++) run(calls / 20);
const rounds = Array.from({ length: 3 }, () => {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const seconds = run(calls);
  return { seconds, bytesPerCall: (process.memoryUsage().heapUsed - before) / calls };
});
// What a call allocates shows in every round; what the runtime does besides does not.
const bytesPerCall = Math.max(0, Math.min(...rounds.map((round) => round.bytesPerCall)));
const seconds = Math.min(...rounds.map((round) => round.seconds));
console.log(JSON.stringify({ seconds, bytesPerCall, score: densities.reduce((sum, value) => sum + value, 0) / rows }));
