import type { Backend } from "@mixtura/backend";
import { referenceBackend } from "@mixtura/backend";
import { mlMatrixBackend } from "@mixtura/backend-ml-matrix";
import { createWasmBackend } from "@mixtura/backend-wasm";
import { createRandom } from "@mixtura/core/authoring";
import type { FittedModel, Matrix } from "@mixtura/core";
import {
  BayesianGaussianMixture,
  ECOD,
  EllipticEnvelope,
  EmpiricalCovariance,
  GaussianMixture,
  KernelDensity,
  KMeans,
  LedoitWolf,
  MinCovDet,
  MixtureDetector,
  MRCD,
  RefitOnInliers,
} from "mixtura";
import { expect, it } from "vitest";
import { cases, seed } from "../src/effort.ts";

// Batches of ordinary rows with some of absurd size among them, down to denormals and up to the largest double. Every batch method of every model judges
// row by row, on every backend of float64: no NaN, and the ordinary rows get the bits that they get without the others.

const d = 3;
const random = createRandom(seed);
const ordinary = (): number[] => {
  const shift = 5 * random.integer(2);
  const x = random.normal();
  return [x + shift, x / 2 + random.normal(), 2 * random.normal()];
};
const training = Array.from({ length: 300 }, ordinary);

const detecting = { novelty: true, threshold: { fpr: 0.05 }, randomState: 1 } as const;
const MODELS: Readonly<Record<string, () => Promise<FittedModel>>> = {
  ...Object.fromEntries(
    (["full", "tied", "diag", "tied-diag", "spherical"] as const).flatMap((covarianceType) => [
      [`GaussianMixture ${covarianceType}`, () => new GaussianMixture({ nComponents: 2, covarianceType, randomState: 1 }).fit(training)],
      [`MixtureDetector ${covarianceType}`, () => new MixtureDetector({ nComponents: 2, covarianceType, ...detecting }).fit(training)],
    ]),
  ),
  BayesianGaussianMixture: () => new BayesianGaussianMixture({ nComponents: 3, randomState: 1 }).fit(training),
  KMeans: () => new KMeans({ nClusters: 2, randomState: 1 }).fit(training),
  KernelDensity: () => new KernelDensity().fit(training),
  "KernelDensity tophat": () => new KernelDensity({ kernel: "tophat" }).fit(training),
  ECOD: () => new ECOD().fit(training),
  EmpiricalCovariance: () => new EmpiricalCovariance().fit(training),
  LedoitWolf: () => new LedoitWolf().fit(training),
  MinCovDet: () => new MinCovDet({ randomState: 1 }).fit(training),
  MRCD: () => new MRCD().fit(training),
  EllipticEnvelope: () => new EllipticEnvelope(detecting).fit(training),
  RefitOnInliers: () => new RefitOnInliers().fit(training),
  "MixtureDetector of a KernelDensity": async () =>
    new MixtureDetector({ mixture: await new KernelDensity().fit(training), ...detecting }).fit(training),
  "MixtureDetector of an ECOD": async () => new MixtureDetector({ mixture: await new ECOD().fit(training), ...detecting }).fit(training),
};

/** Methods that answer for each row, with the contexts that they are asked in. */
const METHODS: readonly (readonly [name: string, context?: object])[] = [
  ...["predict", "predictProba", "scoreSamples", "decisionFunction", "isOutlier", "pValues", "judge", "mahalanobis", "transform"].map(
    (name) => [name] as const,
  ),
  ["explain"],
  ["explain", { method: "corr-max" }],
];

const BACKENDS: readonly Backend[] = [referenceBackend, createWasmBackend({ threads: 1 }), mlMatrixBackend()];

interface Movable extends FittedModel {
  withBackend?(backend: Backend): FittedModel;
}

/** A number of any size that is a double, or an ordinary one. */
function anySize(): number {
  const sign = random.integer(2) === 0 ? 1 : -1;
  const kind = random.integer(4);
  if (kind === 0) return random.normal();
  if (kind === 1) return sign * [1e308, Number.MAX_VALUE, 1e154, 1e155, 5e-324, 1e-310, 0][random.integer(7)]!;
  return sign * (1 + random.uniform()) * 2 ** (kind === 2 ? random.integer(1023) : random.integer(2097) - 1074);
}

/** All numbers of an answer, by the row that they are about. */
function byRow(answer: unknown, rows: number): number[][] {
  const out = Array.from({ length: rows }, (): number[] => []);
  const add = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    const { data = part, columns = 1 } = part as Partial<Matrix>;
    if (ArrayBuffer.isView(data) && (data as Float64Array).length === rows * columns)
      (data as Float64Array).forEach((value, at) => out[Math.floor(at / columns)]!.push(value));
    else Object.values(part).forEach(add);
  };
  add(answer);
  return out;
}

it.each(Object.keys(MODELS))("%s judges row by row, whatever size the others have", async (name) => {
  const fitted: Movable = await MODELS[name]!();
  const models = [fitted, ...BACKENDS.flatMap((backend) => fitted.withBackend?.(backend) ?? [])];
  for (let batch = 0; batch < cases(15); batch++) {
    const model = models[batch % models.length]!;
    const rows = Array.from({ length: 2 + random.integer(8) }, () =>
      random.integer(2) === 0 ? { row: ordinary(), plain: true } : { row: Array.from({ length: d }, anySize), plain: false },
    );
    const plain = rows.filter((one) => one.plain).map(({ row }) => row);
    for (const [method, context] of METHODS) {
      const { [method]: call } = model as unknown as Record<string, ((X: number[][], context?: object) => Promise<unknown>) | undefined>;
      if (typeof call !== "function") continue;
      const asked = (X: number[][]): Promise<number[][]> =>
        call.call(model, X, context).then(
          (answer) => byRow(answer, X.length),
          (error: { code?: string; message: string }) => {
            if (error.code === "not-supported") return X.map(() => []);
            throw new Error(`${method} of ${JSON.stringify(X)}: ${error.message}`, { cause: error });
          },
        );

      const answers = await asked(rows.map(({ row }) => row));

      rows.forEach(({ row }, at) =>
        expect({ method, row, answer: answers[at]!.filter(Number.isNaN) }).toEqual({ method, row, answer: [] }),
      );
      if (plain.length > 0)
        expect({ method, answers: answers.filter((_, at) => rows[at]!.plain) }).toEqual({ method, answers: await asked(plain) });
    }
  }
});
