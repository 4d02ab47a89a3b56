// Rules of a selection, tried with a plugin whose models say what each test wants them to say.
import type { FitContext, FitProgress, Mixture, MixturePlugin } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { PLUGIN_CONTRACT_VERSION } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { assignFolds } from "../src/folds.ts";
import { selectMixture } from "../src/index.ts";

/** What a model says of itself. */
interface Facts {
  readonly bic: number;
  readonly nParameters: number;
  readonly logLikelihood?: number;
}

/** A plugin of mixtures that learn nothing: `facts` says what a fit of so many components comes to; the second argument is true for a split start. */
function saying(
  type: string,
  facts: (nComponents: number, split: boolean) => Facts,
  more: Partial<MixturePlugin["mixture"]> = {},
  seen: object[] = [],
): MixturePlugin {
  const integer = { kind: "integer", minimum: 0 } as const;
  return {
    contractVersion: PLUGIN_CONTRACT_VERSION,
    type,
    summary: "Returns its input.",
    capabilities: ["density", "clustering", "mixture"],
    options: {
      nComponents: { range: integer, default: 1, description: "Components." },
      randomState: { range: integer, description: "Seed." },
      nInit: { range: integer, default: 1, description: "Starts." },
    },
    mixture: { isPosterior: false, ...more },
    create(options: { readonly nComponents: number; readonly split?: boolean }) {
      seen.push(options);
      const { nComponents, split = false } = options;
      return {
        type,
        options,
        async fit(_X: unknown, { onProgress }: FitContext = {}) {
          onProgress?.({ estimator: type, phase: "fitting", restart: 0, restarts: 1, iteration: 1, maxIter: 1 });
          const { bic, nParameters, logLikelihood = 0 } = facts(nComponents, split);
          return {
            type,
            nComponents,
            nParameters,
            featureCount: 1,
            measure: "original-units",
            isPosterior: false,
            degenerateComponents: [],
            criteria: { bic, aic: bic, icl: bic, logLikelihood },
            objective: { name: "log-likelihood", value: logLikelihood, weight: 20 },
            trace: { kind: "direct", diagnostics: [] },
          } as unknown as Mixture;
        },
      };
    },
    revive: () => Promise.reject(new Error("not called")),
  } as unknown as MixturePlugin;
}

const X = [[0], [1], [2]];
const winner = async (estimator: readonly MixturePlugin[], nComponents: number[] = [1, 2]) => {
  const { winner: found } = await selectMixture<Mixture>(X, { nComponents, estimator });
  return `${found.estimator} ${found.nComponents}`;
};

describe("the winner", () => {
  it.each([
    ["a billionth of their size", 1e6, 1e6 * 1e-9],
    ["a billionth, where they are below 1", 1e-3, 1e-9],
  ])("is the candidate of fewer parameters where values differ by less than %s, and not beyond", async (_, bic, within) => {
    const behind = (excess: number) => [saying("A", (k) => ({ bic: k === 1 ? bic + excess : bic, nParameters: k }))];

    expect(await winner(behind(0.9 * within))).toBe("A 1");
    expect(await winner(behind(1.1 * within))).toBe("A 2");
  });

  it("has fewer components where candidates tie with equally many parameters, in any order of the list", async () => {
    const equal = [saying("A", () => ({ bic: 5, nParameters: 4 }))];

    expect(await winner(equal, [3, 2])).toBe("A 2");
    expect(await winner(equal, [2, 3])).toBe("A 2");
  });

  it("is of the estimator whose name comes first where all else is equal, in any order of the list", async () => {
    const [a, b] = ["A", "B"].map((type) => saying(type, () => ({ bic: 5, nParameters: 4 })));

    expect(await winner([a!, b!])).toBe("A 1");
    expect(await winner([b!, a!])).toBe("A 1");
  });
});

describe("a split start", () => {
  const split = { split: () => Promise.resolve([{ split: true }]) };
  const started = async (gain: number) => {
    const facts = (k: number, isSplit: boolean): Facts => ({ bic: -k, nParameters: k, logLikelihood: isSplit ? gain : 0 });
    const { candidates } = await selectMixture<Mixture>(X, { nComponents: [1, 2], estimator: [saying("A", facts, split)] });
    return candidates[1]!.start;
  };

  it("is taken where it leads higher than the estimator's own, and not where it leads as high", async () => {
    expect(await started(1e-9)).toBe("split");
    expect(await started(0)).toBe("own");
  });

  it("counts as the restart after the estimator's own in reports of progress", async () => {
    const found: FitProgress[] = [];
    const estimator = [saying("A", (k) => ({ bic: -k, nParameters: k }), split)];
    const onProgress = ({ fit }: { fit: FitProgress }): void => void found.push(fit);
    await selectMixture<Mixture>(X, { nComponents: [1, 2], estimator }, { onProgress });

    expect(found.map(({ restart, restarts }) => [restart, restarts])).toEqual([
      [0, 1],
      [0, 1],
      [1, 2],
    ]);
  });
});

describe("the fits of a selection", () => {
  it("all have its seed and its number of starts, and of other options those that were given", async () => {
    const seen: object[] = [];
    const estimator = [saying("A", (k) => ({ bic: k, nParameters: k }), {}, seen)];
    const { seed } = await selectMixture<Mixture>(X, { nComponents: 1, estimator });
    expect(seen.at(-1)).toEqual({ nComponents: 1, randomState: seed, nInit: 5 });

    await selectMixture<Mixture>(X, { nComponents: 1, estimator, nInit: 3, randomState: 7 });
    expect(seen.at(-1)).toEqual({ nComponents: 1, randomState: 7, nInit: 3 });
  });

  it.each(["too-few-rows", "not-positive-definite", "not-supported"] as const)(
    "fail alone with %s, and other candidates are tried",
    async (code) => {
      const facts = (k: number): Facts => {
        if (k === 1) throw new MixturaError(code as "not-supported", "no", { feature: "this" });
        return { bic: k, nParameters: k };
      };
      expect(await winner([saying("A", facts)], [1, 2])).toBe("A 2");
    },
  );

  it("fail together with any other error", async () => {
    const facts = (): Facts => {
      throw new MixturaError("device-lost", "gone", { backend: "test" });
    };
    await expect(winner([saying("A", facts)])).rejects.toMatchObject({ code: "device-lost" });
  });
});

describe("folds", () => {
  it("may be as many as there are rows of positive weight, and not more", () => {
    const rows = { X: { data: Float64Array.of(1, 2, 3, 4), rows: 4, columns: 1 }, sampleWeight: Float64Array.of(1, 0, 2, 1) };

    expect([...assignFolds(rows, 3, 1, "test")].toSorted((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
    expect(() => assignFolds(rows, 4, 1, "test")).toThrow(/3 rows of positive weight cannot be split/);
  });
});
