import { readFileSync } from "node:fs";
import { defineBackend, referenceBackend } from "@mixtura/backend";
import type { BlockSource } from "@mixtura/core";
import { isMixturaError, matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import type { CovarianceType } from "@mixtura/mixture";
import { GaussianMixture } from "@mixtura/mixture";
import type { Candidate, SelectMixtureOptions } from "../src/index.ts";
import type { SelectionProgress } from "../src/internal.ts";
import { selectMixture } from "../src/index.ts";
import { selectMixtureOptions } from "../src/internal.ts";
import { describe, expect, it } from "vitest";

/** Rows of two well separated round groups. */
function twoGroups(rows: number, columns = 2, seed = 5): number[][] {
  const random = createRandom(seed);
  return Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, () => random.normal() + (row % 2) * 10));
}

function oldFaithful(): number[][] {
  const text = readFileSync(new URL("../../../data/faithful.csv", import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));
}

/** A backend that counts the matrices it holds. */
function counting() {
  const count = { uploads: 0, held: 0 };
  const backend = defineBackend({
    ...referenceBackend,
    name: "counting",
    upload(m, options) {
      count.uploads++;
      count.held++;
      return referenceBackend.upload(m, options);
    },
    release(handle) {
      count.held--;
      referenceBackend.release(handle);
    },
  });
  return { backend, count };
}

interface MclustReference {
  readonly best: { readonly model: string; readonly components: number; readonly bic: number };
  readonly table: readonly {
    readonly model: string;
    readonly components: number;
    readonly df: number;
    readonly bic: number;
    readonly icl: number;
  }[];
}

const mclust = JSON.parse(readFileSync(new URL("reference/mclust-faithful.json", import.meta.url), "utf8")) as MclustReference;
const MCLUST_NAMES: Readonly<Record<CovarianceType, string>> = {
  full: "VVV",
  tied: "EEE",
  diag: "VVI",
  "tied-diag": "EEI",
  spherical: "VII",
};

const key = ({ nComponents, covarianceType }: Candidate): string => `${nComponents} ${covarianceType}`;
const small: SelectMixtureOptions = { nComponents: [1, 2, 3], covarianceType: ["full", "spherical"], randomState: 3 };

describe("choosing", () => {
  it("agrees with mclust on Old Faithful: the same table up to two components, and three of tied covariance as the choice", async () => {
    const { best, candidates } = await selectMixture(oldFaithful(), { nInit: 5, randomState: 7, tol: 1e-8 });

    expect(candidates).toHaveLength(36);
    expect([best.nComponents, MCLUST_NAMES[best.covarianceType]]).toEqual([mclust.best.components, mclust.best.model]);
    // mclust stops EM at a relative change of 1e-5 and adds nothing to the variances, so the criteria agree to a few thousandths.
    expect(best.bic).toBeCloseTo(-mclust.best.bic, 1);
    for (const { model, components, df, bic, icl } of mclust.table) {
      const row = candidates.find(
        ({ nComponents, covarianceType }) => nComponents === components && MCLUST_NAMES[covarianceType] === model,
      )!;
      expect(row.nParameters).toBe(df);
      expect(row.bic).toBeCloseTo(-bic, 1);
      expect(row.icl).toBeCloseTo(-icl, 1);
    }
  });

  it("names the candidate of the lowest criterion, for each criterion", async () => {
    for (const criterion of ["bic", "aic", "aicc", "icl"] as const) {
      const { best, winner, candidates } = await selectMixture(twoGroups(60), { ...small, criterion });

      const lowest = Math.min(...candidates.filter(({ degenerate }) => !degenerate).map((candidate) => candidate[criterion]!));
      expect(winner[criterion]).toBe(lowest);
      expect(winner.model).toBe(best);
    }
  });

  it("reports of each candidate what its own fit says, where solutions are not split for further starts", async () => {
    const X = twoGroups(60);
    const { candidates, seed } = await selectMixture(X, { ...small, splitStart: false });

    for (const { nComponents, covarianceType, ...row } of candidates) {
      const model = await new GaussianMixture({ nComponents, covarianceType, nInit: 5, randomState: seed }).fit(X);
      const { bic, aic, icl, logLikelihood, nParameters, trace } = model;
      expect(row).toMatchObject({ bic, aic, icl, logLikelihood, nParameters, converged: trace.converged, diagnostics: trace.diagnostics });
    }
  });

  it("chooses the same and reports the same rows in any order of the candidates", async () => {
    const X = twoGroups(60);
    const reversed = { ...small, nComponents: [3, 2, 1], covarianceType: ["spherical", "full"] as CovarianceType[] };

    const [forward, backward] = [await selectMixture(X, small), await selectMixture(X, reversed)];

    const rowsOf = (candidates: readonly Candidate[]) => Object.fromEntries(candidates.map((row) => [key(row), row.bic]));
    expect(rowsOf(backward.candidates)).toEqual(rowsOf(forward.candidates));
    expect(backward.best.toJSON()).toMatchObject({ means: forward.best.toJSON()["means"], weights: forward.best.toJSON()["weights"] });
  });

  it("names the first covariance type among equals: with one feature and one component all are the same model", async () => {
    const { best } = await selectMixture(twoGroups(40, 1), {
      nComponents: 1,
      covarianceType: ["spherical", "tied-diag", "diag", "tied", "full"],
      randomState: 1,
    });

    expect(best.covarianceType).toBe("full");
  });

  it("draws one seed for all candidates where none is given, and tells it", async () => {
    const { seed, best, candidates } = await selectMixture(twoGroups(40), { nComponents: [1, 2], covarianceType: "diag" });

    expect(best.trace.seed).toBe(seed);
    expect(new Set(candidates.map((candidate) => candidate.model?.trace.seed))).toEqual(new Set([seed]));
  });

  it("tries 1 to 9 components with scikit-learn's four covariances, five starts each", async () => {
    const { candidates } = await selectMixture(twoGroups(40), { covarianceType: "spherical", randomState: 1 });

    expect(candidates.map(({ nComponents }) => nComponents)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(selectMixtureOptions.nInit.default).toBe(5);
    expect(selectMixtureOptions.covarianceType.default).toEqual(["full", "tied", "diag", "spherical"]);
    expect(selectMixtureOptions.criterion.default).toBe("bic");
  });
});

describe("candidates that cannot win", () => {
  it("lists a degenerate candidate of the lowest criterion without choosing it", async () => {
    const spike = Array.from({ length: 30 }, () => [3, 3]);
    const { best, candidates } = await selectMixture([...twoGroups(40), ...spike], {
      nComponents: [1, 2, 3, 4],
      covarianceType: "full",
      nInit: 3,
      splitStart: false, // every start more may find a sound solution
      randomState: 2,
    });

    const lowest = candidates.toSorted((a, b) => a.bic! - b.bic!)[0]!;
    const chosen = candidates.find(({ model }) => model === best)!;
    expect(lowest.degenerate).toBe(true);
    expect(lowest.diagnostics.map(({ code }) => code)).toContain("degenerate-component");
    expect(chosen.degenerate).toBe(false);
  });

  it("makes a candidate with more components than rows a row with its reason", async () => {
    const X = [[0.11], [0.52], [0.83], [1.27]];
    const { best, candidates } = await selectMixture(X, { nComponents: [1, 5], covarianceType: "full" });

    expect(best.nComponents).toBe(1);
    expect(candidates[1]).toMatchObject({ nComponents: 5, converged: false, degenerate: false });
    expect(candidates[1]!.error).toMatchObject({ code: "too-few-rows" });
    expect(candidates[1]!.bic).toBeUndefined();
  });

  it("rejects with all candidates in the detail when none can be trusted", async () => {
    const X = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    const error = await selectMixture(X, { nComponents: [2, 3, 4], covarianceType: "full", randomState: 1 }).catch(
      (reason: unknown) => reason,
    );

    expect(isMixturaError(error, "no-sound-candidate")).toBe(true);
    if (!isMixturaError(error, "no-sound-candidate")) return;
    expect(error.detail.candidates).toHaveLength(3);
    expect(error.message).toBe(
      "selectMixture: no candidate can be trusted (K = 2 to 4, full): 2 of 3 candidates are degenerate, 1 failed, so a component rests on too few rows or on " +
        'hardly any spread, or there are as many parameters as numbers. Try smaller nComponents, a stiffer covarianceType ("diag", "spherical") or a larger regCovar, and look for repeated rows or constant features.',
    );
  });

  it("rejects with the reason when every candidate failed", async () => {
    const error = await selectMixture([[1], [2]], { nComponents: [3, 4], covarianceType: "diag" }).catch((reason: unknown) => reason);

    expect(isMixturaError(error, "no-sound-candidate") && error.message).toContain("2 rows cannot be shared among nComponents = 3");
  });
});

describe("data and backends", () => {
  it("uploads rows in memory once for all candidates and frees them", async () => {
    const { backend, count } = counting();

    await selectMixture(twoGroups(40), { ...small, backend });

    expect(count).toEqual({ uploads: 1, held: 0 });
  });

  it("uses rows that lie on the backend already and leaves them there", async () => {
    const { backend, count } = counting();
    const X = await backend.matrix(twoGroups(40));

    await selectMixture(X, { ...small, backend });

    expect(count).toEqual({ uploads: 1, held: 1 });
  });

  it("uses rows that lie on a backend there, also where no backend is named", async () => {
    const { backend, count } = counting();
    const X = await backend.matrix(twoGroups(40));

    const { candidates } = await selectMixture(X, small);

    expect(count).toEqual({ uploads: 1, held: 1 });
    expect(new Set(candidates.map(({ model }) => model?.trace.backend))).toEqual(new Set(["counting"]));
  });

  it.each(["abort", "error"] as const)("frees the rows on an %s", async (how) => {
    const { backend, count } = counting();
    const controller = new AbortController();
    const onProgress = ({ candidate }: SelectionProgress): void => {
      if (candidate < 1) return;
      if (how === "error") throw new TypeError("from the caller");
      controller.abort();
    };

    const error = await selectMixture(twoGroups(40), { ...small, backend }, { onProgress, signal: controller.signal }).catch(
      (reason: unknown) => reason,
    );

    expect(how === "abort" ? isMixturaError(error, "aborted") : error instanceof TypeError).toBe(true);
    expect(count).toEqual({ uploads: 1, held: 0 });
  });

  it("gives the same rows for a source of blocks as for the matrix", async () => {
    const rows = twoGroups(90);
    const source: BlockSource = {
      columns: 2,
      async *blocks() {
        for (let start = 0; start < 90; start += 30) yield { X: matrix(Float64Array.from(rows.slice(start, start + 30).flat()), 30, 2) };
      },
    };

    const [whole, blocks] = [await selectMixture(rows, small), await selectMixture(source, small)];

    // Uploaded rows are centred on their means by another sum than blocks are, so the last digits differ.
    blocks.candidates.forEach((candidate, index) => expect(candidate.bic).toBeCloseTo(whole.candidates[index]!.bic!, 6));
    expect(blocks.best.nComponents).toBe(whole.best.nComponents);
  });

  it("takes weights as frequencies", async () => {
    const X = twoGroups(30);
    const options = { ...small, nComponents: [1, 2] };

    const weighted = await selectMixture(X, options, { sampleWeight: X.map(() => 2) });
    const repeated = await selectMixture([...X, ...X], options);

    // One component needs no seeding, so both are the same estimate; 1e-6 leaves room for rounding and EM's tolerance.
    expect(weighted.candidates[0]!.bic).toBeCloseTo(repeated.candidates[0]!.bic!, 6);
  });
});

describe("progress, abort and bad input", () => {
  it("reports every candidate in turn, with the progress of its fit", async () => {
    const events: SelectionProgress[] = [];

    const { candidates } = await selectMixture(twoGroups(40), small, { onProgress: (event) => void events.push(event) });

    const up = events.filter(({ back }) => back === undefined);
    expect([...new Set(up.map(({ candidate }) => candidate))]).toEqual(candidates.map((_, index) => index));
    // All but those of the most components, from many to few.
    expect([...new Set(events.slice(up.length).map(({ nComponents }) => nComponents))]).toEqual([2, 1]);
    expect(up.at(-1)).toMatchObject({
      candidates: 6,
      nComponents: 3,
      covarianceType: "spherical",
      fit: { estimator: "GaussianMixture", phase: "fitting" },
    });
  });

  it("does no work once it is aborted", async () => {
    const { backend, count } = counting();

    const error = await selectMixture(twoGroups(40), { ...small, backend }, { signal: AbortSignal.abort() }).catch(
      (reason: unknown) => reason,
    );

    expect(isMixturaError(error, "aborted")).toBe(true);
    expect(count.uploads).toBe(0);
  });

  it.each([
    ["an unknown option", { nComponent: 3 }, "unknown-option"],
    ["no numbers of components", { nComponents: [] }, "invalid-option"],
    ["zero components", { nComponents: [0, 1] }, "invalid-option"],
    ["an unknown covariance type", { covarianceType: ["full", "round"] }, "invalid-option"],
    ["an unknown criterion", { criterion: "hqc" }, "invalid-option"],
  ])("rejects %s", async (_, options, code) => {
    const error = await selectMixture([[1], [2]], options as SelectMixtureOptions).catch((reason: unknown) => reason);

    expect(isMixturaError(error) && error.code).toBe(code);
  });

  it.each([
    ["NaN", [[1], [NaN]], undefined, "not-finite"],
    ["ragged rows", [[1, 2], [3]], undefined, "invalid-shape"],
    ["no rows", [], undefined, "invalid-shape"],
    ["a weight too few", [[1], [2]], [1], "invalid-weight"],
  ])("rejects %s", async (_, X, sampleWeight, code) => {
    const error = await selectMixture(X, {}, sampleWeight === undefined ? {} : { sampleWeight }).catch((reason: unknown) => reason);

    expect(isMixturaError(error) && error.code).toBe(code);
  });
});
