import type { CovarianceType } from "mixtura";
import { covarianceKind, plugins } from "mixtura";
import type { Subject } from "./subject.ts";
import { fileOf, needsRows, optionsOf } from "./subject.ts";

/** Where Python has the same estimator, and which of its options. */
interface Twin {
  readonly module: string;
  readonly name: string;
  /** Options that Python's has too, under the same name in snake_case. */
  readonly takes: readonly string[];
  /** Defaults that differ, written out so that both fit alike. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** What the model is asked afterwards. */
  readonly asks: readonly string[];
}

const CLUSTERS = "labels = model.predict(X)";
const DENSITY = "log_densities = model.score_samples(X)";
const DISTANCES = "squared_distances = model.mahalanobis(X)";
const MIXTURE = ["nComponents", "covarianceType", "tol", "regCovar", "maxIter", "nInit", "initParams", "randomState"];

/** Estimators that Python has too. One that is not listed is said to have no twin. */
const TWINS: Readonly<Record<string, Twin>> = {
  GaussianMixture: {
    module: "sklearn.mixture",
    name: "GaussianMixture",
    takes: MIXTURE,
    defaults: { tol: 1e-5, maxIter: 1000 },
    asks: [CLUSTERS, DENSITY],
  },
  BayesianGaussianMixture: {
    module: "sklearn.mixture",
    name: "BayesianGaussianMixture",
    takes: [...MIXTURE, "weightConcentrationPriorType", "weightConcentrationPrior", "meanPrecisionPrior", "degreesOfFreedomPrior"],
    defaults: { tol: 1e-5, maxIter: 1000 },
    asks: [CLUSTERS, DENSITY],
  },
  KMeans: { module: "sklearn.cluster", name: "KMeans", takes: ["nClusters", "maxIter", "tol", "nInit", "randomState"], asks: [CLUSTERS] },
  KernelDensity: { module: "sklearn.neighbors", name: "KernelDensity", takes: ["bandwidth", "kernel"], asks: [DENSITY] },
  EllipticEnvelope: {
    module: "sklearn.covariance",
    name: "EllipticEnvelope",
    takes: ["supportFraction", "contamination", "randomState"],
    asks: ["labels = model.predict(X)  # -1 for outliers"],
  },
  EmpiricalCovariance: { module: "sklearn.covariance", name: "EmpiricalCovariance", takes: ["assumeCentered"], asks: [DISTANCES] },
  ShrunkCovariance: { module: "sklearn.covariance", name: "ShrunkCovariance", takes: ["assumeCentered", "shrinkage"], asks: [DISTANCES] },
  LedoitWolf: { module: "sklearn.covariance", name: "LedoitWolf", takes: ["assumeCentered"], asks: [DISTANCES] },
  OAS: { module: "sklearn.covariance", name: "OAS", takes: ["assumeCentered"], asks: [DISTANCES] },
  MinCovDet: {
    module: "sklearn.covariance",
    name: "MinCovDet",
    takes: ["assumeCentered", "supportFraction", "randomState"],
    asks: [DISTANCES],
  },
  ECOD: {
    module: "pyod.models.ecod",
    name: "ECOD",
    takes: ["contamination"],
    asks: ["scores = -model.decision_scores_  # higher is more usual, as in Mixtura"],
  },
};

/** What is asked for as a threshold here is an option of its own there. */
function flat(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { threshold, ...others } = options;
  return {
    ...others,
    ...(typeof threshold === "object" && threshold !== null && "contamination" in threshold
      ? threshold
      : threshold === undefined
        ? {}
        : { threshold }),
  };
}

/** The fit in Python. Seeds draw other starts there, so that optima may differ; from the same start the numbers agree. */
export function scikitLearn(subject: Subject): string {
  const { state, names } = subject;
  const { type } = state.model;
  const twin = TWINS[type];
  if (twin === undefined) return `# scikit-learn has no ${type}.\n`;
  const plugin = plugins.find((candidate) => candidate.type === type);
  const options = flat({ ...twin.defaults, ...optionsOf(subject, plugin !== undefined && "randomState" in plugin.options) });
  const unknown = Object.keys(options).filter((name) => !twin.takes.includes(name));
  const relative = twin.takes.filter((name) => typeof options[name] === "object" && !Array.isArray(options[name]));
  const isForeign = (name: string): boolean =>
    name === "covarianceType" && options[name] !== undefined && !covarianceKind(options[name] as CovarianceType).standard;
  const foreign = twin.takes.filter(isForeign);
  const given = twin.takes.filter((name) => options[name] !== undefined && !relative.includes(name) && !isForeign(name));
  const file = needsRows(subject) ? "rows.csv" : fileOf(subject);
  const columns = names.length === 0 ? "" : `[${pythonValue(names)}]`;
  return [
    "import pandas as pd",
    `from ${twin.module} import ${twin.name}`,
    "",
    ...(needsRows(subject) ? ["# The rows as shown: “Rows (CSV)” on the same page."] : []),
    `X = pd.read_csv(${pythonValue(file)})${columns}`,
    ...unknown.map((name) => `# ${snake(name)}: ${twin.name} has no such option.`),
    ...foreign.map((name) => `# ${snake(name)}: ${twin.name} has no ${pythonValue(options[name])}.`),
    ...relative.map((name) => `# ${snake(name)}: a fraction of each feature's spread, which ${twin.name} does not take.`),
    `model = ${twin.name}(${given.map((name) => `${snake(name)}=${pythonValue(options[name])}`).join(", ")})`,
    "model.fit(X)",
    ...twin.asks,
    "",
  ].join("\n");
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function pythonValue(value: unknown): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(", ")}]`;
  return JSON.stringify(value);
}
