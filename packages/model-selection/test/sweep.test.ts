import { isMixturaError } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import { plugins as kernelDensityPlugins } from "@mixtura/kernel-density";
import { GaussianMixture, gaussianMixturePlugin as mixturePlugin } from "@mixtura/mixture";
import type { Candidate, CrossValidation, PartialSelection, SelectMixtureOptions } from "../src/index.ts";
import { aicc, crossValidate, partialSelection, selectMixture } from "../src/index.ts";
import { describe, expect, it } from "vitest";

const { rows: faithful } = loadData("faithful");

/** Rows of groups on a line, each of the same size. */
function groups(centres: readonly number[], perGroup: number, seed = 3): number[][] {
  const random = createRandom(seed);
  return centres.flatMap((centre) => Array.from({ length: perGroup }, () => [centre + random.normal(), random.normal()]));
}

/** Everything about candidates but the time they took. */
const timeless = (candidates: readonly Candidate[]) =>
  candidates.map(({ seconds: _, model, ...row }) => {
    if (model === undefined) return row;
    const { trace, ...payload } = model.toJSON();
    return { ...row, diagnostics: [], payload, lowerBounds: (trace as { lowerBounds: unknown }).lowerBounds };
  });

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("the split start", () => {
  it.each([
    ["full", 2],
    ["tied", 1],
    ["diag", 1],
    ["spherical", 0],
  ] as const)(
    "never makes a row worse; on Old Faithful with one start, %s covariance, it makes at least %i better",
    async (covarianceType, least) => {
      const options = { nComponents: [1, 2, 3, 4, 5, 6], covarianceType, randomState: 1 };

      const [without, withSplits] = [
        await selectMixture(faithful, { ...options, splitStart: false }),
        await selectMixture(faithful, options),
      ];

      const pairs = without.candidates.map((row, index) => [row, withSplits.candidates[index]!] as const);
      for (const [own, best] of pairs) {
        if (own.degenerate || best.degenerate) continue;
        expect(best.logLikelihood!).toBeGreaterThanOrEqual(own.logLikelihood!);
      }
      expect(
        pairs.filter(([own, best]) => best.start === "split" && best.logLikelihood > own.logLikelihood!).length,
      ).toBeGreaterThanOrEqual(least);
      expect(withSplits.candidates[0]!.splitFrom).toBeUndefined();
    },
  );

  it("comes from the best sound solution with fewer components, however many fewer", async () => {
    const { candidates } = await selectMixture(groups([0, 8, 16, 24, 32], 20), {
      nComponents: [5, 2],
      covarianceType: "tied",
      randomState: 1,
    });

    expect(candidates.map(({ nComponents, splitFrom }) => [nComponents, splitFrom])).toEqual([
      [5, 2],
      [2, 1], // one component, which was not asked for, begins every chain
    ]);
  });
});

describe("the same result", () => {
  const options = { nComponents: [1, 2, 3, 4], covarianceType: ["full", "tied"], randomState: 5 } as const satisfies SelectMixtureOptions;

  it("however many candidates are under way at a time", async () => {
    const [one, three] = [await selectMixture(faithful, options), await selectMixture(faithful, { ...options, concurrency: 3 })];

    expect(timeless(three.candidates)).toEqual(timeless(one.candidates));
    expect(three.winner.nComponents).toBe(one.winner.nComponents);
  });

  it("bit for bit when an aborted selection goes on from its JSON", async () => {
    const controller = new AbortController();
    let done = 0;
    const onCandidate = (): void => {
      if (++done === 4) controller.abort("enough");
    };

    const error = await failure(selectMixture(faithful, options, { signal: controller.signal, onCandidate }));
    const partial = partialSelection(error);
    const text = JSON.stringify(partial);
    const fitted: number[] = [];
    const onProgress = ({ candidate, back }: { candidate: number; back?: true }): void => void (back ? undefined : fitted.push(candidate));
    const resumed = await selectMixture(faithful, options, { resume: text, onProgress });
    const whole = await selectMixture(faithful, options);

    expect(isMixturaError(error, "aborted") && error.detail.reason).toBe("enough");
    expect(partial?.candidates).toHaveLength(4);
    expect([...new Set(fitted)]).toEqual([4, 5, 6, 7]);
    expect(timeless(resumed.candidates)).toEqual(timeless(whole.candidates));
    expect(JSON.stringify(resumed.best.means)).toBe(JSON.stringify(whole.best.means));
  });

  it("when more numbers of components are asked for later; rows that would now be split from another solution are fitted anew", async () => {
    const first = await selectMixture(faithful, { ...options, nComponents: [1, 3] });
    const again = await selectMixture(faithful, options, { resume: first });
    const whole = await selectMixture(faithful, options);

    expect(timeless(again.candidates)).toEqual(timeless(whole.candidates));
  });

  it("when a held-out row has no density: the fold's score is no number that JSON has", async () => {
    // 1e140 against a spread of 1e-60: its square has no double.
    const X = [0, 1e-60, 2e-60, 3e-60, 1.5e-60, 1e140].map((x) => [x]);
    const cv = { nComponents: 1, covarianceType: "full", criterion: "cv", folds: 6, randomState: 1 } as const;
    const partials: string[] = [];
    const whole = await failure(selectMixture(X, cv, { onCandidate: (_, state) => void partials.push(JSON.stringify(state)) }));
    const resumed = await failure(selectMixture(X, cv, { resume: partials[0]! }));

    for (const error of [whole, resumed]) {
      if (!isMixturaError(error, "no-sound-candidate")) throw error;
      const [{ cv: value, crossValidation }] = error.detail.candidates as [{ cv: number; crossValidation: CrossValidation }];
      expect(value).toBe(Infinity);
      expect(crossValidation).toMatchObject({ mean: -Infinity, standardError: Infinity });
      expect(crossValidation.folds.filter(({ score }) => score === -Infinity)).toHaveLength(1);
    }
  });

  it.each<[string, (json: ReturnType<PartialSelection["toJSON"]>) => unknown, string]>([
    ["another seed", (json) => ({ ...json, seed: 6 }), "invalid-option"],
    ["other rows", (json) => ({ ...json, data: { ...json.data, hash: 1 } }), "invalid-option"],
    ["other options", (json) => ({ ...json, shared: { ...json.shared, tol: 1 } }), "invalid-option"],
    ["another format", () => ({ format: "mixtura-model" }), "invalid-model"],
    ["a newer version", (json) => ({ ...json, version: 2 }), "unsupported-version"],
    ["text that is not JSON", () => "{", "invalid-model"],
    ["a damaged model", (json) => ({ ...json, candidates: [{ ...json.candidates[0]!, model: {} }] }), "invalid-model"],
  ])("is not pretended to with %s", async (_, change, code) => {
    const json = (await selectMixture(faithful, { ...options, nComponents: 1 })).toJSON();

    const error = await failure(selectMixture(faithful, options, { resume: change(json) }));

    expect(isMixturaError(error) && error.code).toBe(code);
  });
});

describe("cross-validation as the criterion", () => {
  const X = groups([0, 7, 14], 40);
  const options = { nComponents: [1, 2, 3, 4], covarianceType: "tied", criterion: "cv", folds: 5, randomState: 2 } as const;

  it("gives each row what crossValidate gives, on the scale of the other criteria", async () => {
    const { candidates, winner } = await selectMixture(X, options);

    for (const { nComponents, covarianceType, cv, crossValidation } of candidates) {
      const own = await crossValidate(new GaussianMixture({ nComponents, covarianceType, nInit: 5, randomState: 2 }), X, {
        folds: 5,
        randomState: 2,
      });
      expect(crossValidation).toEqual(own);
      expect(cv).toBe(-2 * 120 * own.mean);
    }
    expect(winner.cv).toBe(Math.min(...candidates.map(({ cv }) => cv!)));
    expect(winner.nComponents).toBeGreaterThanOrEqual(3);
  });

  it("takes the fewest parameters within one standard error of the lowest value", async () => {
    const random = createRandom(4);
    const noise = Array.from({ length: 60 }, () => [random.normal(), random.normal()]);

    const { winner, candidates } = await selectMixture(noise, {
      ...options,
      covarianceType: ["spherical", "full"],
      rule: "one-standard-error",
    });

    const lowest = candidates.toSorted((a, b) => a.cv! - b.cv!)[0]!;
    expect(winner.nParameters).toBeLessThanOrEqual(lowest.nParameters!);
    expect([winner.nComponents, winner.covarianceType]).toEqual([1, "spherical"]);
  });

  it("is computed for candidates that were taken over from a selection without it", async () => {
    const first = await selectMixture(X, { ...options, criterion: "bic" });

    const [resumed, whole] = [await selectMixture(X, options, { resume: first }), await selectMixture(X, options)];

    expect(resumed.candidates.map(({ cv }) => cv)).toEqual(whole.candidates.map(({ cv }) => cv));
  });
});

describe("criteria and estimators", () => {
  it("corrects AIC for few rows, up to where the correction is not defined", async () => {
    const { candidates } = await selectMixture(faithful.slice(0, 12), { nComponents: [1, 2], covarianceType: "full", randomState: 1 });

    expect(candidates[0]!.aicc).toBe(aicc(candidates[0]!.aic!, 5, 12));
    expect(candidates[0]!.aicc! - candidates[0]!.aic!).toBe(10);
    expect(candidates[1]!.aicc).toBe(Infinity);
  });

  it("tries every plugin whose models are fitted mixtures", async () => {
    const loose = { ...mixturePlugin, type: "LooseMixture" };

    const { candidates } = await selectMixture(faithful, {
      nComponents: [1, 2],
      covarianceType: "tied",
      estimator: [mixturePlugin, loose],
      randomState: 1,
    });

    expect(candidates.map(({ estimator, nComponents }) => `${estimator} ${nComponents}`)).toEqual([
      "GaussianMixture 1",
      "LooseMixture 1",
      "GaussianMixture 2",
      "LooseMixture 2",
    ]);
    expect(candidates[3]!.bic).toBe(candidates[2]!.bic);
  });

  const other = { ...mixturePlugin, type: "OtherMixture", mixture: { ...mixturePlugin.mixture, isPosterior: true } };
  it.each<[string, object, string]>([
    ["a criterion that the estimator cannot give", { estimator: [other] }, "not-supported"],
    ["a plugin whose models are no mixtures", { estimator: kernelDensityPlugins, criterion: "cv" }, "invalid-option"],
    ["no estimators", { estimator: [] }, "invalid-option"],
    ["something that is no plugin", { estimator: [{}] }, "invalid-option"],
    ["a rule that needs a standard error with a criterion that has none", { rule: "one-standard-error" }, "invalid-option"],
    ["more folds than rows", { criterion: "cv", folds: 273 }, "invalid-option"],
    ["one fold", { criterion: "cv", folds: 1 }, "invalid-option"],
  ])("refuses %s before any work", async (_, options, code) => {
    let worked = false;
    const error = await failure(selectMixture(faithful, options, { onProgress: () => void (worked = true) }));

    expect(isMixturaError(error) && error.code).toBe(code);
    expect(worked).toBe(false);
  });

  it("refuses to cross-validate rows that come in blocks", async () => {
    const source = { columns: 2, async *blocks() {} };

    const error = await failure(selectMixture(source, { criterion: "cv" }));

    expect(isMixturaError(error) && error.code).toBe("not-supported");
  });
});
