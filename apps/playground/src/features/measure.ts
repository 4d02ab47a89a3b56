import type { Ref, ShallowRef } from "vue";
import { ref, shallowRef, watch } from "vue";
import type { BackendFacts, BackendMeasure } from "../worker/protocol.ts";
import type { DataFeature } from "./data.ts";
import type { HistoryFeature } from "./history.ts";
import type { Link } from "./link.ts";
import { callable } from "./link.ts";

/** The backends of this browser, and what they do on the rows at hand. */
export interface MeasureFeature {
  readonly backends: ShallowRef<readonly BackendFacts[]>;
  readonly rows: ShallowRef<readonly BackendMeasure[]>;
  readonly running: Ref<boolean>;
  readonly problem: Ref<string | undefined>;
  readonly run: () => Promise<void>;
}

export function measureFeature(link: Link, { state }: HistoryFeature, data: DataFeature): MeasureFeature {
  const backends = shallowRef<readonly BackendFacts[]>([]);
  const rows = shallowRef<readonly BackendMeasure[]>([]);
  const running = ref(false);
  const problem = ref<string>();
  void link.backends().then((answer) => {
    if (answer.ok) backends.value = answer.value;
  });
  watch([data.version, () => JSON.stringify(state.value.model)], () => {
    rows.value = [];
    problem.value = undefined;
  });
  return {
    backends,
    rows,
    running,
    problem,
    async run() {
      running.value = true;
      rows.value = [];
      problem.value = undefined;
      const names = backends.value.filter(({ missing }) => missing === undefined).map(({ name }) => name);
      const answer = await link.measure(
        names,
        state.value.model,
        callable((row: BackendMeasure) => {
          rows.value = [...rows.value, row];
        }),
      );
      running.value = false;
      if (!answer.ok && answer.failure.code !== "aborted") problem.value = answer.failure.message;
    },
  };
}
