// How detectors rank the labelled files: ROC AUC and average precision of −score against the label, fitted without labels on all rows, and on the
// rows of label 0 alone (novelty). Prints Markdown tables. scikit-learn takes part where python3 (or $MIXTURA_PYTHON) has it.
// Usage: node bench/ranking.ts [all,clean] [names]
import { execFileSync } from "node:child_process";
import { loadData } from "@mixtura/fixtures";
import { averagePrecisionScore, rocAucScore } from "@mixtura/metrics";
import { ECOD } from "@mixtura/ecod";
import type { FittedModel, MatrixLike } from "@mixtura/core";
import { EllipticEnvelope, MixtureDetector, RefitOnInliers } from "../src/index.ts";

interface Scoring extends FittedModel {
  scoreSamples(X: MatrixLike): Promise<Float64Array>;
}
type Rows = readonly (readonly number[])[];

/** Glass calls a type of nine rows outliers; the others have a label of their own. */
function labelled(name: string): { readonly rows: Rows; readonly labels: readonly number[] } {
  const { rows, labels = [] } = loadData(name);
  return { rows, labels: labels.map((label) => Number(label === (name === "glass" ? "6" : "1"))) };
}

const everyName = "hbk,starsCYG,wood,octane,glass,banknote,breast_cancer,ionosphere";
const [trainings = "all,clean", chosen = everyName] = process.argv.slice(2);
const names = chosen.split(",");

const detectors: Readonly<Record<string, (X: Rows) => Promise<Scoring>>> = {
  EllipticEnvelope: (X) => new EllipticEnvelope().fit(X),
  MixtureDetector: (X) => new MixtureDetector({ randomState: 0 }).fit(X),
  "RefitOnInliers (MixtureDetector)": (X) =>
    new RefitOnInliers({ estimator: new MixtureDetector({ randomState: 0 }), rule: { contamination: 0.1 } }).fit(X),
  ECOD: (X) => new ECOD().fit(X),
};

/** scikit-learn's scores, or why there are none. */
function sklearn(name: string, training: "all" | "clean"): Readonly<Record<string, readonly number[]>> | string {
  const { rows, labels } = labelled(name);
  const program = `
import json, sys, warnings
warnings.filterwarnings("ignore")
from sklearn.covariance import EllipticEnvelope
from sklearn.ensemble import IsolationForest
import numpy as np
X, labels, clean = json.load(sys.stdin)
X, labels = np.array(X), np.array(labels)
T = X[labels == 0] if clean else X
print(json.dumps({
  "sklearn EllipticEnvelope": EllipticEnvelope(random_state=0).fit(T).score_samples(X).tolist(),
  "sklearn IsolationForest": IsolationForest(random_state=0).fit(T).score_samples(X).tolist(),
}))`;
  try {
    const python = process.env["MIXTURA_PYTHON"] ?? "python3";
    const input = JSON.stringify([rows, labels, training === "clean"]);
    return JSON.parse(execFileSync(python, ["-c", program], { input, encoding: "utf8", maxBuffer: 2 ** 26 })) as Record<string, number[]>;
  } catch (error) {
    return error instanceof Error ? error.message.split("\n")[0]! : String(error);
  }
}

for (const training of trainings.split(",") as ("all" | "clean")[]) {
  console.log(`\nFitted on ${training === "all" ? "all rows" : "the rows of label 0"}: ROC AUC / average precision\n`);
  const columns = [...Object.keys(detectors), "sklearn EllipticEnvelope", "sklearn IsolationForest"];
  console.log(`| data | rows × features | outliers | ${columns.join(" | ")} |`);
  console.log(`| --- | --- | --- | ${columns.map(() => "---").join(" | ")} |`);
  for (const name of names) {
    const { rows, labels } = labelled(name);
    const fitted = training === "all" ? rows : rows.filter((_, row) => labels[row] === 0);
    const scores: Record<string, readonly number[] | string> = {};
    for (const [detector, fit] of Object.entries(detectors)) {
      scores[detector] = await fit(fitted)
        .then((model) => model.scoreSamples(rows))
        .then(
          (found) => [...found],
          (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)),
        );
    }
    const peers = sklearn(name, training);
    for (const peer of columns.slice(-2)) scores[peer] = typeof peers === "string" ? "absent" : peers[peer]!;
    const cells = columns.map((column) => {
      const found = scores[column]!;
      if (typeof found === "string") return found;
      const outlying = found.map((score) => -score);
      return `${rocAucScore(labels, outlying, { positive: 1 }).toFixed(3)} / ${averagePrecisionScore(labels, outlying, { positive: 1 }).toFixed(3)}`;
    });
    console.log(
      `| ${name} | ${rows.length} × ${rows[0]!.length} | ${labels.filter((label) => label === 1).length} | ${cells.join(" | ")} |`,
    );
  }
}
