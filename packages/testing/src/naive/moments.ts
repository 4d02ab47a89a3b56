import { greatestOf } from "@mixtura/core/internal";
import type { GaussianComponents, Moments, Scatter } from "@mixtura/backend";
import type { Matrix } from "@mixtura/core";
import { naiveRows } from "./gaussian.ts";
import { compensatedSum } from "./sum.ts";

/** Moments, and with each number the sum of its terms' absolute values: what rounding errors of a sum are relative to. */
export interface NaiveMoments {
  readonly moments: Moments;
  readonly scale: Pick<Moments, "s0" | "s1" | "S2" | "weight" | "logLikelihood" | "classificationLogLikelihood">;
}

/** What a row contributes: its responsibility in each component, times its weight, and its two log-likelihoods. */
interface NaiveContribution {
  readonly weight: number;
  readonly responsibilities: readonly number[];
  readonly logDensity: number;
  readonly largestTerm: number;
}

/** {@link GaussianKernels.expectation} from the definitions. */
export function naiveExpectation(
  data: Matrix,
  components: GaussianComponents,
  options: { rowWeights?: Float64Array | undefined; centres: Float64Array; scatter: Scatter; assignment: "soft" | "hard" },
): NaiveMoments {
  const { rowWeights, centres, scatter, assignment } = options;
  const rows = naiveRows(data, components).map(({ responsibilities, label, logTerms, logDensity }, row): NaiveContribution => {
    const largestTerm = greatestOf(logTerms);
    const hard = assignment === "hard";
    return {
      weight: rowWeights?.[row] ?? 1,
      responsibilities: hard ? responsibilities.map((_, k) => (k === label ? 1 : 0)) : responsibilities,
      logDensity: hard ? largestTerm : logDensity,
      largestTerm,
    };
  });
  return naiveMoments(data, rows, centres, scatter);
}

/** {@link GaussianKernels.moments} from the definitions. */
export function naiveLabelledMoments(
  data: Matrix,
  options: { labels?: Int32Array | undefined; rowWeights?: Float64Array | undefined; centres: Float64Array; scatter: Scatter },
): NaiveMoments {
  const { labels, rowWeights, centres, scatter } = options;
  const count = centres.length / data.columns;
  const rows = Array.from({ length: data.rows }, (_, row): NaiveContribution => {
    const label = labels?.[row] ?? 0;
    const weight = label < 0 ? 0 : (rowWeights?.[row] ?? 1);
    return { weight, responsibilities: Array.from({ length: count }, (__, k) => (k === label ? 1 : 0)), logDensity: 0, largestTerm: 0 };
  });
  return naiveMoments(data, rows, centres, scatter);
}

function naiveMoments(data: Matrix, all: readonly NaiveContribution[], centres: Float64Array, scatter: Scatter): NaiveMoments {
  const d = data.columns;
  const count = centres.length / d;
  const counted = all.map((contribution, row) => ({ ...contribution, row })).filter(({ weight }) => weight > 0);
  type Counted = (typeof counted)[number];
  const difference = ({ row }: Counted, k: number, j: number): number => data.data[row * d + j]! - centres[k * d + j]!;

  /** Σ of a term over rows, and Σ of its absolute value. */
  const sumOver = (term: (row: Counted) => number): [number, number] => {
    const terms = counted.map(term);
    return [compensatedSum(terms), compensatedSum(terms.map(Math.abs))];
  };
  const components = Array.from({ length: count }, (_, k) => k);
  const features = Array.from({ length: d }, (_, j) => j);
  const s0 = components.map((k) => sumOver((row) => row.weight * row.responsibilities[k]!));
  const s1 = components.flatMap((k) =>
    features.map((j) => sumOver((row) => row.weight * row.responsibilities[k]! * difference(row, k, j))),
  );
  const product = (k: number, i: number, j: number): [number, number] =>
    sumOver((row) => row.weight * row.responsibilities[k]! * difference(row, k, i) * difference(row, k, j));
  const together = (parts: readonly [number, number][]): [number, number] => [
    compensatedSum(parts.map(([sum]) => sum)),
    compensatedSum(parts.map(([, size]) => size)),
  ];
  const square = <Value>(entry: (i: number, j: number) => Value): Value[] => features.flatMap((i) => features.map((j) => entry(i, j)));
  const kept = {
    full: () => components.flatMap((k) => square((i, j) => product(k, i, j))),
    pooled: () => square((i, j) => together(components.map((k) => product(k, i, j)))),
    diag: () => components.flatMap((k) => features.map((j) => product(k, j, j))),
    spherical: () => components.map((k) => together(features.map((j) => product(k, j, j)))),
    none: () => [],
  } satisfies Record<Scatter, () => [number, number][]>;
  const S2 = kept[scatter]();
  const weight = sumOver((row) => row.weight);
  const logLikelihood = sumOver((row) => row.weight * row.logDensity);
  const classification = sumOver((row) => row.weight * row.largestTerm);

  const pick = (pairs: readonly [number, number][], index: 0 | 1): Float64Array => Float64Array.from(pairs, (pair) => pair[index]);
  const at = (index: 0 | 1): NaiveMoments["scale"] => ({
    s0: pick(s0, index),
    s1: pick(s1, index),
    S2: pick(S2, index),
    weight: weight[index],
    logLikelihood: logLikelihood[index],
    classificationLogLikelihood: classification[index],
  });
  const livePairs = counted.reduce(
    (sum, { responsibilities }) => sum + responsibilities.filter((responsibility) => responsibility > 2 ** -53).length,
    0,
  );
  return { moments: { scatter, count, features: d, centres, ...at(0), livePairs }, scale: at(1) };
}
