import type { FittedModel } from "@mixtura/core";
import type { MixtureView } from "@mixtura/outliers/internal";
import { isCleaned, viewOf } from "@mixtura/outliers/internal";
import { counted, decimalsFor, fixed, plural } from "@mixtura/wording/internal";
import { shownNames } from "../flags/feature-values.ts";

/** What a cleaning did, as far as the detector remembers. */
export interface Cleaned {
  /** Rows that were removed, by index among those that were fitted. */
  readonly removedRows: Int32Array;
  readonly before: MixtureView | undefined;
  readonly after: MixtureView | undefined;
  readonly sentences: readonly string[];
}

/** The most features whose change is shown. */
const MOST_SHOWN = 6;

/** What was removed and what that changed; nothing where the detector was not cleaned. */
export function cleaningOf(detector: FittedModel): Cleaned | undefined {
  if (!isCleaned(detector)) return undefined;
  const { removedRows, first, model, trace } = detector;
  const [before, after] = [viewOf(first), viewOf(model)];
  const rounds = trace.iterations ?? 0;
  const sentences = [
    `${counted(removedRows.length, "row")} ${plural(removedRows.length, "was", "were")} removed in ${counted(rounds, "round")} of fitting and removing${trace.converged ? ", until nothing changed" : "; rows still changed sides in the last"}.`,
    ...changeSentences(before, after, shownNames(detector)),
  ];
  return { removedRows, before, after, sentences };
}

/** How the mean and the spread of each feature changed, where each fit is of one component. */
function changeSentences(before: MixtureView | undefined, after: MixtureView | undefined, names: readonly string[]): string[] {
  if (before === undefined || after === undefined || before.weights.length !== 1 || after.weights.length !== 1) return [];
  const [was, is] = [spreadOf(before), spreadOf(after)];
  const shown = names.slice(0, MOST_SHOWN).map((name, j) => {
    // One digit more than usual: cleaning may change little.
    const decimals = decimalsFor(Math.min(was.deviation[j]!, is.deviation[j]!) / 10);
    const text = (value: number): string => fixed(value, decimals);
    return `${name} ${text(was.mean[j]!)} ± ${text(was.deviation[j]!)} → ${text(is.mean[j]!)} ± ${text(is.deviation[j]!)}`;
  });
  return [`What that changed (mean ± standard deviation): ${shown.join("; ")}${names.length > MOST_SHOWN ? "; …" : ""}.`];
}

function spreadOf(components: MixtureView): { readonly mean: Float64Array; readonly deviation: Float64Array } {
  const mean = components.means.data;
  const { data } = components.covariance(0);
  return { mean, deviation: mean.map((_, j) => Math.sqrt(data[j * (mean.length + 1)]!)) };
}
