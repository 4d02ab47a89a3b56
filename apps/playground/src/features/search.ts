import type { Ref, ShallowRef } from "vue";
import { ref, shallowRef, watch } from "vue";
import type { CandidateFacts, SelectionFacts } from "../worker/protocol.ts";
import type { DataFeature } from "./data.ts";
import type { FitFeature } from "./fit.ts";
import type { HistoryFeature } from "./history.ts";
import type { Link } from "./link.ts";
import { callable } from "./link.ts";

/** The search for a number of clusters. */
export interface SearchFeature {
  readonly candidates: ShallowRef<readonly CandidateFacts[]>;
  readonly outcome: ShallowRef<SelectionFacts | undefined>;
  readonly running: Ref<boolean>;
  readonly problem: Ref<string | undefined>;
  /** The candidate that is shown. */
  readonly chosen: Ref<number | undefined>;
  readonly run: () => Promise<void>;
  readonly cancel: () => void;
  readonly choose: (candidate: CandidateFacts) => Promise<void>;
}

export function searchFeature(link: Link, { state }: HistoryFeature, data: DataFeature, fit: FitFeature): SearchFeature {
  const candidates = shallowRef<readonly CandidateFacts[]>([]);
  const outcome = shallowRef<SelectionFacts>();
  const running = ref(false);
  const problem = ref<string>();
  const chosen = ref<number>();
  let seed = 0;

  const forget = (): void => {
    candidates.value = [];
    outcome.value = undefined;
    chosen.value = undefined;
    problem.value = undefined;
  };
  watch(data.version, forget);
  watch(
    () => JSON.stringify(state.value.model),
    () => {
      if (fit.origin.value !== "the search") chosen.value = undefined;
    },
  );

  return {
    candidates,
    outcome,
    running,
    problem,
    chosen,
    async run() {
      forget();
      running.value = true;
      const { selection, model, backend } = state.value;
      seed = typeof model.options["randomState"] === "number" ? model.options["randomState"] : 0;
      const opened = data.version.value;
      const answer = await link.select(
        selection,
        seed,
        backend,
        callable((candidate: CandidateFacts) => {
          if (data.version.value === opened) candidates.value = [...candidates.value, candidate];
        }),
      );
      running.value = false;
      if (answer.ok) outcome.value = answer.value;
      else if (answer.failure.code !== "aborted") problem.value = answer.failure.message;
    },
    cancel: () => void link.cancel(),
    async choose(candidate) {
      const { estimator, nComponents, covarianceType } = candidate;
      const nInit = state.value.selection.starts;
      const failure = await fit.adopt(candidate.index, {
        type: estimator,
        options: { nComponents, covarianceType, ...(nInit > 1 ? { nInit } : {}), randomState: seed },
      });
      if (failure === undefined) chosen.value = candidate.index;
      else problem.value = failure.message;
    },
  };
}
