import type { Backend } from "@mixtura/backend";
import { referenceBackend } from "@mixtura/backend";
import { mlMatrixBackend } from "@mixtura/backend-ml-matrix";
import { createWasmBackend } from "@mixtura/backend-wasm";
import { loadData } from "@mixtura/fixtures";
import type { EstimatorSubject } from "@mixtura/testing";
import type { DataCopy } from "@mixtura/testing/internal";
import type { CovarianceType } from "../src/index.ts";
import { covarianceTypes, plugins } from "../src/index.ts";

const [gaussianMixture, bayesianGaussianMixture, kMeans] = plugins as [
  EstimatorSubject["plugin"],
  EstimatorSubject["plugin"],
  EstimatorSubject["plugin"],
];

// Two groups in two features; three groups, two of them overlapping, in four.
const faithful = loadData("faithful").rows;
const iris = loadData("iris").rows;

/** Every estimator on plain kernels, held to the whole contract. */
export function wholeSubjects(): readonly EstimatorSubject[] {
  return everySubject(referenceBackend, ["tied", "diag"]);
}

/**
 * What a backend does for a posterior it does for a mixture of the same covariance type: ml-matrix, twenty times slower than the others and held
 * to them kernel by kernel in its own package, has each type for one of the two.
 */
const spared = ["GaussianMixture, tied", "GaussianMixture, spherical", "BayesianGaussianMixture, full", "BayesianGaussianMixture, diag"];

/** Every estimator on the other backends, held to what depends on their arithmetic. */
export function backendSubjects(): readonly EstimatorSubject[] {
  return [
    ...everySubject(createWasmBackend(), ["tied", "diag"]),
    ...everySubject(mlMatrixBackend(), []).filter(({ name }) => !spared.some((part) => name.startsWith(part))),
  ].map((subject, index) => ({
    ...subject,
    // One start each: what a start is made of is the same on every backend.
    starts: [subject.starts![index % subject.starts!.length]!],
    laws: "backend",
  }));
}

function everySubject(backend: Backend, onIrises: readonly CovarianceType[]): readonly EstimatorSubject[] {
  const mixtures = [mixture, bayesian].flatMap((kind) => covarianceTypes.map((type) => kind(type, backend, onIrises.includes(type))));
  return [...mixtures, clusters(backend)];
}

/** Two components on Old Faithful, or three on the irises. */
function mixture(covarianceType: CovarianceType, backend: Backend, onIrises: boolean): EstimatorSubject {
  const [rows, k] = onIrises ? [iris, 3] : [faithful, 2];
  return {
    name: `GaussianMixture, ${covarianceType} covariance, ${backend.name}`,
    plugin: gaussianMixture,
    options: { nComponents: k, covarianceType },
    fits: rows,
    starts: [
      (copy) => ({ meansInit: meansFor(rows, k, copy) }),
      (copy) => ({ labelsInit: labelsFor(rows, k, copy) }),
      (copy) => wholeStart(rows, k, covarianceType, copy),
    ],
    scaling: covarianceType === "spherical" ? "uniform" : "per-feature",
    unregularised: { regCovar: 0 },
    minimumRows: k,
    backend,
    refused: [
      { options: { meansInit: [[1]] }, code: "invalid-shape" },
      { options: { meansInit: rows.slice(0, k).map((row) => row.map(() => Number.NaN)) }, code: "not-finite" },
      { options: { weightsInit: [1] }, code: "invalid-option" },
      { options: { weightsInit: Array.from({ length: k }, () => 1) }, code: "invalid-option" },
      { options: { weightsInit: Array.from({ length: k }, () => Number.NaN) }, code: "invalid-option" },
      { options: { labelsInit: [0, 1] }, code: "invalid-shape" },
      { options: { labelsInit: rows.map(() => k) }, code: "invalid-option" },
      { options: { labelsInit: rows.map(() => 0.5) }, code: "invalid-option" },
      { options: { precisionsInit: [1, 2, 3, 4, 5] }, code: "invalid-shape" },
      { options: { precisionsInit: negated(precisionsFor(rows, k, covarianceType)) }, code: "not-positive-definite" },
    ],
  };
}

/** What is tried of the Bayesian mixture with each covariance type, so that every option has its turn. */
const beliefs: Readonly<Record<CovarianceType, Readonly<Record<string, unknown>>>> = {
  full: {},
  tied: { weightConcentrationPriorType: "dirichlet_distribution", density: "plugin" },
  diag: { weightConcentrationPriorType: "dirichlet_distribution", weightConcentrationPrior: "learn" },
  "tied-diag": { moves: true },
  spherical: { weightConcentrationPrior: "learn", density: "plugin", moves: true },
};

/** The same data as {@link mixture}, by a posterior. */
function bayesian(covarianceType: CovarianceType, backend: Backend, onIrises: boolean): EstimatorSubject {
  const { refused = [], ...subject } = mixture(covarianceType, backend, onIrises);
  const d = (onIrises ? iris : faithful)[0]!.length;
  const identity = Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_value, j) => Number(i === j)));
  const negative = {
    full: negated(identity),
    tied: negated(identity),
    diag: identity.map(() => -1),
    "tied-diag": identity.map(() => -1),
    spherical: [[1]],
  }[covarianceType];
  return {
    ...subject,
    name: `Bayesian${subject.name}`,
    plugin: bayesianGaussianMixture,
    options: { ...subject.options, ...beliefs[covarianceType] },
    refused: [
      ...refused,
      { options: { degreesOfFreedomPrior: d - 1 }, code: "invalid-option" },
      { options: { meanPrior: identity[0]!.slice(1) }, code: "invalid-shape" },
      { options: { meanPrior: identity[0]!.map(() => Number.NaN) }, code: "not-finite" },
      { options: { covariancePrior: [[1]] }, code: "invalid-shape" },
      { options: { covariancePrior: negative }, code: covarianceType === "spherical" ? "invalid-shape" : "not-positive-definite" },
    ],
  };
}

/** Three clusters of the irises. */
function clusters(backend: Backend): EstimatorSubject {
  return {
    name: `KMeans, ${backend.name}`,
    plugin: kMeans,
    options: { nClusters: 3 },
    fits: iris,
    starts: [(copy) => ({ init: meansFor(iris, 3, copy) })],
    scaling: "uniform",
    scaledScore: (score, [factor = 1]) => score * factor ** 2, // the score is minus a sum of squared distances
    unregularised: {},
    minimumRows: 3,
    backend,
    refused: [
      { options: { init: [[1]] }, code: "invalid-shape" },
      { options: { init: iris.slice(0, 3).map((row) => row.map(() => Infinity)) }, code: "not-finite" },
      { options: { init: {} }, code: "invalid-shape" },
    ],
  };
}

/** Every so many-th row as a starting mean: the files hold one group after the other, or mix them. */
function meansFor(rows: readonly (readonly number[])[], k: number, copy: DataCopy): number[][] {
  return Array.from({ length: k }, (_, component) =>
    rows[Math.floor(((component + 0.3) * rows.length) / k)]!.map((value, j) => copy.moved(value, j)),
  );
}

/** Groups of equal size in the order of the first feature, which a copy's own rows are looked up in. */
function labelsFor(rows: readonly (readonly number[])[], k: number, copy: DataCopy): Int32Array {
  const order = rows.map((_, row) => row).toSorted((a, b) => rows[a]![0]! - rows[b]![0]! || a - b);
  const labels = new Int32Array(rows.length);
  order.forEach((row, rank) => (labels[row] = Math.floor((rank * k) / rows.length)));
  return copy.rows.map((row) => labels[row]!);
}

/** A start with nothing left to choose. */
function wholeStart(rows: readonly (readonly number[])[], k: number, type: CovarianceType, copy: DataCopy) {
  return {
    weightsInit: Array.from({ length: k }, () => 1 / k),
    meansInit: meansFor(rows, k, copy),
    precisionsInit: precisionsFor(rows, k, type, copy.scale),
  };
}

/** The inverse variances of the features, in the shape that a covariance type wants. */
function precisionsFor(rows: readonly (readonly number[])[], k: number, type: CovarianceType, scale: readonly number[] = []) {
  const inverse = rows[0]!.map((_, j) => {
    const values = rows.map((row) => row[j]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.length / values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (scale[j] ?? 1) ** 2;
  });
  const square = inverse.map((value, i) => inverse.map((_, j) => (i === j ? value : 0)));
  const each = <Part>(part: Part): Part[] => Array.from({ length: k }, () => part);
  return { full: each(square), tied: square, diag: each(inverse), "tied-diag": inverse, spherical: each(inverse[0]!) }[type];
}

function negated(value: unknown): unknown {
  return Array.isArray(value) ? value.map(negated) : -(value as number);
}
