import type { Backend, BackendDefinition } from "@mixtura/backend";
import { defineBackend, emptyMoments, mergeMoments, referenceBackend } from "@mixtura/backend";
import type { Matrix } from "@mixtura/core";
import { rowRange } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { runBackendLaws } from "../../src/index.ts";
import { countedDevice } from "@mixtura/fixtures/counted-device";

/** The reference backend with something changed for the worse. */
function spoiled(change: Partial<BackendDefinition<Matrix>>): Backend {
  return defineBackend({ ...referenceBackend, ...change });
}

async function brokenLaws(create: () => Backend, only?: readonly string[], liveHandles?: () => number): Promise<string[]> {
  const subject = { name: "spoiled", create, ...(liveHandles === undefined ? {} : { liveHandles }) };
  const results = await runBackendLaws(subject, only === undefined ? {} : { only });
  return results.filter(({ passed }) => !passed).map(({ id }) => id);
}

describe("the laws of backends", () => {
  it("catch a tie that goes to the last of equals, and nothing else", async () => {
    const { kernels } = referenceBackend;
    const lastOfEquals = spoiled({
      kernels: {
        ...kernels,
        async nearestCentroid(data, centroids, options) {
          const { squaredDistances } = await kernels.nearestCentroid(data, centroids, options);
          const count = centroids.length / data.columns;
          const distance = (row: number, k: number): number =>
            Array.from(
              { length: data.columns },
              (_, j) => (data.data[row * data.columns + j]! - centroids[k * data.columns + j]!) ** 2,
            ).reduce((a, b) => a + b, 0);
          const labels = Int32Array.from(squaredDistances, (nearest, row) => {
            let last = 0;
            for (let k = 0; k < count; k++) if (distance(row, k) <= nearest * (1 + 1e-14)) last = k;
            return last;
          });
          return { labels, squaredDistances };
        },
      },
    });

    expect(await brokenLaws(() => lastOfEquals)).toEqual(["ties/first-of-equals"]);
  });

  it("catch scatter that is taken about zero and shifted afterwards", async () => {
    const { kernels } = referenceBackend;
    const aboutZero = spoiled({
      kernels: {
        ...kernels,
        async moments(data, options) {
          const { centres, scatter } = options;
          const zero = await kernels.moments(data, { ...options, centres: new Float64Array(centres.length) });
          const { count, features: d, s0 } = zero;
          const s1 = zero.s1.map((value, index) => value - s0[Math.floor(index / d)]! * centres[index]!);
          const S2 = zero.S2.slice();
          if (scatter === "diag") S2.forEach((_, index) => (S2[index]! -= centres[index]! * (zero.s1[index]! + s1[index]!)));
          return scatter === "diag" ? { ...zero, s1, S2, centres, count } : kernels.moments(data, options);
        },
      },
    });

    expect(await brokenLaws(() => aboutZero, ["moments/offset", "moments/naive"])).toEqual(["moments/offset"]);
  });

  it("catch sums over all rows that do not stop at the ends of chunks", async () => {
    const { kernels } = referenceBackend;
    const oddChunks = spoiled({
      kernels: {
        ...kernels,
        async moments(data, options) {
          let total = emptyMoments(options.scatter, options.centres.length / data.columns, data.columns, options.centres);
          for (let start = 0; start < data.rows; start += 1000) {
            const end = Math.min(start + 1000, data.rows);
            const part = {
              ...options,
              rowWeights: options.rowWeights?.subarray(start, end),
              ...(options.labels && { labels: options.labels.subarray(start, end) }),
            };
            total = mergeMoments(total, await kernels.moments(rowRange(data, start, end), part));
          }
          return total;
        },
      },
    });

    expect(await brokenLaws(() => oddChunks, ["moments/chunk-merge", "moments/reference"])).toEqual(["moments/chunk-merge"]);
  });

  it("catch potentials in which a weight of 0 meets an infinite distance", async () => {
    const { kernels } = referenceBackend;
    const unmasked = spoiled({
      kernels: {
        ...kernels,
        async potentials(data, candidates, { potentials, rowWeights, ...options }) {
          const squares = await kernels.squaredMahalanobis(data, candidates, options);
          // As one infinite coordinate less another leaves them.
          const distances = squares.map((square) => (square === Infinity ? NaN : square));
          return Float64Array.from({ length: candidates.count }, (_, k) =>
            potentials.reduce(
              (sum, potential, row) => sum + (rowWeights?.[row] ?? 1) * Math.min(potential, distances[row * candidates.count + k]!),
              0,
            ),
          );
        },
      },
    });

    const laws = ["potentials/naive", "potentials/weight-zero", "potentials/beyond-range", "potentials/chunk-merge"];
    expect(await brokenLaws(() => unmasked, laws)).toEqual(["potentials/chunk-merge", "potentials/weight-zero", "potentials/beyond-range"]);
  });

  it("catch log Σ exp without the largest term taken out", async () => {
    const bare = spoiled({ logSumExp: (a, axis) => referenceBackend.log(referenceBackend.sum(referenceBackend.exp(a), axis)) });

    expect(await brokenLaws(() => bare, ["primitives/log-sum-exp"])).toEqual(["primitives/log-sum-exp"]);
  });

  it("catch a kernel that is deaf to aborts", async () => {
    const { kernels } = referenceBackend;
    const deaf = spoiled({ kernels: { ...kernels, labels: (data, components) => kernels.labels(data, components) } });

    expect(await brokenLaws(() => deaf, ["kernels/abort", "kernels/same-bits"])).toEqual(["kernels/abort"]);
  });

  it("catch a device whose scopes free nothing", async () => {
    const { primitives, liveHandles } = countedDevice();
    const leaking = defineBackend({ ...primitives, scope: (work) => work() });

    const laws = ["primitives/scope-frees", "primitives/scope-survivors", "kernels/nothing-left"];
    expect(await brokenLaws(() => leaking, laws, liveHandles)).toEqual(["primitives/scope-frees", "kernels/nothing-left"]);
  });

  it("catch an origin subtracted after rounding to float32", async () => {
    const late = spoiled({
      upload: (m, options) => referenceBackend.upload({ ...m, data: m.data.map(Math.fround) }, options),
    });

    expect(await brokenLaws(() => late, ["primitives/origin", "primitives/rows"])).toEqual(["primitives/origin"]);
  });
});
