import type { FitTrace } from "@mixtura/core";
import { isIterative } from "@mixtura/core";
import { copyOf } from "./data-copy.ts";
import type { ModelUnderTest } from "./model.ts";
import { boundsOf, restartsOf } from "./model.ts";
import type { EstimatorLaw, EstimatorUnderTest } from "./subject.ts";
import { createTally, requireSameText } from "./tally.ts";

const wellFormed: EstimatorLaw = {
  id: "trace/well-formed",
  needs: ["whole-contract"],
  claim: "says how the fit went: seed, backend, every restart with one of them chosen, iterations, bounds and time",
  async check(trial) {
    const tally = createTally("what a report of a fit is read for");
    const { X } = copyOf(trial.data);
    const restarts = "nInit" in trial.plugin.options ? 3 : undefined;
    for (const [name, options] of [
      ["one start", {}],
      ...(restarts === undefined ? [] : [[`${restarts} starts`, { nInit: restarts }] as const]),
    ] as const) {
      const { trace } = await trial.fit(X, options);
      await tally.check(name, () => requireSound(trial, trace, "nInit" in options ? options.nInit : undefined));
    }
    if (!trial.capabilities.has("seed")) return tally.figure();
    await tally.check("seeds", async () => {
      const seeds = await Promise.all(
        [undefined, undefined, 0, 2 ** 32 - 1].map(async (randomState) => (await trial.fit(X, { randomState })).trace.seed),
      );
      if (seeds[0] === seeds[1]) throw new Error("two fits without a seed drew the same one");
      if (seeds[2] !== 0 || seeds[3] !== 2 ** 32 - 1)
        throw new Error(`randomState 0 and 2³² − 1 are reported as ${seeds[2]} and ${seeds[3]}`);
    });
    return tally.figure();
  },
};

const frozen: EstimatorLaw = {
  id: "trace/frozen-model",
  needs: ["whole-contract"],
  claim: "gives a model that cannot be changed: it is frozen, so is its trace, and the arrays it hands out are copies",
  async check(trial) {
    const model = await trial.fit(copyOf(trial.data).X);
    const before = JSON.stringify(model);
    for (const [name, value] of Object.entries({ model, trace: model.trace, ...listsOf(model.trace) })) {
      if (!Object.isFrozen(value)) throw new Error(`${name} is not frozen`);
    }
    const handedOut = publicValues(model);
    if (handedOut.every(([, value]) => numbersIn(value).length === 0)) throw new Error("the model shows no numbers at all");
    for (const [name, value] of handedOut) {
      for (const numbers of numbersIn(value)) numbers.fill(7);
      requireSameText(JSON.stringify(model), before, `after its ${name} was written to, the model's JSON`);
    }
  },
};

function requireSound(trial: EstimatorUnderTest, trace: FitTrace, restarts: number | undefined): void {
  const [bounds, found] = [boundsOf(trace), restartsOf(trace)];
  const chosen = found.filter((restart) => restart.chosen);
  const better = found.filter((restart) => !restart.degenerate && restart.score > (chosen[0]?.score ?? Infinity));
  const claims: Readonly<Record<string, boolean>> = {
    "the seed is the one asked for": !trial.capabilities.has("seed") || trace.seed === trial.create().options.randomState,
    "the backend is named":
      trial.backend === undefined ? trace.backend !== "" && trace.backend !== "none" : trace.backend === trial.backend.name,
    "there are as many restarts as were asked for": restarts === undefined || found.length === restarts,
    "restarts are in order": found.every(({ restart }, index) => restart === index),
    "one restart is chosen": found.length === 0 || chosen.length === 1,
    "no sound restart is better than the chosen one": better.length === 0,
    "the iterations are those of the chosen restart": chosen[0] === undefined || chosen[0].iterations === trace.iterations,
    "there is a bound for every iteration": bounds.length === 0 || bounds.length === trace.iterations,
    "bounds are finite": bounds.every(Number.isFinite),
    "time is a number that is not negative": (trace.elapsedMilliseconds ?? -1) >= 0 && Number.isFinite(trace.elapsedMilliseconds),
    "diagnostics have a code and a sentence": trace.diagnostics.every(
      ({ code, message }) => /^[a-z]+(-[a-z]+)*$/.test(code) && message.length > 10,
    ),
  };
  const broken = Object.entries(claims).filter(([, holds]) => !holds);
  if (broken.length > 0) throw new Error(`it does not hold that ${broken.map(([claim]) => claim).join(", that ")}`);
}

function listsOf(trace: FitTrace): Record<string, unknown> {
  const restarts = restartsOf(trace);
  return {
    ...(isIterative(trace) ? { "trace.lowerBounds": trace.lowerBounds, "trace.restarts": restarts } : {}),
    "trace.diagnostics": trace.diagnostics,
    ...Object.fromEntries([...restarts.entries()].map(([index, restart]) => [`trace.restarts[${index}]`, restart])),
  };
}

/** What a model's properties and accessors give, what its methods of one component give for the first, and the same of models that it holds. */
function publicValues(model: ModelUnderTest): readonly (readonly [string, unknown])[] {
  const record = model as unknown as Record<string, unknown>;
  const values = new Map<string, unknown>(Object.entries(model));
  for (
    let holder: object = Object.getPrototypeOf(model) as object;
    holder !== Object.prototype;
    holder = Object.getPrototypeOf(holder) as object
  ) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(holder)))
      if ("get" in property) values.set(name, record[name]);
  }
  for (const name of ["covariance", "precision"]) {
    const show = record[name];
    if (typeof show === "function") values.set(`${name}(0)`, show.call(model, 0));
  }
  return [...values].flatMap(([name, value]): readonly (readonly [string, unknown])[] =>
    isModel(value) ? publicValues(value).map(([inner, held]) => [`${name}.${inner}`, held] as const) : [[name, value]],
  );
}

function isModel(value: unknown): value is ModelUnderTest {
  return typeof value === "object" && value !== null && "toJSON" in value && "trace" in value;
}

/** The typed arrays in a value, at any depth. */
function numbersIn(value: unknown): Float64Array[] {
  if (ArrayBuffer.isView(value)) return [value as Float64Array];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

/** Laws of the trace. */
export const traceLaws: readonly EstimatorLaw[] = [wellFormed, frozen];
