// What a model of any type can be asked, and what no answer may be.
import type { FittedModel } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";

type Call = (...args: unknown[]) => unknown;

/** Members of models that are functions of rows. */
const ofRows = ["predict", "predictProba", "scoreSamples", "decisionFunction", "mahalanobis", "errorNorm", "explain", "transform", "judge"];
/** Members without arguments that are worked out when they are read. */
const facts = [
  "weights",
  "means",
  "aic",
  "bic",
  "icl",
  "logLikelihood",
  "lowerBound",
  "expectedComponents",
  "objective",
  "criteria",
  "nParameters",
  "threshold",
  "skewness",
  "bandwidth",
  "priorWeights",
  "occupiedComponents",
  "inertia",
  "clusterCenters",
  "location",
];

/** Everything that a model says about rows and of itself; what it refuses by an error of ours stands as that error's code. */
export async function answersOf(model: FittedModel, X: readonly (readonly number[])[]): Promise<Readonly<Record<string, unknown>>> {
  const members = model as unknown as Readonly<Record<string, unknown>>;
  const answers: Record<string, unknown> = {};
  const ask = async (name: string, call: () => unknown): Promise<void> => {
    try {
      answers[name] = await call();
    } catch (error) {
      if (!isMixturaError(error)) throw new Error(`${model.type}.${name}: an error that is none of ours`, { cause: error });
      answers[name] = error.code;
    }
  };
  for (const name of facts) if (name in members) await ask(name, () => members[name]);
  for (const name of ofRows) if (typeof members[name] === "function") await ask(name, () => (members[name] as Call)(X));
  if (typeof members["score"] === "function") await ask("score", () => (members["score"] as Call)(X));
  if (typeof members["sample"] === "function") await ask("sample", () => (members["sample"] as Call)(20, { randomState: 5 }));
  if (typeof members["covariance"] === "function") await ask("covariance", () => (members["covariance"] as Call)(0));
  const { point } = members as { point?: Readonly<Record<string, unknown>> };
  for (const [name, of] of Object.entries(point ?? {})) {
    if (typeof of === "function" && of.length === 1) await ask(`point.${name}`, () => X.map((row) => (of as Call)(row)));
  }
  return answers;
}

/** The first number of an answer that is none, by its path; nothing where all are. */
function firstNaN(value: unknown, path = ""): string | undefined {
  if (typeof value === "number") return Number.isNaN(value) ? path : undefined;
  if (ArrayBuffer.isView(value)) {
    const at = (value as Float64Array).findIndex((item) => Number.isNaN(item));
    return at === -1 ? undefined : `${path}[${at}]`;
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const found = firstNaN(item, path === "" ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What of the answers cannot be, whatever the model: weights or responsibilities that do not sum to 1, labels out of range. */
export function impossible(answers: Readonly<Record<string, unknown>>): string | undefined {
  const nan = firstNaN(answers);
  if (nan !== undefined) return `${nan} is NaN`;
  const { weights, predictProba, predict } = answers as {
    weights?: Float64Array;
    predictProba?: { data: Float64Array; rows: number; columns: number };
    predict?: Int32Array;
  };
  // Each of the terms of the sum is rounded to 2⁻⁵³ of it at most.
  const sumsTo1 = (values: Float64Array): boolean => Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) <= 1e-12;
  if (weights instanceof Float64Array && !sumsTo1(weights)) return `weights ${String(weights)}`;
  if (typeof predictProba === "object") {
    const { data, rows, columns } = predictProba;
    for (let i = 0; i < rows; i++) {
      const row = data.subarray(i * columns, (i + 1) * columns);
      if (!sumsTo1(row) || row.some((value) => value < 0)) return `responsibilities ${String(row)} of row ${i}`;
      if (predict instanceof Int32Array && !(predict[i]! >= 0 && predict[i]! < columns)) return `label ${predict[i]} of row ${i}`;
    }
  }
  return undefined;
}
