// One line swaps the backend: the same fits from the same starts, on every backend that is here, against the reference backend.
import { createRequire } from "node:module";
import type { Backend } from "@mixtura/backend";
import { mlMatrixBackend } from "@mixtura/backend-ml-matrix";
import type { TensorFlow } from "@mixtura/backend-tfjs";
import { tfjsBackend } from "@mixtura/backend-tfjs";
import { MinCovDet, MRCD } from "@mixtura/covariance";
import { loadData } from "@mixtura/fixtures";
import { BayesianGaussianMixture } from "@mixtura/mixture";
import * as tf from "@tensorflow/tfjs-core";
import { covarianceTypes, createWasmBackend, GaussianMixture, KMeans, referenceBackend } from "../src/index.ts";
import { beforeAll, describe, expect, it } from "vitest";

/** The folder of @tensorflow/tfjs-node with its addon built; see scripts/tfjs-node-from-wheel.mjs. */
const native = process.env["MIXTURA_TFJS_NODE"];

/** Every backend that is here. */
const backends: Readonly<Record<string, () => Backend | Promise<Backend>>> = {
  wasm: () => createWasmBackend(),
  "wasm, one thread": () => createWasmBackend({ threads: 1 }),
  "wasm, deterministic": () => createWasmBackend({ deterministic: true }),
  "ml-matrix": () => mlMatrixBackend(),
  "tfjs-wasm": () => tfjsBackend(tf, { engine: "wasm" }),
  "tfjs-cpu": () => tfjsBackend(tf, { engine: "cpu" }),
  ...(native === undefined ? {} : { "tfjs-tensorflow": () => tfjsBackend(createRequire(import.meta.url)(native) as TensorFlow) }),
};

/** What of a fit is compared. */
interface Outcome {
  /** Numbers, each with what a difference of it is measured by. */
  readonly parameters: readonly (readonly [value: number, scale: number])[];
  /** The objective per row. */
  readonly score: number;
  readonly labels: Int32Array;
  /** What a float32 backend must say, and no other. */
  readonly said?: string;
  /** By how much the likeliest group of each row leads, as a share of the row or of the distances. */
  readonly leads: readonly number[];
  readonly diagnostics: readonly string[];
}

/** A fit from an explicit start. To add an estimator, add a line. */
type Fit = (backend: Backend) => Promise<Outcome>;
const fits: Readonly<Record<string, Fit>> = {
  ...Object.fromEntries(covarianceTypes.map((type) => [`GaussianMixture, ${type}, irises`, mixture("iris", 3, type)])),
  ...Object.fromEntries(covarianceTypes.map((type) => [`GaussianMixture, ${type}, wine`, mixture("wine", 3, type)])),
  "GaussianMixture, full, penguins, weighted": mixture("penguins", 3, "full", (row) => 1 + (row % 3)),
  ...Object.fromEntries(
    covarianceTypes.map((type) => [
      `BayesianGaussianMixture, ${type}, irises`,
      mixture("iris", 5, type, undefined, BayesianGaussianMixture),
    ]),
  ),
  "BayesianGaussianMixture, full, penguins, weighted": mixture("penguins", 5, "full", (row) => 1 + (row % 3), BayesianGaussianMixture),
  "KMeans, irises": clusters("iris", 3),
  "KMeans, wine": clusters("wine", 3),
  "MinCovDet, breast cancer": ellipse("breast_cancer", MinCovDet),
  "MRCD, breast cancer": ellipse("breast_cancer", MRCD),
};

/** Maps of EM that every fit makes: near its end, so that errors have had time to add up. */
const MAPS = 25;

function mixture(
  name: string,
  k: number,
  covarianceType: (typeof covarianceTypes)[number],
  weight?: (row: number) => number,
  Estimator: typeof GaussianMixture | typeof BayesianGaussianMixture = GaussianMixture,
): Fit {
  const { rows } = loadData(name);
  const sampleWeight = weight && rows.map((_, row) => weight(row));
  return async (backend) => {
    const estimator = new Estimator({ nComponents: k, covarianceType, meansInit: startOf(rows, k), tol: 0, maxIter: MAPS, backend });
    const model = await estimator.fit(rows, sampleWeight === undefined ? {} : { sampleWeight });
    const deviations = Array.from({ length: k }, (_, c) =>
      rows[0]!.map((_value, j) => Math.sqrt(model.covariance(c).data[j * (rows[0]!.length + 1)]!)),
    );
    const responsibilities = await model.predictProba(rows);
    return {
      parameters: [
        ...Array.from(model.weights, (value) => [value, 1] as const),
        ...Array.from(model.means.data, (value, at) => [value, deviations.flat()[at]!] as const),
        ...deviations.flatMap((own, c) =>
          Array.from(model.covariance(c).data, (value, at) => [value, own[Math.floor(at / own.length)]! * own[at % own.length]!] as const),
        ),
      ],
      score: await model.score(rows, sampleWeight === undefined ? {} : { sampleWeight }),
      labels: await model.predict(rows),
      leads: rows.map((_, row) => leadOf([...responsibilities.data.subarray(row * k, (row + 1) * k)])),
      diagnostics: model.trace.diagnostics.map(({ code }) => code),
    };
  };
}

function clusters(name: string, k: number): Fit {
  const { rows } = loadData(name);
  return async (backend) => {
    const model = await new KMeans({ nClusters: k, init: startOf(rows, k), backend }).fit(rows);
    const spread = Math.sqrt(model.inertia / rows.length);
    const distances = await model.transform(rows);
    return {
      parameters: Array.from(model.clusterCenters.data, (value) => [value, spread]),
      score: Math.log(model.inertia), // whose differences are relative
      labels: await model.predict(rows),
      leads: rows.map((_, row) => leadOf(Array.from(distances.data.subarray(row * k, (row + 1) * k), (distance) => -distance / spread))),
      diagnostics: model.trace.diagnostics.map(({ code }) => code),
    };
  };
}

function ellipse(name: string, Estimator: typeof MinCovDet | typeof MRCD): Fit {
  const { rows } = loadData(name);
  return async (backend) => {
    const model = await new Estimator({ backend }).fit(rows);
    const deviations = rows[0]!.map((_, j) => Math.sqrt(model.covariance.data[j * (rows[0]!.length + 1)]!));
    return {
      parameters: [
        ...Array.from(model.location, (value, j) => [value, deviations[j]!] as const),
        ...Array.from(
          model.covariance.data,
          (value, at) => [value, deviations[Math.floor(at / deviations.length)]! * deviations[at % deviations.length]!] as const,
        ),
      ],
      score: await model.score(rows),
      labels: Int32Array.from(model.support!),
      // Which rows count is decided in float64 in any case.
      leads: rows.map(() => Infinity),
      said: "backend-fell-back",
      diagnostics: model.trace.diagnostics.map(({ code }) => code),
    };
  };
}

/** Every so many-th row: the files hold one group after the other, or mix them. */
function startOf(rows: readonly (readonly number[])[], k: number): number[][] {
  return Array.from({ length: k }, (_, c) => [...rows[Math.floor(((c + 0.3) * rows.length) / k)]!]);
}

function leadOf(values: readonly number[]): number {
  const [first, second] = values.toSorted((a, b) => b - a);
  return first! - second!;
}

/**
 * What each precision promises. float64: sums of some hundred rows in another order, 25 maps, 1e-13 each at worst; log-densities of 30 correlated features are of the order of 100 nats. float32: terms of up to 40 nats, each
 * rounded to 6e-8 of itself, at random; parameters are weighted means of as many rows, and slow convergence multiplies what a map adds to them. The
 * guard would make a pass in float64 that is off by 1e-4.
 */
const PROMISES = {
  float64: { parameters: 1e-9, score: 1e-10, lead: 1e-9 },
  float32: { parameters: 1e-4, score: 1e-5, lead: 1e-4 },
} as const;

/** The right answers, worked out once. */
const references = new Map(
  Object.entries(fits).map(([name, fit]) => {
    let outcome: Promise<Outcome> | undefined;
    return [name, () => (outcome ??= fit(referenceBackend))];
  }),
);

describe.each(Object.entries(backends))("the same fits on %s", (_, create) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await create();
  });

  it.each(Object.entries(fits))("%s", async (name, fit) => {
    const promise = PROMISES[backend.precision];

    const found = await fit(backend);

    const right = await references.get(name)!();
    const worst = Math.max(...found.parameters.map(([value], at) => Math.abs(value - right.parameters[at]![0]) / right.parameters[at]![1]));
    expect(worst).toBeLessThan(promise.parameters);
    expect(Math.abs(found.score - right.score)).toBeLessThan(promise.score);
    const others = [...found.labels].filter((label, row) => label !== right.labels[row] && right.leads[row]! > promise.lead);
    expect(others).toEqual([]);
    // Nothing is in single precision in silence, and nothing here is too much for it but a choice of rows.
    expect(found.diagnostics.filter((code) => !right.diagnostics.includes(code))).toEqual(
      backend.precision === "float32" ? [right.said ?? "single-precision"] : [],
    );
  });
});
