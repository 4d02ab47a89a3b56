import { readFileSync } from "node:fs";

/** A data set of `test/data`: numeric columns by name, row by row, and the class of each row where the file has one. */
export interface DataSet {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
  readonly labels?: readonly string[];
}

/** One fit by scikit-learn from an explicit start; see test/reference/README.md. */
export interface SklearnEntry {
  readonly covarianceType: "full" | "tied" | "diag" | "spherical";
  readonly nComponents: number;
  readonly iterations: number;
  readonly regCovar: number;
  readonly start: { readonly rows: readonly number[] };
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  /** Nested as scikit-learn nests it for the type. */
  readonly covariances: readonly unknown[];
  readonly lowerBounds: readonly number[];
  readonly score: number;
  readonly aic: number;
  readonly bic: number;
  readonly scoreSamplesFirst10: readonly number[];
  readonly predictProbaFirst10: readonly (readonly number[])[];
  readonly labelCounts: readonly number[];
  /** Present instead of the values where scikit-learn itself refused. */
  readonly error?: string;
}

/** One Bayesian fit by scikit-learn from a partition of the rows; see test/reference/README.md. */
export interface SklearnBayesianEntry extends Omit<SklearnEntry, "start" | "aic" | "bic" | "error"> {
  readonly weightConcentrationPriorType: "dirichlet_process" | "dirichlet_distribution";
  readonly weightConcentrationPrior: number;
  readonly weightConcentration: readonly number[] | readonly (readonly number[])[];
  readonly meanPrecision: readonly number[];
  /** One number where the covariance is tied. */
  readonly degreesOfFreedom: readonly number[] | number;
}

/** One model of mclust's table: log-likelihood, free parameters and criteria (larger is better there). */
export interface MclustEntry {
  readonly model: string;
  readonly components: number;
  readonly logLikelihood: number;
  readonly df: number;
  readonly bic: number;
  readonly icl: number;
}

/** Names of the data sets that scikit-learn's reference fits were made on. */
export const sklearnNames = [
  "acidity",
  "banknote",
  "breast_cancer",
  "crabs",
  "diabetes",
  "faithful",
  "galaxies",
  "hbk",
  "iris",
  "milk",
  "penguins",
  "starsCYG",
  "thyroid_gland",
  "wine",
  "wood",
] as const;

/** Names of the data sets that mclust's reference tables were made on. */
export const mclustNames = [
  "acidity",
  "banknote",
  "crabs",
  "diabetes",
  "faithful",
  "galaxies",
  "iris",
  "penguins",
  "thyroid_gland",
  "wine",
] as const;

/** Reads a data set; `width` keeps the first columns only. */
export function loadData(name: string, width?: number): DataSet {
  return loadTable("data", name, width);
}

/** Reads a table of `test/cases` that holds numbers and maybe labels. */
export function loadCase(name: string): DataSet {
  return loadTable("cases", name);
}

function loadTable(folder: string, name: string, width?: number): DataSet {
  const [header = "", ...lines] = read(`${folder}/${name}.csv`).trimEnd().split("\n");
  const names = header.split(",");
  const columns = names.filter((column) => column !== "label").slice(0, width);
  const cells = lines.map((line) => line.split(","));
  const rows = cells.map((row) => row.slice(0, columns.length).map(Number));
  const label = names.indexOf("label");
  return { name, columns, rows, ...(label === -1 ? {} : { labels: cells.map((row) => row[label]!) }) };
}

/** scikit-learn's fits of a data set, with the rows they were made on. */
export function loadSklearn(name: string): { data: DataSet; entries: readonly SklearnEntry[] } {
  const { columns, gaussianMixture } = JSON.parse(read(`reference/sklearn/${name}.json`)) as {
    columns: string[];
    gaussianMixture: SklearnEntry[];
  };
  return { data: loadData(name, columns.length), entries: gaussianMixture };
}

/** scikit-learn's Bayesian fits of a data set, with its rows and the partition that all of them started from. */
export function loadSklearnBayesian(name: string): { data: DataSet; labels: readonly number[]; entries: readonly SklearnBayesianEntry[] } {
  const { columns, labels, entries } = JSON.parse(read(`reference/sklearn-bayesian/${name}.json`)) as {
    columns: string[];
    labels: number[];
    entries: SklearnBayesianEntry[];
  };
  return { data: loadData(name, columns.length), labels, entries };
}

/** mclust's table of a data set, with the rows it was made on. */
export function loadMclust(name: string): { data: DataSet; table: readonly MclustEntry[] } {
  const { table } = JSON.parse(read(`reference/mclust/${name}.json`)) as { table: MclustEntry[] };
  return { data: loadData(name), table };
}

/** Measures of partitions and rankings by scikit-learn, with what was measured; silhouettes are of the rows of iris. */
export interface MetricsReference {
  readonly partitions: readonly {
    readonly name: string;
    readonly first: number[] | string[];
    readonly second: number[] | string[];
    readonly adjustedRand: number;
    readonly adjustedMutualInfo: number;
  }[];
  readonly silhouettes: readonly {
    readonly name: string;
    readonly labels: number[] | string[];
    readonly score: number;
    readonly samples: readonly number[];
  }[];
  readonly rankings: readonly {
    readonly name: string;
    readonly labels: number[];
    readonly scores: readonly number[];
    readonly rocAuc: number;
    readonly averagePrecision: number;
    /** By n; an n whose tie is too wide to enumerate is left out. */
    readonly precisionAt: Readonly<Record<string, number>>;
  }[];
}

/** scikit-learn's values of the measures in `@mixtura/metrics`. */
export function loadMetrics(): MetricsReference {
  return JSON.parse(read("reference/metrics/metrics.json")) as MetricsReference;
}

/** The start that scikit-learn's reference fits had, as options of GaussianMixture. */
export function sklearnStart(entry: SklearnEntry, rows: readonly (readonly number[])[]) {
  const { nComponents: k, covarianceType, regCovar, start } = entry;
  const d = rows[0]!.length;
  const means = Array.from({ length: d }, (_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length);
  // The biased sample variances plus 1e-6, as test/reference/generate_sklearn.py has them.
  const variances = means.map((mean, j) => rows.reduce((sum, row) => sum + (row[j]! - mean) ** 2, 0) / rows.length + 1e-6);
  const precision = variances.map((variance, i) => variances.map((_, j) => (i === j ? 1 / variance : 0)));
  const precisionsInit = {
    full: Array.from({ length: k }, () => precision),
    tied: precision,
    diag: Array.from({ length: k }, () => variances.map((variance) => 1 / variance)),
    spherical: Array.from({ length: k }, () => d / variances.reduce((sum, variance) => sum + variance, 0)),
  }[covarianceType];
  return {
    nComponents: k,
    covarianceType,
    regCovar,
    tol: 0,
    maxIter: entry.iterations,
    weightsInit: Array.from({ length: k }, () => 1 / k),
    meansInit: start.rows.map((row) => rows[row]!),
    precisionsInit,
    randomState: 0,
  };
}

function read(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
}
