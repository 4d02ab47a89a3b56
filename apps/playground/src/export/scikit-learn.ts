import type { CovarianceType } from "mixtura";
import { covarianceKind } from "mixtura";
import { pythonText } from "./quoting.ts";
import type { Subject } from "./subject.ts";
import { declaredFit, fileOf, remarksOf } from "./subject.ts";

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
    takes: [...MIXTURE, "weightsInit", "meansInit", "precisionsInit"],
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
  KMeans: {
    module: "sklearn.cluster",
    name: "KMeans",
    takes: ["nClusters", "init", "maxIter", "tol", "nInit", "randomState"],
    asks: [CLUSTERS],
  },
  KernelDensity: { module: "sklearn.neighbors", name: "KernelDensity", takes: ["bandwidth", "kernel"], asks: [DENSITY] },
  EllipticEnvelope: {
    module: "sklearn.covariance",
    name: "EllipticEnvelope",
    takes: ["supportFraction", "contamination", "randomState"],
    defaults: { threshold: { apart: 0.1 } },
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
  const rule = threshold as Readonly<Record<string, unknown>> | undefined;
  return { ...others, ...(rule === undefined || Object.hasOwn(rule, "contamination") ? rule : { threshold }) };
}

/** The fit in Python. Seeds draw other starts there, so that optima may differ; from the same start the numbers agree. */
export function scikitLearn(subject: Subject): string {
  const fit = declaredFit(subject);
  const { type } = fit.plugin;
  const twin = TWINS[type];
  if (twin === undefined) return `# scikit-learn has no ${type}.\n`;
  const options = flat({ ...twin.defaults, ...fit.options });
  const why = (name: string): string | undefined => strangeness(twin, name, options[name]);
  const names = Object.keys(options);
  const given = twin.takes.filter((name) => Object.hasOwn(options, name) && why(name) === undefined);
  const columns = subject.names.length === 0 ? "" : `[${literal(subject.names)}]`;
  return [
    "import pandas as pd",
    `from ${twin.module} import ${twin.name}`,
    "",
    ...remarksOf(subject, fit, "#"),
    `X = pd.read_csv(${literal(fileOf(subject))})${columns}`,
    ...names.filter((name) => why(name) !== undefined).map((name) => `# ${snake(name)}: ${why(name)}.`),
    `model = ${twin.name}(${given.map((name) => `${snake(name)}=${literal(options[name])}`).join(", ")})`,
    "model.fit(X)",
    ...twin.asks,
    "",
  ].join("\n");
}

/** Why a value cannot be given in Python, where it cannot. Values as they are stay out of the sentence: it is part of a program. */
function strangeness({ name: owner, takes }: Twin, name: string, value: unknown): string | undefined {
  if (!takes.includes(name)) return `${owner} has no such option`;
  if (name === "covarianceType" && !covarianceKind(value as CovarianceType).standard) return `${owner} has no such type`;
  if (value === "learn") return `${owner} learns none`;
  if (typeof value !== "object" || isNumbers(value)) return undefined;
  return Object.hasOwn(value!, "relative")
    ? `a fraction of each feature's spread, which ${owner} does not take`
    : `${owner} does not take it so`;
}

/** Numbers, in lists of any depth. */
function isNumbers(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isNumbers) : typeof value === "number";
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Plain data as a literal. */
function literal(value: unknown): string {
  if (typeof value === "string") return pythonText(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  return Array.isArray(value) ? `[${value.map(literal).join(", ")}]` : String(value);
}
