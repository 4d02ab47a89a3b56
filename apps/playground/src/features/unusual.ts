import type { ComputedRef, ShallowRef } from "vue";
import { computed, shallowRef, watch } from "vue";
import type { DensityChoice } from "../state/state.ts";
import type { FitFacts } from "../worker/protocol.ts";
import type { FitFeature } from "./fit.ts";
import type { HistoryFeature } from "./history.ts";
import type { Link } from "./link.ts";

/** The line between usual and unusual rows, and what lies beyond it. */
export interface UnusualFeature {
  /** Scores below it are unusual; absent where nothing is asked for. */
  readonly threshold: ComputedRef<number | undefined>;
  readonly count: ComputedRef<number>;
  /** Fraction of rows like those the model was fitted on that would be flagged; absent where the model draws none. */
  readonly falsePositives: ComputedRef<number | undefined>;
  /** The most unusual rows, the first the most. */
  readonly worst: ComputedRef<readonly { readonly row: number; readonly score: number }[]>;
  /** A second estimator's own fit, and its line at the same fraction of rows. */
  readonly second: ShallowRef<FitFacts | undefined>;
  readonly secondProblem: ShallowRef<string | undefined>;
  readonly secondThreshold: ComputedRef<number | undefined>;
  readonly isFlagged: ComputedRef<((row: number) => boolean) | undefined>;
}

/** Rows listed as the most unusual. */
const LISTED = 8;

export function unusualFeature(link: Link, { state }: HistoryFeature, fit: FitFeature): UnusualFeature {
  const draws = shallowRef<Float64Array>();
  const second = shallowRef<FitFacts>();
  const secondProblem = shallowRef<string>();
  const rule = computed(() => state.value.density.threshold);
  const threshold = computed(() => lineOf(rule.value, fit.facts.value, draws.value));
  const count = computed(() => (threshold.value === undefined ? 0 : below(fit.facts.value?.sortedScores, threshold.value)));

  watch(
    [fit.version, () => rule.value.by],
    async () => {
      draws.value = undefined;
      if (rule.value.by === "none" || fit.facts.value?.canSample !== true) return;
      const version = fit.version.value;
      const answer = await link.drawScores();
      if (answer.ok && version === fit.version.value) draws.value = answer.value;
    },
    { immediate: true },
  );
  watch(
    [fit.version, () => state.value.density.compared],
    async ([, compared]) => {
      second.value = undefined;
      secondProblem.value = undefined;
      if (compared === undefined || fit.facts.value === undefined) return;
      const answer = await link.fitCompared(compared);
      if (answer.ok) {
        second.value = answer.value;
        fit.secondShapes.value = answer.value.shapes;
      } else if (answer.failure.code !== "aborted") secondProblem.value = answer.failure.message;
    },
    { immediate: true },
  );

  return {
    threshold,
    count,
    falsePositives: computed(() =>
      threshold.value === undefined || draws.value === undefined ? undefined : below(draws.value, threshold.value) / draws.value.length,
    ),
    worst: computed(() => worstOf(fit.facts.value?.scores)),
    second,
    secondProblem,
    secondThreshold: computed(() => {
      const sorted = second.value?.sortedScores;
      if (sorted === undefined || threshold.value === undefined) return second.value?.threshold;
      return sorted[count.value] ?? Infinity;
    }),
    isFlagged: computed(() => {
      const line = threshold.value;
      const scores = fit.facts.value?.scores;
      return line === undefined || scores === undefined ? undefined : (row) => scores[row]! < line;
    }),
  };
}

function lineOf(
  { by, value }: DensityChoice["threshold"],
  facts: FitFacts | undefined,
  draws: Float64Array | undefined,
): number | undefined {
  const sorted = facts?.sortedScores;
  if (facts === undefined || sorted === undefined || by === "none") return undefined;
  switch (by) {
    case "model":
      return facts.threshold ?? sorted[Math.round(sorted.length * 0.05)];
    case "value":
      return value;
    case "contamination":
      return sorted[Math.min(sorted.length - 1, Math.round(sorted.length * value))];
    case "falsePositives":
      return draws?.[Math.min(draws.length - 1, Math.round(draws.length * value))];
  }
}

/** How many of the sorted values lie below a line. */
function below(sorted: Float64Array | undefined, line: number): number {
  let [low, high] = [0, sorted?.length ?? 0];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted![middle]! < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

function worstOf(scores: Float64Array | undefined): { row: number; score: number }[] {
  const kept: { row: number; score: number }[] = [];
  scores?.forEach((score, row) => {
    if (kept.length === LISTED && score >= kept.at(-1)!.score) return;
    const at = kept.findIndex((other) => score < other.score);
    kept.splice(at === -1 ? kept.length : at, 0, { row, score });
    kept.length = Math.min(kept.length, LISTED);
  });
  return kept;
}
