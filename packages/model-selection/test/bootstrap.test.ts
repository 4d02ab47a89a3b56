import { isMixturaError } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import type { LikelihoodRatioContext } from "../src/bootstrap-likelihood-ratio.ts";
import { bootstrapLikelihoodRatio, stability } from "../src/index.ts";
import { describe, expect, it } from "vitest";

const random = createRandom(11);
const twoGroups = Array.from({ length: 60 }, (_, row) => [random.normal() + (row % 2) * 7]);
const oneGroup = Array.from({ length: 60 }, () => [random.normal()]);
const tied = { covarianceType: "tied", randomState: 1 } as const;

const codeOf = async (work: Promise<unknown>): Promise<string | undefined> => {
  const error = await work.catch((reason: unknown) => reason);
  return isMixturaError(error) ? error.code : undefined;
};

describe("bootstrapLikelihoodRatio", () => {
  it("tests number after number until one is not rejected", async () => {
    const { tests, nComponents } = await bootstrapLikelihoodRatio(twoGroups, { ...tied, nComponents: [1, 2, 3], nBootstrap: 39 });

    expect(nComponents).toBe(2);
    expect(tests.map(({ rejected }) => rejected)).toEqual([true, false]);
    expect(tests[0]!).toMatchObject({ nComponents: 1, exceedances: 0, pValue: 1 / 40, stopped: false });
    expect(tests[0]!.null.nComponents).toBe(1);
    expect(tests[0]!.alternative.nComponents).toBe(2);
  });

  it("has p = (g + 1) / (l + 1) after all draws, with an exact interval around it", async () => {
    const { tests } = await bootstrapLikelihoodRatio(oneGroup, { ...tied, nComponents: 1, nBootstrap: 30, stopAfter: 0 });

    const [{ simulated, statistic, exceedances, pValue, interval }] = tests as [(typeof tests)[0]];
    expect(simulated).toHaveLength(30);
    expect(exceedances).toBe(simulated.filter((value) => value >= statistic).length);
    expect(pValue).toBe((exceedances + 1) / 31);
    expect(interval[0]).toBeLessThan(exceedances / 30);
    expect(interval[1]).toBeGreaterThan(exceedances / 30);
  });

  it("stops at the agreed number of exceedances with p = g / l, having drawn the same as without stopping", async () => {
    const options = { ...tied, nComponents: 1, nBootstrap: 60 };
    const [all, early] = [
      (await bootstrapLikelihoodRatio(oneGroup, { ...options, stopAfter: 0 })).tests[0]!,
      (await bootstrapLikelihoodRatio(oneGroup, { ...options, stopAfter: 3 })).tests[0]!,
    ];

    expect(early.stopped).toBe(true);
    expect(early.exceedances).toBe(3);
    expect(early.pValue).toBe(3 / early.simulated.length);
    expect(early.simulated).toEqual(all.simulated.slice(0, early.simulated.length));
    expect(early.simulated.at(-1)!).toBeGreaterThanOrEqual(early.statistic);
  });

  it("gives the same bits for the same seed", async () => {
    const options = { ...tied, nComponents: 1, nBootstrap: 5 };

    const [first, second] = [await bootstrapLikelihoodRatio(oneGroup, options), await bootstrapLikelihoodRatio(oneGroup, options)];

    expect(second.tests[0]!.simulated).toEqual(first.tests[0]!.simulated);
  });

  it("never finds that a component more lowers the likelihood", async () => {
    const { tests } = await bootstrapLikelihoodRatio(loadData("acidity").rows, { ...tied, nComponents: 2, nBootstrap: 10 });

    // The split start begins with the same mean and covariance, but not with the same likelihood: only a little loss is possible.
    expect(Math.min(...tests[0]!.simulated)).toBeGreaterThan(-0.1);
  });

  it.each([
    ["numbers that fall", { nComponents: [2, 1] }, "invalid-option"],
    ["numbers with gaps", { nComponents: [1, 3] }, "invalid-option"],
    ["no numbers", { nComponents: [] }, "invalid-option"],
    ["no draws", { nBootstrap: 0 }, "invalid-option"],
    ["a level of 1", { level: 1 }, "invalid-option"],
    ["more components than rows", { nComponents: 60 }, "too-few-rows"],
    ["an unknown option", { bootstraps: 3 }, "unknown-option"],
  ])("refuses %s before any work", async (_, options, code) => {
    let worked = false;
    const context: LikelihoodRatioContext = { onProgress: () => void (worked = true) };

    expect(await codeOf(bootstrapLikelihoodRatio(oneGroup, options as object, context))).toBe(code);
    expect(worked).toBe(false);
  });

  it("stops when it is aborted", async () => {
    const controller = new AbortController();
    const onProgress: LikelihoodRatioContext["onProgress"] = ({ draws }) => draws === 2 && controller.abort();

    expect(await codeOf(bootstrapLikelihoodRatio(oneGroup, tied, { signal: controller.signal, onProgress }))).toBe("aborted");
  });
});

describe("stability", () => {
  it.each(["bootstrap", "subsample"] as const)(
    "is 1 for groups far apart, and lower for more components than groups: %s",
    async (resampling) => {
      const { rows } = await stability(twoGroups, { ...tied, nComponents: [2, 4], nResamples: 8, resampling });

      expect(rows[0]!.mean).toBe(1);
      expect([...rows[0]!.components]).toEqual([1, 1]);
      expect(rows[1]!.mean).toBeLessThan(0.95);
      expect(rows[1]!.scores).toHaveLength(8);
      expect(rows[1]!.standardDeviation).toBeGreaterThan(0);
    },
  );

  it("gives the same bits for the same seed, and to each number of components the same samples regardless of what else is asked for", async () => {
    const options = { ...tied, nResamples: 4 };

    const [both, one] = [
      await stability(oneGroup, { ...options, nComponents: [2, 3] }),
      await stability(oneGroup, { ...options, nComponents: 3 }),
    ];

    expect(one.rows[0]).toEqual(both.rows[1]);
  });

  it("takes its part of the rows that count: those of weight 0 are as good as absent", async () => {
    const weights = twoGroups.map((_, row) => (row < 4 ? 1 : 0));
    const options = { ...tied, nComponents: 2, resampling: "subsample", nResamples: 8, fraction: 0.5 } as const;

    // Half of four rows are the two that two components need.
    const { rows } = await stability(twoGroups, options, { sampleWeight: weights });
    const absent = await stability(twoGroups.slice(0, 4), options);

    expect(rows[0]!.failed).toBe(0);
    expect(absent.rows[0]!.failed).toBe(0);
  });

  it("refuses weights that stand for more rows than can be drawn, before any work", async () => {
    const context = { sampleWeight: twoGroups.map(() => 1e9) };
    expect(await codeOf(stability(twoGroups, { ...tied, nComponents: 2 }, context))).toBe("invalid-weight");
    expect(await codeOf(bootstrapLikelihoodRatio(twoGroups, { ...tied, nComponents: 1 }, context))).toBe("invalid-weight");
    // A subsample draws no row twice.
    const { rows } = await stability(twoGroups, { ...tied, nComponents: 2, resampling: "subsample", nResamples: 2 }, context);
    expect(rows[0]!.mean).toBe(1);
  });

  it("draws rows by their weights, and none of weight 0", async () => {
    const sampleWeight = twoGroups.map((_, row) => (row % 2 === 0 ? 3 : 0));

    const { rows } = await stability(twoGroups, { ...tied, nComponents: 1, nResamples: 3 }, { sampleWeight });

    expect(rows[0]!.failed).toBe(0);
  });

  it.each([
    ["no numbers", { nComponents: [] }, "invalid-option"],
    ["the whole as a part", { fraction: 1 }, "invalid-option"],
    ["one sample", { nResamples: 1 }, "invalid-option"],
    ["more components than rows", { nComponents: 61 }, "too-few-rows"],
  ])("refuses %s", async (_, options, code) => {
    expect(await codeOf(stability(oneGroup, options))).toBe(code);
  });
});
