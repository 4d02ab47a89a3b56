import { greatestOf } from "@mixtura/core/internal";
import type { Moments } from "@mixtura/backend";
import { CHUNK_ROWS, mergeMoments, referenceBackend } from "@mixtura/backend";
import { rowRange } from "@mixtura/core/authoring";
import { createComparison } from "../../comparison.ts";
import { naiveExpectation, naiveLabelledMoments } from "../../naive/moments.ts";
import { compareMoments, requireSameMoments } from "./compare-moments.ts";
import type { Asked, Case } from "./fixtures.ts";
import { askedOf, chunkCases, drawCase, mediumCases, SCATTERS, smallCases } from "./fixtures.ts";
import type { BackendLaw } from "./subject.ts";
import { onData } from "./using.ts";

/** What a kernel is given for one way of asking. */
function expectationOptions({ centres, rowWeights }: Case, { scatter, assignment, weighted }: Asked) {
  return { centres, scatter, assignment, rowWeights: weighted ? rowWeights : undefined };
}

function describeAsked({ scatter, assignment, weighted }: Asked): string {
  return `${scatter} scatter, ${assignment}${weighted ? ", weighted" : ""}`;
}

/** Every other case carries labels, every third no weights. */
function momentsOptions({ centres, labels, rowWeights, components }: Case, index: number) {
  const scatter = SCATTERS[index % SCATTERS.length]!;
  const labelled = components.count > 1 || index % 2 === 0;
  return { centres, scatter, rowWeights: index % 3 === 0 ? undefined : rowWeights, ...(labelled ? { labels } : {}) };
}

const expectationNaive: BackendLaw = {
  id: "expectation/naive",
  needs: [],
  claim: "agrees with the definitions, for every shape, shared or not, scatter, assignment, d and k, about centres that are not the means",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.moments);
    for (const [index, item] of smallCases().entries()) {
      await onData(backend, item.data, async (handle) => {
        for (const asked of askedOf(index)) {
          const options = expectationOptions(item, asked);
          const found = await backend.kernels.expectation(handle, item.components, options);
          const { moments, scale } = naiveExpectation(item.data, item.components, options);
          compareMoments(comparison, found, moments, scale, `${item.name}, ${describeAsked(asked)}`);
        }
      });
    }
    return comparison.figure();
  },
};

const expectationReference: BackendLaw = {
  id: "expectation/reference",
  needs: [],
  claim: "agrees with the reference backend for row counts below, at and over a chunk",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.moments);
    for (const [index, item] of [...chunkCases(), ...mediumCases()].entries()) {
      const reference = await referenceBackend.upload(item.data);
      await onData(backend, item.data, async (handle) => {
        for (const asked of askedOf(index)) {
          const options = expectationOptions(item, asked);
          const found = await backend.kernels.expectation(handle, item.components, options);
          const right = await referenceBackend.kernels.expectation(reference, item.components, options);
          compareMoments(comparison, found, right, scaleOf(right), `${item.name}, ${describeAsked(asked)}`);
        }
      });
    }
    return comparison.figure();
  },
};

const momentsNaive: BackendLaw = {
  id: "moments/naive",
  needs: [],
  claim: "sums labelled rows as defined, without those labelled −1 or of weight 0",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.moments);
    for (const [index, item] of smallCases().entries()) {
      const options = momentsOptions(item, index);
      const found = await onData(backend, item.data, (handle) => backend.kernels.moments(handle, options));
      const { moments, scale } = naiveLabelledMoments(item.data, options);
      compareMoments(comparison, found, moments, scale, `${item.name}, ${options.scatter} scatter`);
    }
    return comparison.figure();
  },
};

const momentsReference: BackendLaw = {
  id: "moments/reference",
  needs: [],
  claim: "agrees with the reference backend on labelled moments for row counts below, at and over a chunk",
  async check({ backend, tolerances }) {
    const comparison = createComparison(tolerances.moments);
    for (const [index, item] of chunkCases().entries()) {
      const options = momentsOptions(item, index);
      const right = await referenceBackend.kernels.moments(await referenceBackend.upload(item.data), options);
      const found = await onData(backend, item.data, (handle) => backend.kernels.moments(handle, options));
      compareMoments(comparison, found, right, scaleOf(right), `${item.name}, ${options.scatter} scatter`);
    }
    return comparison.figure();
  },
};

const chunkMerge: BackendLaw = {
  id: "moments/chunk-merge",
  needs: [],
  claim: "sums rows as the in-order merge of its chunks, bit for bit, from expectation and from labels",
  async check({ backend }) {
    for (const [features, scatter] of [
      [2, "full"],
      [3, "diag"],
      [5, "pooled"],
      [5, "full"],
    ] as const) {
      const item = drawCase({ rows: 2 * CHUNK_ROWS + 700, features, count: 3, shape: "full", shared: false, seed: 31 });
      const { data, components, rowWeights, labels, centres } = item;
      const parts: Moments[][] = [[], []];
      const wholes = await onData(backend, data, (handle) => both(handle, 0, data.rows));
      for (let start = 0; start < data.rows; start += CHUNK_ROWS) {
        const end = Math.min(start + CHUNK_ROWS, data.rows);
        const found = await onData(backend, rowRange(data, start, end), (handle) => both(handle, start, end));
        found.forEach((moments, kernel) => parts[kernel]!.push(moments));
      }
      wholes.forEach((whole, kernel) =>
        requireSameMoments(whole, parts[kernel]!.reduce(mergeMoments), `${["expectation", "moments"][kernel]}, ${item.name}, ${scatter}`),
      );

      async function both(handle: unknown, start: number, end: number): Promise<Moments[]> {
        const weights = rowWeights.slice(start, end);
        return [
          await backend.kernels.expectation(handle, components, { centres, scatter, assignment: "soft", rowWeights: weights }),
          await backend.kernels.moments(handle, { centres, scatter, labels: labels.slice(start, end), rowWeights: weights }),
        ];
      }
    }
  },
};

const symmetric: BackendLaw = {
  id: "moments/symmetric",
  needs: [],
  claim: "gives second moments that are symmetric to the last bit",
  async check({ backend }) {
    for (const features of [2, 5, 17]) {
      const { data, components, rowWeights, centres } = drawCase({ rows: 90, features, count: 2, shape: "full", shared: false, seed: 32 });
      for (const scatter of ["full", "pooled"] as const) {
        const { S2 } = await onData(backend, data, (handle) =>
          backend.kernels.expectation(handle, components, { centres, scatter, assignment: "soft", rowWeights }),
        );
        S2.forEach((value, index) => {
          const [block, i, j] = [index - (index % features ** 2), Math.floor((index % features ** 2) / features), index % features];
          const mirrored = S2[block + j * features + i];
          if (value !== mirrored)
            throw new Error(`${scatter} scatter, d = ${features}: entry (${i}, ${j}) is ${value}, its mirror ${mirrored}`);
        });
      }
    }
  },
};

/** Sizes in place of absolute sums where only the result is known: what a component's mass and spread allow. */
function scaleOf({ s0, s1, S2, weight, logLikelihood, classificationLogLikelihood, count, features }: Moments) {
  const most = (values: Float64Array): number => greatestOf(values.map(Math.abs), 0);
  const spread = Math.max(weight, most(S2.length === 0 ? s1 : S2));
  return {
    s0: s0.map((mass) => Math.max(mass, 1e-3 * weight)),
    s1: new Float64Array(count * features).fill(spread),
    S2: S2.map((value) => Math.max(Math.abs(value), spread)),
    weight,
    logLikelihood: Math.abs(logLikelihood),
    classificationLogLikelihood: Math.abs(classificationLogLikelihood),
  };
}

/** Laws of the kernels that return moments. */
export const momentLaws: readonly BackendLaw[] = [
  expectationNaive,
  expectationReference,
  momentsNaive,
  momentsReference,
  chunkMerge,
  symmetric,
];
