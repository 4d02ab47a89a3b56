import { isMixturaError } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import { GaussianMixture } from "@mixtura/mixture";
import { canonicalOrder, classificationUncertainty, matchComponents, matchLabels, mergeComponents } from "../src/index.ts";
import { describe, expect, it } from "vitest";
import { assign } from "../src/assignment.ts";

const { rows: faithful } = loadData("faithful");
const five = () => new GaussianMixture({ nComponents: 5, covarianceType: "full", randomState: 2 }).fit(faithful);
const xlogx = (t: number): number => (t > 0 ? t * Math.log(t) : 0);

describe("mergeComponents", () => {
  it("lowers the entropy from that of the components to 0, step by step", async () => {
    const model = await five();
    const { clusters } = await mergeComponents(model, faithful);

    const { data } = await model.predictProba(faithful);
    expect(clusters.map(({ nClusters }) => nClusters)).toEqual([5, 4, 3, 2, 1]);
    // The same terms in another order.
    expect(clusters[0]!.entropy).toBeCloseTo(-data.reduce((sum, t) => sum + xlogx(t), 0), 9);
    for (let step = 1; step < 5; step++) expect(clusters[step]!.entropy).toBeLessThan(clusters[step - 1]!.entropy + 1e-9);
    expect(clusters[4]!.entropy).toBe(0);
  });

  it("merges the pair that no other pair beats, found by trying all of them", async () => {
    const model = await five();
    const { clusters } = await mergeComponents(model, faithful);

    const { data } = await model.predictProba(faithful);
    const entropyOf = (groups: readonly (readonly number[])[]): number => {
      let sum = 0;
      for (let row = 0; row < faithful.length; row++)
        for (const group of groups) sum -= xlogx(group.reduce((responsibility, k) => responsibility + data[row * 5 + k]!, 0));
      return sum;
    };
    clusters.slice(1).forEach(({ entropy, groups: chosen }, step) => {
      const before = clusters[step]!.groups;
      const others = before.flatMap((a, i) =>
        before.slice(i + 1).map((b) => entropyOf([[...a, ...b], ...before.filter((group) => group !== a && group !== b)])),
      );
      expect(entropyOf(chosen)).toBeCloseTo(entropy, 9);
      expect(entropy).toBeLessThan(Math.min(...others) + 1e-9);
    });
  });

  it("labels rows and shares them among clusters as the components do", async () => {
    const model = await five();
    const two = (await mergeComponents(model, faithful)).at(2);

    const [labels, responsibilities, components] = [
      await two.predict(faithful),
      await two.predictProba(faithful),
      await model.predictProba(faithful),
    ];

    for (let row = 0; row < faithful.length; row++) {
      const own = two.groups.map((group) => group.reduce((sum, k) => sum + components.data[row * 5 + k]!, 0));
      expect(labels[row]).toBe(own[0]! >= own[1]! ? 0 : 1);
      expect(responsibilities.data[row * 2]! + responsibilities.data[row * 2 + 1]!).toBeCloseTo(1, 12);
      expect(responsibilities.data[row * 2]).toBe(own[0]);
    }
  });

  it("takes weights as frequencies", async () => {
    const model = await five();

    const weighted = await mergeComponents(model, faithful, { sampleWeight: faithful.map(() => 3) });
    const plain = await mergeComponents(model, faithful);

    expect(weighted.clusters.map(({ groups }) => groups)).toEqual(plain.clusters.map(({ groups }) => groups));
    expect(weighted.clusters[0]!.entropy).toBeCloseTo(3 * plain.clusters[0]!.entropy, 9);
    expect(weighted.elbow).toBe(plain.elbow);
  });

  it("has one solution for one component, refuses numbers that it lacks, and stops when aborted", async () => {
    const one = await new GaussianMixture().fit(faithful);
    const merging = await mergeComponents(one, faithful);
    const error = await mergeComponents(one, faithful, { signal: AbortSignal.abort() }).catch((reason: unknown) => reason);

    expect(merging.clusters.map(({ entropy, nClusters }) => [nClusters, entropy])).toEqual([[1, 0]]);
    expect(() => merging.at(2)).toThrow("1 components can be merged into 1 to 1 clusters, not 2");
    expect(isMixturaError(error) && error.code).toBe("aborted");
  });
});

it("mergeComponents aborted in its last pass rejects", async () => {
  const model = await five();
  const controller = new AbortController();
  const running = mergeComponents(model, faithful, {
    signal: controller.signal,
    onProgress: ({ pass, passes }) => {
      if (pass === passes) controller.abort();
    },
  });
  await expect(running).rejects.toMatchObject({ code: "aborted", name: "AbortError" });
});

describe("components of several fits", () => {
  it("match where distances are beyond the largest double, the near ones first", () => {
    const at = (...means: number[]) =>
      GaussianMixture.fromParameters({
        weights: means.map(() => 1 / means.length),
        means: means.map((mean) => [mean]),
        covariances: means.map(() => 1),
        covarianceType: "spherical",
      });
    expect([...matchComponents(at(0, 1e200), at(-1e200, 1))]).toEqual([1, 0]);
    expect([...matchComponents(at(-1e200, 1e200), at(-1e190, 1e190))].toSorted((a, b) => a - b)).toEqual([0, 1]);
    // 1e154 and 1e308 as distances.
    expect([...matchComponents(at(0, 3e77, 1e154), at(1e154, 1, 3e77))]).toEqual([2, 0, 1]);
  });

  it("stand in the same order regardless of their numbers", async () => {
    const model = await five();
    const { order, rank } = canonicalOrder(model);
    const turned = GaussianMixture.fromParameters({
      weights: model.weights.toReversed(),
      means: Array.from({ length: 5 }, (_, k) => [...model.means.data.subarray((4 - k) * 2, (5 - k) * 2)]),
      covariances: Array.from({ length: 5 }, (_, k) => {
        const { data } = model.covariance(4 - k);
        return [
          [data[0]!, data[1]!],
          [data[2]!, data[3]!],
        ];
      }),
    });

    expect([...canonicalOrder(turned).order].map((k) => 4 - k)).toEqual([...order]);
    expect([...order].map((k) => rank[k])).toEqual([0, 1, 2, 3, 4]);
    expect([...matchComponents(model, turned)]).toEqual([4, 3, 2, 1, 0]);
  });

  it("leaves components without a counterpart unmatched", async () => {
    const [more, fewer] = [await five(), await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(faithful)];

    const match = matchComponents(fewer, more);

    expect([...match].toSorted((a, b) => a - b)).toEqual([-1, -1, -1, 0, 1]);
  });

  it.each([
    ["a promise", Promise.resolve([0])],
    ["a number", 5],
    ["null", null],
    ["a table", [[0], [1]]],
    ["labels of two types", [0, "0"]],
  ])("matches labels only: %s is refused (#16)", (_, labels) => {
    expect(() => matchLabels(labels as never, [0, 1])).toThrow(expect.objectContaining({ code: "invalid-labels" }));
    expect(() => matchLabels([0, 1], labels as never)).toThrow(expect.objectContaining({ code: "invalid-labels" }));
  });

  it("have labels that match one to one with the most rows in agreement", () => {
    const { mapping, agreement } = matchLabels(["a", "a", "b", "b", "c"], ["x", "x", "x", "y", "z"]);

    expect([...mapping]).toEqual([
      ["x", "a"],
      ["y", "b"],
      ["z", "c"],
    ]);
    expect(agreement).toBe(0.8);
  });
});

describe("assignment", () => {
  it.each([
    [3, 3],
    [4, 5],
    [5, 4],
    [1, 3],
  ])("is as cheap as the best of all: %i × %i", (rows, columns) => {
    const random = createRandom(rows * 10 + columns);
    for (let trial = 0; trial < 30; trial++) {
      const cost = Float64Array.from({ length: rows * columns }, () => Math.round(20 * random.normal()));

      const columnOf = assign(cost, rows, columns);

      const used = [...columnOf].filter((column) => column !== -1);
      expect(used).toHaveLength(Math.min(rows, columns));
      expect(new Set(used).size).toBe(used.length);
      const total = columnOf.reduce((sum, column, row) => sum + (column === -1 ? 0 : cost[row * columns + column]!), 0);
      expect(total).toBe(cheapest(cost, rows, columns));
    }
  });
});

/** The least cost, by trying everything. */
function cheapest(cost: Float64Array, rows: number, columns: number, row = 0, taken: readonly number[] = []): number {
  if (taken.length === Math.min(rows, columns)) return 0;
  const spare = rows - row > Math.min(rows, columns) - taken.length;
  let least = spare ? cheapest(cost, rows, columns, row + 1, taken) : Infinity;
  for (let column = 0; column < columns; column++) {
    if (taken.includes(column)) continue;
    least = Math.min(least, cost[row * columns + column]! + cheapest(cost, rows, columns, row + 1, [...taken, column]));
  }
  return least;
}

describe("classificationUncertainty", () => {
  it("is 1 minus the largest responsibility, exact also where that rounds to 1", async () => {
    const model = await five();
    const { data } = await model.predictProba(faithful);

    const uncertainty = await classificationUncertainty(model, faithful);

    // 1 − max has an error of one rounding of 1, our sum hardly any.
    uncertainty.forEach((value, row) => expect(value).toBeCloseTo(1 - Math.max(...data.subarray(row * 5, row * 5 + 5)), 14));
    expect(uncertainty.every((value) => value >= 0 && value <= 0.8)).toBe(true);

    const apart = GaussianMixture.fromParameters({ weights: [0.5, 0.5], means: [[0], [20]], covariances: [[[1]], [[1]]] });
    // log (r₂ / r₁) at 0 is −20² / 2; 1e-12 relative leaves room for the rounding of an exponential of that.
    expect((await classificationUncertainty(apart, [[0]]))[0]! / Math.exp(-200)).toBeCloseTo(1, 12);
  });
});
