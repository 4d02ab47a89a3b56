import { counted } from "@mixtura/wording/internal";
import type { Ref, ShallowRef } from "vue";
import { ref, shallowRef, watch } from "vue";
import { catalogue } from "../model/catalogue.ts";
import { latest } from "../state/latest.ts";
import type { ModelChoice } from "../state/state.ts";
import type { Answer, Failure } from "../worker/answer.ts";
import type { FitFacts, Shapes, StepFacts, StepReport } from "../worker/protocol.ts";
import type { DataFeature } from "./data.ts";
import type { HistoryFeature } from "./history.ts";
import type { Link } from "./link.ts";
import { callable } from "./link.ts";

/** The fit, while it runs and afterwards. */
export interface FitFeature {
  /** "waiting": the fit is so large that it starts on a word. */
  readonly status: Ref<"idle" | "waiting" | "fitting" | "done" | "failed">;
  readonly failure: ShallowRef<Failure | undefined>;
  readonly facts: ShallowRef<FitFacts | undefined>;
  readonly steps: ShallowRef<StepFacts[]>;
  readonly stepShapes: ShallowRef<Shapes[]>;
  readonly finalShapes: ShallowRef<Shapes | undefined>;
  readonly secondShapes: ShallowRef<Shapes | undefined>;
  /** The components before rows were left out, and what the fit came to then; for as long as the same plane of the same source is shown. */
  readonly before: ShallowRef<{ readonly shapes: Shapes; readonly facts: FitFacts; readonly rows: number } | undefined>;
  /** Counts models, so that others can follow. */
  readonly version: Ref<number>;
  /** Where the model comes from, when it is not from the form. */
  readonly origin: Ref<string | undefined>;
  /** What the fit is expected to take, in words, where it waits for a word. */
  readonly size: Ref<string>;
  /** The same model with fewer numbers, which is fitted at once, where the fit waits for a word because of its whole covariances. */
  readonly thinner: ShallowRef<ModelChoice | undefined>;
  readonly run: () => void;
  readonly cancel: () => void;
  readonly adopt: (candidate: number, choice: ModelChoice) => Promise<Failure | undefined>;
  readonly load: (text: string) => Promise<Failure | undefined>;
}

/** Multiply-adds of one pass from which on a fit waits to be asked for. */
const LARGE = 4e9;
/** The same of the algebra of whole covariances, d³ for each: 2 seconds, with repairs. */
const WIDE = 2e7;
/** Covariances without d×d algebra. */
const THIN: readonly unknown[] = ["diag", "tied-diag", "spherical"];

export function fitFeature(link: Link, { state, change }: HistoryFeature, data: DataFeature): FitFeature {
  const status = ref<"idle" | "waiting" | "fitting" | "done" | "failed">("idle");
  const failure = shallowRef<Failure>();
  const facts = shallowRef<FitFacts>();
  const steps = shallowRef<StepFacts[]>([]);
  const stepShapes = shallowRef<Shapes[]>([]);
  const finalShapes = shallowRef<Shapes>();
  const secondShapes = shallowRef<Shapes>();
  const before = shallowRef<FitFeature["before"]["value"]>();
  const version = ref(0);
  const origin = ref<string>();
  const size = ref("");
  const thinner = shallowRef<ModelChoice>();
  /** The options that the model at hand already has. */
  let adopted: string | undefined;

  const clear = (): void => {
    steps.value = [];
    stepShapes.value = [];
  };
  const report = (part: StepReport): void => {
    // New lists, so that whoever was handed the old ones sees that there is more.
    steps.value = [...steps.value, ...part.steps];
    stepShapes.value = [...stepShapes.value, ...part.shapes];
  };
  const settle = (answer: Answer<FitFacts>): Failure | undefined => {
    if (!answer.ok) {
      if (answer.failure.code === "aborted") {
        if (status.value === "fitting") status.value = facts.value === undefined ? "idle" : "done";
        return answer.failure;
      }
      status.value = "failed";
      failure.value = answer.failure;
      return answer.failure;
    }
    facts.value = answer.value;
    finalShapes.value = answer.value.shapes;
    failure.value = undefined;
    status.value = "done";
    version.value++;
    return undefined;
  };

  const fit = latest(async () => {
    if (data.facts.value === undefined) return;
    const { model, backend } = state.value;
    const opened = data.version.value;
    status.value = "fitting";
    failure.value = undefined;
    origin.value = undefined;
    clear();
    const answer = await link.fit(
      { model, backend },
      callable((part: StepReport) => {
        if (data.version.value === opened) report(part);
      }),
    );
    settle(answer);
  });

  const start = (): void => {
    link.cancel().catch(() => undefined);
    fit();
  };
  const consider = (): void => {
    const facts_ = data.facts.value;
    if (facts_ === undefined) return;
    const { model } = state.value;
    // More groups than rows are refused at once, for any number of them.
    const groups = Math.min(facts_.rows, Number(model.options["nComponents"] ?? model.options["nClusters"] ?? 1));
    const d = facts_.names.length;
    const kind = covarianceOf(model);
    const isWide = kind !== undefined && !THIN.includes(kind) && d ** 3 * Math.max(1, groups) > WIDE;
    const work = facts_.rows * d ** (THIN.includes(kind) ? 1 : 2) * Math.max(1, groups);
    size.value = `${counted(facts_.rows, "row")} × ${counted(d, "feature")}`;
    thinner.value = isWide ? { ...model, options: { ...model.options, covarianceType: "diag" } } : undefined;
    if (work > LARGE || isWide) {
      link.cancel().catch(() => undefined);
      status.value = "waiting";
    } else start();
  };
  watch(data.version, () => {
    facts.value = undefined;
    finalShapes.value = undefined;
    secondShapes.value = undefined;
    adopted = undefined;
    clear();
    consider();
  });
  watch(
    () => JSON.stringify([state.value.model, state.value.backend]),
    (wanted) => {
      if (wanted !== adopted) consider();
      adopted = undefined;
    },
  );
  watch(
    () => JSON.stringify([state.value.data, state.value.features, state.value.view, state.value.model.type]),
    () => (before.value = undefined),
  );
  watch(data.plane, async () => {
    if (facts.value === undefined) return;
    const answer = await link.shapes();
    if (!answer.ok) return;
    stepShapes.value = [...answer.value.steps];
    finalShapes.value = answer.value.final;
    secondShapes.value = answer.value.second;
  });

  const take = async (
    ask: () => Promise<Answer<FitFacts>>,
    choice: ModelChoice | undefined,
    from: string,
  ): Promise<Failure | undefined> => {
    await link.cancel();
    const answer = await ask();
    if (!answer.ok) return answer.failure;
    clear();
    if (choice !== undefined) {
      adopted = JSON.stringify([choice, state.value.backend]);
      change({ model: choice });
    }
    origin.value = from;
    return settle(answer);
  };
  return {
    status,
    failure,
    facts,
    steps,
    stepShapes,
    finalShapes,
    secondShapes,
    before,
    version,
    origin,
    size,
    thinner,
    run: start,
    cancel: () => void link.cancel(),
    adopt: (candidate, choice) => take(() => link.adopt(candidate), choice, "the search"),
    load: (text) =>
      take(
        async () => {
          const answer = await link.load(text);
          return answer.ok ? { ok: true, value: answer.value.facts } : answer;
        },
        undefined,
        "a file",
      ),
  };
}

/** The kind of covariance that a model is to have, of estimators that have kinds. */
function covarianceOf({ type, options }: ModelChoice): unknown {
  const declared = catalogue.estimators.find((estimator) => estimator.type === type)?.options["covarianceType"];
  return declared === undefined ? undefined : (options["covarianceType"] ?? declared.default);
}
