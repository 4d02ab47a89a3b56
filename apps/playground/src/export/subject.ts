import type { DeclaredEstimator } from "../model/catalogue.ts";
import { catalogue } from "../model/catalogue.ts";
import { checkedOptions } from "../model/checked.ts";
import type { WorkbenchState } from "../state/state.ts";

/** What code is written about. */
export interface Subject {
  readonly state: WorkbenchState;
  /** The seed in force, so that the code gives the same model. */
  readonly seed: number | undefined;
  readonly names: readonly string[];
  /** Whether every reader takes the reader's own file for these rows: CSV with a header, no row left out. Default true. */
  readonly isPlain?: boolean;
  /** What the rows are called as a download. Default "rows.csv". */
  readonly download?: string;
}

/** The estimator of a subject as its declarations have it: what they refuse is in no code. */
export interface DeclaredFit {
  readonly plugin: DeclaredEstimator;
  /** The options that were given, with the seed filled in where the estimator takes one. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Names of options that the estimator does not take, or not with this value. */
  readonly refused: readonly string[];
}

/** Every kind of code is written from this alone, and never from the options of the state. */
export function declaredFit({ state: { model }, seed }: Subject): DeclaredFit {
  const plugin = catalogue.estimators.find(({ type }) => type === model.type)!;
  const seeded = Object.hasOwn(plugin.options, "randomState") && model.options["randomState"] === undefined && seed !== undefined;
  const { options, refused } = checkedOptions(plugin, seeded ? { ...model.options, randomState: seed } : model.options);
  return { plugin, options, refused: [...refused.keys()] };
}

/** The name of a file that holds the rows. */
export function fileOf(subject: Subject): string {
  const { state, download = "rows.csv" } = subject;
  return state.data.kind === "file" && !needsRows(subject) ? state.data.name : download;
}

/** Whether the rows first have to be taken along as a file. */
function needsRows({ state: { data, edits }, isPlain = true }: Subject): boolean {
  return data.kind !== "file" || !isPlain || edits.added.length + edits.removed.length + edits.moved.length > 0;
}

/** Sentences about what is not in the code, as comments. */
export function remarksOf(subject: Subject, { plugin, refused }: DeclaredFit, sign: "#" | "//"): string[] {
  return [
    ...(needsRows(subject) ? [`${sign} The rows as shown: “Rows (CSV)” on the same page.`] : []),
    // What is no word cannot have come from a form, and has no place in a line of code.
    ...refused.filter((name) => /^\w+$/.test(name)).map((name) => `${sign} ${name}: left out, since ${plugin.type} does not take it so.`),
  ];
}
