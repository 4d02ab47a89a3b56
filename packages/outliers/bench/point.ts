// One point after the other under each detector, as a request path asks: nanoseconds of processor time and bytes per call
// of point.isOutlier and point.score.
// Usage: node --expose-gc bench/point.ts [calls]   (without --expose-gc no bytes are counted)
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { GaussianMixture } from "@mixtura/mixture";
import { EllipticEnvelope, MixtureDetector, RefitOnInliers } from "../src/index.ts";
import type { FittedDetector } from "../src/index.ts";

const calls = Number(process.argv[2] ?? 2e6);
const rows = 2000;
const features = [2, 4, 8, 16];
const { gc } = globalThis;

function drawn(d: number) {
  const random = createRandom(d);
  return matrix(
    Float64Array.from({ length: rows * d }, (_, at) => random.normal() + 4 * (Math.floor(at / d) % 2)),
    rows,
    d,
  );
}

const detectors: Readonly<Record<string, (d: number) => Promise<FittedDetector>>> = {
  EllipticEnvelope: (d) => new EllipticEnvelope().fit(drawn(d)),
  "EllipticEnvelope, Hardin & Rocke": (d) => new EllipticEnvelope({ threshold: { hardinRocke: 0.975 } }).fit(drawn(d)),
  "MixtureDetector, K = 1": (d) => new MixtureDetector({ nComponents: 1, covarianceType: "full" }).fit(drawn(d)),
  "MixtureDetector, K = 3": (d) =>
    new MixtureDetector({ nComponents: 3, covarianceType: "full", maxIter: 20, randomState: 1 }).fit(drawn(d)),
  "RefitOnInliers, K = 2": (d) =>
    new RefitOnInliers({ estimator: new GaussianMixture({ nComponents: 2, randomState: 1 }), rounds: 1 }).fit(drawn(d)),
};

/** Results are written to arrays: the runtime may box a sum kept in a variable, which would look like an allocation of ours. */
const flags = new Uint8Array(rows);
const scores = new Float64Array(rows);

function measured(run: () => void): { nanoseconds: number; bytes: number } {
  for (let round = 0; round < 20; round++) run();
  const rounds = Array.from({ length: 5 }, () => {
    gc?.();
    const before = process.memoryUsage().heapUsed;
    const begin = process.cpuUsage();
    for (let round = 0; round < 20; round++) run();
    const { user, system } = process.cpuUsage(begin); // what other programs take meanwhile is not ours
    const nanoseconds = ((user + system) * 1e3) / calls;
    return { nanoseconds, bytes: (process.memoryUsage().heapUsed - before) / calls };
  });
  // What a call allocates shows in every round; what the runtime does beside it does not.
  return {
    nanoseconds: Math.min(...rounds.map((round) => round.nanoseconds)),
    bytes: Math.max(0, Math.min(...rounds.map((round) => round.bytes))),
  };
}

console.log("| detector | features | isOutlier, ns | bytes | score, ns | bytes |");
console.log("| --- | --- | --- | --- | --- | --- |");
for (const [name, fit] of Object.entries(detectors)) {
  for (const d of features) {
    const { point } = await fit(d);
    const { data } = drawn(d);
    const points = Array.from({ length: rows }, (_, row) => data.slice(row * d, (row + 1) * d));
    const share = calls / 20;
    const judged = measured(() => {
      for (let call = 0; call < share; call++) flags[call % rows] = Number(point.isOutlier(points[call % rows]!));
    });
    const scored = measured(() => {
      for (let call = 0; call < share; call++) scores[call % rows] = point.score(points[call % rows]!);
    });
    const cells = [judged, scored].flatMap(({ nanoseconds, bytes }) => [nanoseconds.toFixed(0), gc === undefined ? "–" : bytes.toFixed(2)]);
    console.log(`| ${name} | ${d} | ${cells.join(" | ")} |`);
  }
}
