// What is not called, what is called as declared, and what is by design. Each with its reason.
import type { Rules } from "./attack.ts";

/** Not called at all. */
const CLOSED: readonly (readonly [RegExp, string])[] = [
  [/^@mixtura\/io\/node:/, "they take names of files, and are attacked with files"],
  [
    /^@mixtura\/core\/authoring: (?:inStrides|forEachRow)$/,
    "loops over as many rows as they are told, which a matrix has that callers have read",
  ],
  [
    /^@mixtura\/core\/authoring: checkOptions$/,
    "takes declarations, which are code; those of plugins are checked by `checkPlugins`, options by every constructor here",
  ],
  [/^@mixtura\/report: render/, "takes the whole outcome of a selection or a detection, whose parts belong together as no made-up ones do"],
  [/: tfjsBackend$/, "takes the namespace of TensorFlow.js, for which nothing made here can stand"],
];

/** Called with values of the declared types only: what else they are given, TypeScript refuses, and it comes from code of ours or of authors, not from data. */
const TRUSTING: readonly (readonly [RegExp, string])[] = [
  [/^@mixtura\/core\/authoring:/, "what authors of estimators build with, on values that entries have checked"],
  [/^@mixtura\/backend\/authoring:/, "the same for estimators on backends"],
  [/^@mixtura\/backend: defineBackend$/, "takes the code of a backend"],
  [/^@mixtura\/report: /, "takes what a selection, a detection or a survey returned, whole; it checks that sizes fit"],
  [/new MixturaError$/, "an error is not to fail in being made: it takes what it is given"],
];

/** Findings that the docs announce. */
const DOCUMENTED: readonly (readonly [target: RegExp, problem: RegExp, reason: string])[] = [
  [
    /^@mixtura\/distributions:/,
    /^NaN/,
    "NaN where an argument is NaN, no number, or out of its range, as each docstring says; `integrate` where its function is",
  ],
  [/^@mixtura\/model-selection: aicc$/, /^NaN/, "NaN where an argument is NaN or no number, as its docstring says"],
  [/^@mixtura\/core: (?:toRows|toRecords|matrix)$/, /^NaN/, "hands on the numbers that it is given, NaN among them"],
  [/^@mixtura\/core\/authoring:/, /^NaN/, "the same: checks of numbers are functions of their own there"],
  [
    /^@mixtura\/backend(?:\/authoring)?:/,
    /^NaN/,
    "sums and logarithms of the numbers that a pass is given, as their docstrings say; fits check ranges first",
  ],
  [/: new \w+$/, /^NaN at answer\.options/, "shows the options that were given; data-like ones are checked against the data by the fit"],
];

/** With `badRows: "report"` the answer about a row that cannot be read is NaN, as docstrings say. */
const reportsBadRows = (problem: string, values: readonly unknown[]): boolean =>
  problem.startsWith("NaN at answer") &&
  values.some((value) => typeof value === "object" && value !== null && (value as { readonly badRows?: unknown }).badRows === "report");

const has = (list: readonly (readonly [RegExp, string])[], target: string): boolean => list.some(([pattern]) => pattern.test(target));

export const rules: Rules = {
  closed: (target) => has(CLOSED, target),
  trusting: (target) => has(TRUSTING, target),
  documented: (target, problem, values) =>
    DOCUMENTED.some(([name, text]) => name.test(target) && text.test(problem)) || reportsBadRows(problem, values),
};
