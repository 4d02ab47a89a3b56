// What a selection says of the number of groups, and what may not win (#17).
import { createRandom } from "@mixtura/core/authoring";
import { GaussianMixture } from "@mixtura/mixture";
import { describe, expect, it } from "vitest";
import { selectMixture } from "../src/index.ts";

/** Groups of rows about centres, with standard deviation 1. */
function about(centres: readonly (readonly number[])[], rows: number, seed: number): number[][] {
  const random = createRandom(seed);
  return centres.flatMap((centre) => Array.from({ length: rows }, () => centre.map((mean) => mean + random.normal())));
}

const ring = Array.from({ length: 12 }, (_, k) => [20 * Math.cos((k * Math.PI) / 6), 20 * Math.sin((k * Math.PI) / 6)]);

describe("the numbers of components that are tried", () => {
  it("go on past 9 while the largest wins, where none were given", async () => {
    const { winner, candidates } = await selectMixture(about(ring, 40, 1), { covarianceType: "spherical", randomState: 1 });

    expect(winner.nComponents).toBe(12);
    expect(candidates.map(({ nComponents }) => nComponents)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  });

  it("are those given, where some were", async () => {
    const { winner, candidates } = await selectMixture(about(ring, 40, 1), {
      nComponents: [1, 2, 3],
      covarianceType: "spherical",
      randomState: 1,
    });

    expect(candidates).toHaveLength(3);
    expect(winner.nComponents).toBe(3);
  });

  it("are gone on with from saved work, also past 9", async () => {
    const X = about(ring, 20, 2);
    const options = { covarianceType: "spherical", randomState: 1 } as const;
    const whole = await selectMixture(X, options);
    const controller = new AbortController();
    const context = {
      signal: controller.signal,
      onCandidate: ({ nComponents }: { nComponents: number }) => void (nComponents === 10 && controller.abort()),
    };
    const error = await selectMixture(X, options, context).catch((failure: { detail: { done: unknown } }) => failure);

    const rest = await selectMixture(X, options, { resume: JSON.stringify((error as { detail: { done: unknown } }).detail.done) });

    expect(JSON.stringify(rest.best)).toBe(JSON.stringify(whole.best));
    expect(rest.candidates.map(({ bic }) => bic)).toEqual(whole.candidates.map(({ bic }) => bic));
  });
});

describe("a single number of components", () => {
  it("has a start that is split from one component as well", async () => {
    const { candidates } = await selectMixture(about([[0], [30]], 50, 3), { nComponents: 2, covarianceType: "full", randomState: 1 });

    expect(candidates[0]!.splitFrom).toBe(1);
  });
});

describe("candidates with as many parameters as the rows have numbers", () => {
  const five = [
    [1.2, 3.4],
    [2.1, 3.9],
    [8.8, 1.2],
    [9.1, 0.7],
    [5.2, 2.2],
  ];

  it.each([
    ["five rows", five],
    ["six rows of three", about([[0, 0, 0]], 6, 4)],
    ["four rows of one", [[1], [2], [6], [9]]],
    [
      "eight rows about two centres",
      about(
        [
          [0, 0],
          [9, 9],
        ],
        4,
        5,
      ).slice(0, 6),
    ],
  ])("never win: %s", async (_, X) => {
    const { winner, candidates } = await selectMixture(X, { randomState: 1 });

    expect(winner.nComponents === 1 || winner.nParameters < X.length * X[0]!.length).toBe(true);
    const overfull = candidates.filter((row) => row.nComponents > 1 && row.nParameters! >= X.length * X[0]!.length);
    expect(overfull.length).toBeGreaterThan(0);
    for (const row of overfull) expect(row.degenerate).toBe(true);
    expect(overfull.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code))).toContain("as-many-parameters-as-numbers");
  });

  it("leave five rows one group", async () => {
    expect((await selectMixture(five, { randomState: 1 })).winner.nComponents).toBe(1);
  });

  it("are those of a shared covariance too, whose rows are spent on means: it needs one row per component and feature", async () => {
    const X = about([[0, 0, 0]], 7, 6);
    const tied = await new GaussianMixture({ nComponents: 5, covarianceType: "tied", randomState: 1 }).fit(X);

    expect(tied.degenerateComponents).toHaveLength(5);
  });
});

describe("numbers of components that are left open", () => {
  it("are one where groups are far apart and the forms agree", async () => {
    const { openComponents } = await selectMixture(
      about(
        [
          [0, 0],
          [30, 0],
          [0, 30],
        ],
        60,
        7,
      ),
      { nComponents: [1, 2, 3, 4], randomState: 1 },
    );

    expect(openComponents).toEqual([3]);
  });

  it("are all within 6 of the lowest BIC", async () => {
    // Two groups 2.5 standard deviations apart: BIC can hardly tell them from one.
    const { openComponents, winner, candidates } = await selectMixture(about([[0], [2.5]], 60, 8), {
      nComponents: [1, 2, 3],
      covarianceType: "tied",
      randomState: 1,
    });

    const close = candidates.filter(({ bic }) => bic! < winner.bic + 6).map(({ nComponents }) => nComponents);
    expect(close.length).toBeGreaterThan(1);
    expect(openComponents).toEqual(close);
  });
});

describe("cross-validation of a table with a column that follows from others", () => {
  it("scores the independent columns: the column appended changes no difference", async () => {
    const X = about(
      [
        [0, 0],
        [8, 3],
      ],
      60,
      9,
    );
    const wide = X.map(([a, b]) => [a!, b!, a! + b!]);
    const options = { nComponents: [1, 2], covarianceType: ["full", "tied"], criterion: "cv", folds: 5, randomState: 1 } as const;

    const [narrow, withSum] = [await selectMixture(X, options), await selectMixture(wide, options)];

    expect(withSum.winner.nComponents).toBe(narrow.winner.nComponents);
    expect(withSum.winner.covarianceType).toBe(narrow.winner.covarianceType);
    const differences = ({ candidates }: typeof narrow) => candidates.map(({ cv }) => cv! - candidates[0]!.cv!);
    // Folds are fitted to wide rows, whose starts and floors are other ones; what is left is the tolerance of EM, 1e-3 per row of 120.
    differences(withSum).forEach((difference, index) => expect(difference).toBeCloseTo(differences(narrow)[index]!, 0));
  });
});
