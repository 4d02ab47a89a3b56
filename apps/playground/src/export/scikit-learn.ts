import { plugins } from "mixtura";
import type { Subject } from "./subject.ts";
import { fileOf, needsRows, optionsOf } from "./subject.ts";

/** Where Python has the same estimator, and how it calls what it has. Options that are not named keep their name in snake_case. */
interface Twin {
  readonly module: string;
  readonly name: string;
  /** Names that differ. */
  readonly names?: Readonly<Record<string, string>>;
  /** Options that Python's does not have. */
  readonly without?: readonly string[];
  /** Defaults that differ, written out so that both fit alike. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Whether higher scores mean more unusual there. */
  readonly reversed?: boolean;
}

const MIXTURE_WITHOUT = ["acceleration", "precision"];

/** Estimators that Python has too. One that is not listed is said to have no twin. */
const TWINS: Readonly<Record<string, Twin>> = {
  GaussianMixture: { module: "sklearn.mixture", name: "GaussianMixture", without: MIXTURE_WITHOUT, defaults: { tol: 1e-5, maxIter: 1000 } },
  BayesianGaussianMixture: { module: "sklearn.mixture", name: "BayesianGaussianMixture", without: MIXTURE_WITHOUT },
  KMeans: { module: "sklearn.cluster", name: "KMeans", without: ["precision"] },
  KernelDensity: { module: "sklearn.neighbors", name: "KernelDensity", without: ["scaling"] },
  EllipticEnvelope: { module: "sklearn.covariance", name: "EllipticEnvelope" },
  EmpiricalCovariance: { module: "sklearn.covariance", name: "EmpiricalCovariance" },
  ShrunkCovariance: { module: "sklearn.covariance", name: "ShrunkCovariance" },
  LedoitWolf: { module: "sklearn.covariance", name: "LedoitWolf" },
  OAS: { module: "sklearn.covariance", name: "OAS" },
  MinCovDet: { module: "sklearn.covariance", name: "MinCovDet" },
  LocalOutlierFactor: { module: "sklearn.neighbors", name: "LocalOutlierFactor" },
  IsolationForest: { module: "sklearn.ensemble", name: "IsolationForest" },
  ECOD: { module: "pyod.models.ecod", name: "ECOD", without: ["tails"], reversed: true },
};

/** The fit in Python. Seeds draw other starts there, so that optima may differ; from the same start the numbers agree. */
export function scikitLearn(subject: Subject): string {
  const { state, names } = subject;
  const { type } = state.model;
  const twin = TWINS[type];
  if (twin === undefined) return `# scikit-learn has no ${type}.\n`;
  const plugin = plugins.find((candidate) => candidate.type === type);
  const options = { ...twin.defaults, ...optionsOf(subject, plugin !== undefined && "randomState" in plugin.options) };
  const taken = Object.entries(options).filter(([name]) => !(twin.without ?? []).includes(name));
  const left = Object.keys(options).filter((name) => (twin.without ?? []).includes(name));
  const relative = taken.filter(([, value]) => typeof value === "object" && !Array.isArray(value)).map(([name]) => name);
  const file = needsRows(subject) ? "rows.csv" : fileOf(subject);
  const columns = names.length === 0 ? "" : `[${pythonValue(names)}]`;
  const clusters = plugin?.capabilities.includes("clustering") === true;
  const density = plugin?.capabilities.includes("density") === true;
  const given = taken
    .filter(([name]) => !relative.includes(name))
    .map(([name, value]) => `${twin.names?.[name] ?? snake(name)}=${pythonValue(value)}`);
  return [
    "import pandas as pd",
    `from ${twin.module} import ${twin.name}`,
    "",
    ...(needsRows(subject) ? ["# The rows as shown: “Rows (CSV)” on the same page."] : []),
    `X = pd.read_csv(${pythonValue(file)})${columns}`,
    ...left.map((name) => `# ${snake(name)}: ${twin.name} has no such option.`),
    ...relative.map((name) => `# ${snake(name)}: a share of each feature's spread, which ${twin.name} does not take.`),
    `model = ${twin.name}(${given.join(", ")})`,
    "model.fit(X)",
    ...(clusters ? ["labels = model.predict(X)"] : []),
    ...(density ? ["log_densities = model.score_samples(X)"] : []),
    ...(twin.reversed === true ? ["scores = -model.decision_scores_  # higher is more usual, as in Mixtura"] : []),
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
