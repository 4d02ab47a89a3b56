import type { WorkbenchState } from "../state/state.ts";

/** What code is written about. */
export interface Subject {
  readonly state: WorkbenchState;
  /** The seed in force, so that the code gives the same model. */
  readonly seed: number | undefined;
  readonly names: readonly string[];
}

/** The options with the seed filled in where the estimator takes one. */
export function optionsOf({ state, seed }: Subject, takesSeed: boolean): Record<string, unknown> {
  const { options } = state.model;
  return takesSeed && options["randomState"] === undefined && seed !== undefined ? { ...options, randomState: seed } : { ...options };
}

/** The name of a file that holds the rows. */
export function fileOf({ state: { data } }: Subject): string {
  return data.kind === "set" ? `${data.name}.csv` : data.kind === "file" ? data.name : "rows.csv";
}

/** Whether the rows first have to be taken along as a file. */
export function needsRows({ state: { data, edits } }: Subject): boolean {
  return data.kind !== "file" || edits.added.length + edits.removed.length + edits.moved.length > 0;
}
