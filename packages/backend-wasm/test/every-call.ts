import type { GaussianKernels, Moments } from "@mixtura/backend";
import type { Pace } from "@mixtura/core/authoring";
import type { Problem } from "./data.ts";
import { SCATTERS } from "./data.ts";

/** A call of one kernel, and its numbers in a row. */
export type Call = <H>(kernels: GaussianKernels<H>, handle: H, problem: Problem, pace?: Pace) => Promise<Float64Array>;

/** One after the other. */
function joined(...parts: readonly ArrayLike<number>[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const numbersOf = ({ s0, s1, S2, weight, logLikelihood, classificationLogLikelihood, livePairs }: Moments): Float64Array =>
  joined(s0, s1, S2, [weight, logLikelihood, classificationLogLikelihood, livePairs]);

const paced = (pace: Pace | undefined): { pace?: Pace } => (pace === undefined ? {} : { pace });

/** Every kernel, every scatter and assignment, with and without row weights and labels. */
export const EVERY_CALL: Readonly<Record<string, Call>> = Object.fromEntries<Call>([
  ...SCATTERS.flatMap((scatter) =>
    (["soft", "hard"] as const).flatMap((assignment) =>
      [false, true].map((weighted): [string, Call] => [
        `expectation, ${scatter} scatter, ${assignment}${weighted ? ", row weights" : ""}`,
        async (kernels, handle, { components, centres, rowWeights }, pace) => {
          const weights = weighted ? { rowWeights } : {};
          return numbersOf(await kernels.expectation(handle, components, { centres, scatter, assignment, ...weights, ...paced(pace) }));
        },
      ]),
    ),
  ),
  ...SCATTERS.flatMap((scatter) =>
    [false, true].map((weighted): [string, Call] => [
      `moments of labels, ${scatter} scatter${weighted ? ", row weights" : ""}`,
      async (kernels, handle, { centres, rowWeights, labels }, pace) => {
        const weights = weighted ? { rowWeights } : {};
        return numbersOf(await kernels.moments(handle, { centres, scatter, labels, ...weights, ...paced(pace) }));
      },
    ]),
  ),
  [
    "moments of all rows",
    async (kernels, handle, { centres, data }, pace) =>
      numbersOf(await kernels.moments(handle, { centres: centres.slice(0, data.columns), scatter: "full", ...paced(pace) })),
  ],
  ["logDensities", (kernels, handle, { components }, pace) => kernels.logDensities(handle, components, paced(pace))],
  ["responsibilities", (kernels, handle, { components }, pace) => kernels.responsibilities(handle, components, paced(pace))],
  ["squaredMahalanobis", (kernels, handle, { components }, pace) => kernels.squaredMahalanobis(handle, components, paced(pace))],
  ["labels", async (kernels, handle, { components }, pace) => Float64Array.from(await kernels.labels(handle, components, paced(pace)))],
  ...[false, true].map((weighted): [string, Call] => [
    `potentials${weighted ? ", row weights" : ""}`,
    (kernels, handle, { components, data, rowWeights }, pace) => {
      const potentials = Float64Array.from({ length: data.rows }, (_, row) => 1 + (row % 7));
      return kernels.potentials(handle, components, { potentials, ...(weighted ? { rowWeights } : {}), ...paced(pace) });
    },
  ]),
  [
    "nearestCentroid",
    async (kernels, handle, { components }, pace) => {
      const { labels, squaredDistances } = await kernels.nearestCentroid(handle, components.means, paced(pace));
      return joined(labels, squaredDistances);
    },
  ],
]);
