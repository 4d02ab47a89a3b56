import type { ErrorCode, Matrix } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { build } from "../../naive/matrix.ts";
import { columnsOf, everyRow, spreadOf } from "./data-copy.ts";
import type { ModelUnderTest } from "./model.ts";
import { answers, method, mixtureView, restartsOf } from "./model.ts";
import { flatNumbers } from "./payload.ts";
import type { EstimatorLaw, EstimatorUnderTest } from "./subject.ts";
import { createTally } from "./tally.ts";

/** Rows that are hard on an estimator. */
interface HardCase {
  readonly X: Matrix;
  /**
   * What has no spread, so that a density of such rows must say something: a feature; every group of rows, for a model of several groups; or a
   * direction, for a model of how features vary together.
   */
  readonly flat?: "feature" | "groups" | "direction";
  /** Whether the squares of the values leave the range of doubles, so that the rows may be rejected as "not-finite". */
  readonly extreme?: boolean;
}

const survives: EstimatorLaw = {
  id: "degenerate-data/survives",
  needs: [],
  claim:
    "fits data without spread, in a subspace, with too few rows, of any size and with an outlier: finite answers, and a diagnostic where they mean little",
  async check(trial) {
    const tally = createTally("fits survive degenerate data, and no path returns NaN in silence");
    for (const [name, { X, flat, extreme }] of Object.entries(hardCases(trial))) {
      await tally.check(name, async () => {
        const model = await fitOrRefusal(trial, X, extreme ? ["too-few-rows", "not-finite"] : ["too-few-rows"]);
        if (model === undefined) return;
        await requireFinite(model, X);
        const { diagnostics } = model.trace;
        const degenerate = restartsOf(model.trace).some((restart) => restart.chosen && restart.degenerate);
        const visible = flat === "feature" || (flat === "groups" && seesGroups(model)) || (flat === "direction" && seesDirections(model));
        const mustSay = degenerate || (visible && trial.capabilities.has("density"));
        // Groups at one place each are no fault where features hold two values only; that they do is said.
        const said = diagnostics.some(
          ({ severity, code }) => severity === "warning" || (flat === "groups" && code === "two-valued-feature"),
        );
        if (mustSay && !said) throw new Error("the model is degenerate, and no diagnostic says so");
      });
    }
    return tally.figure();
  },
};

/** The model, or nothing where the rows may be refused. */
async function fitOrRefusal(trial: EstimatorUnderTest, X: Matrix, codes: readonly ErrorCode[]): Promise<ModelUnderTest | undefined> {
  try {
    return await trial.fit(X);
  } catch (error) {
    if (codes.some((code) => isMixturaError(error, code))) return undefined;
    throw error;
  }
}

function seesGroups(model: ModelUnderTest): boolean {
  return (mixtureView(model)?.weights.length ?? 0) > 1;
}

/** Whether a mixture has covariances between features. */
function seesDirections(model: ModelUnderTest): boolean {
  const covariance = mixtureView(model)?.covariance(0);
  return covariance !== undefined && covariance.data.some((value, at) => value !== 0 && at % (covariance.columns + 1) !== 0);
}

async function requireFinite(model: ModelUnderTest, X: Matrix): Promise<void> {
  if (JSON.stringify(model).includes("null")) throw new Error("the model's JSON holds a number that is not finite");
  if (!flatNumbers(model.toJSON()).every(Number.isFinite)) throw new Error("the model holds a number that is not finite");
  for (const [name, values] of Object.entries(await answers(model, X))) {
    const bad = Array.from(values).findIndex((value) => !Number.isFinite(value));
    if (bad !== -1) throw new Error(`${name} [${bad}] is ${values[bad]}`);
  }
  if (model.predictProba !== undefined) {
    const { data, rows, columns } = await model.predictProba(X);
    for (let i = 0; i < rows; i++) {
      const sum = data.slice(i * columns, (i + 1) * columns).reduce((total, responsibility) => total + responsibility, 0);
      if (Math.abs(sum - 1) > 1e-12) throw new Error(`the responsibilities of row ${i} sum to ${sum}`);
    }
  }
  if (model.sample !== undefined && !method(model, "sample")(20, { randomState: 1 }).X.data.every(Number.isFinite))
    throw new Error("a drawn row is not finite");
}

/** Hard data, made of the subject's own. */
function hardCases({ data, minimumRows }: EstimatorUnderTest): Readonly<Record<string, HardCase>> {
  const { rows, columns: d } = data;
  const random = createRandom(71);
  const { mean, deviation } = spreadOf(data);
  const at = (i: number, j: number): number => data.data[i * d + j]!;
  const extended = (value: (i: number) => number): Matrix => build(rows, d + 1, (i, j) => (j < d ? at(i, j) : value(i)));
  const firstRows = (count: number): Matrix => build(count, d, at);
  return {
    "a constant column": { X: extended(() => 5), flat: "feature" },
    "a column of zeros": { X: extended(() => 0), flat: "feature" },
    "a column of 0.1, which rounds": { X: extended(() => 0.1), flat: "feature" },
    "a duplicated column": { X: columnsOf(data, [...everyRow(d), 0]), flat: "direction" },
    "a column that is a multiple of another": { X: extended((i) => 3 * at(i, 0) - 1), flat: "direction" },
    "a column that is the sum of all others": { X: extended((i) => everyRow(d).reduce((sum, j) => sum + at(i, j), 0)), flat: "direction" },
    "all rows equal": { X: build(rows, d, (_, j) => at(0, j)), flat: "feature" },
    "all rows zero": { X: build(rows, d, () => 0), flat: "feature" },
    "two places 9 999 apart": { X: build(40, d, (i) => (i % 2) * 9999), flat: "groups" },
    "two rows 9 999 apart": { X: build(2, d, (i) => i * 9999), flat: "groups" },
    "every row ten times": { X: build(10 * Math.min(rows, 60), d, (i, j) => at(Math.floor(i / 10), j)) },
    "three different rows, repeated": { X: build(60, d, (i, j) => at(i % 3, j)) },
    "as many rows as it needs": { X: firstRows(minimumRows) },
    "fewer rows than columns": { X: build(minimumRows + 1, minimumRows + 6, () => random.normal()), flat: "direction" },
    "one row": { X: firstRows(1) },
    "an offset of 1e6, another per feature": { X: build(rows, d, (i, j) => at(i, j) + (j + 1) * 1e6) },
    "an offset of 1e12": { X: build(rows, d, (i, j) => at(i, j) + 1e12) },
    "an outlier at a million standard deviations": { X: build(rows, d, (i, j) => (i === 7 ? mean[j]! + 1e6 * deviation[j]! : at(i, j))) },
    "an outlier at 1e100": { X: build(rows, d, (i, j) => (i === 7 ? 1e100 : at(i, j))) },
    "values of 1e-300, whose squares vanish": { X: build(rows, d, (i, j) => at(i, j) * 1e-300), extreme: true },
    "values of 1e-160, whose squares lose digits": { X: build(rows, d, (i, j) => at(i, j) * 1e-160), extreme: true },
    "values of 1e150": { X: build(rows, d, (i, j) => at(i, j) * 1e148) },
    "values of 1e300, whose squares overflow": { X: build(rows, d, (i, j) => at(i, j) * 1e298), extreme: true },
    "features of 1e150 and 1e-150": { X: build(rows, d, (i, j) => at(i, j) * (j % 2 === 0 ? 1e148 : 1e-152)) },
    "two values only": { X: build(rows, d, (i, j) => Number(at(i, j) > mean[j]!)) },
    "whole numbers": { X: build(rows, d, (i, j) => Math.round(at(i, j))) },
    "more rows than one chunk, all equal but one": { X: build(5000, d, (i, j) => (i === 4999 ? 1 : 0) + at(0, j)), flat: "groups" },
  };
}

/** Laws of degenerate data. */
export const degenerateDataLaws: readonly EstimatorLaw[] = [survives];
