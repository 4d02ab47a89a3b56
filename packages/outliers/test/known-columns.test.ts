import type { Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import { loadCase } from "@mixtura/fixtures";
import { EmpiricalCovariance } from "@mixtura/covariance";
import { GaussianMixture } from "@mixtura/mixture";
import { describe, expect, it } from "vitest";
import { EllipticEnvelope, MixtureDetector, reason, RefitOnInliers } from "../src/index.ts";

const seeded = { randomState: 0 } as const;
/** Detectors of both kinds, with few mixtures to choose from. */
const detectors = {
  EllipticEnvelope: (options: object = {}) => new EllipticEnvelope({ ...seeded, ...options }),
  MixtureDetector: (options: object = {}) => new MixtureDetector({ ...seeded, nComponents: [1, 2], ...options }),
};
const names = Object.keys(detectors) as (keyof typeof detectors)[];

type Row = Readonly<Record<string, number>>;
const cents = (value: number): number => Math.round(value * 100) / 100;

/** Tables whose columns follow from others, a row that keeps that, and rows that break it, the slightest first. */
const tables: Readonly<
  Record<string, { row: (random: Random) => Row; keeps: Row; breaks: readonly (readonly [Row, string])[]; equations: readonly string[] }>
> = {
  "parts of a whole, of 100 %": {
    row: (random) => {
      const [clay, silt] = [20 + random.integer(300) / 10, 10 + random.integer(300) / 10];
      return { clay, silt, sand: Math.round(10 * (100 - clay - silt)) / 10 };
    },
    keeps: { clay: 33.3, silt: 20.1, sand: 46.6 },
    breaks: [
      [{ clay: 33.3, silt: 20.1, sand: 46.7 }, "sand should be 46.60, saw 46.70"],
      [{ clay: 33.3, silt: 20.1, sand: 44.6 }, "sand should be 46.6, saw 44.6"],
    ],
    equations: ['"clay" + "silt" + "sand" = 100'],
  },
  "a length in two units": {
    row: (random) => {
      const height = 60 + 20 * random.uniform();
      return { height_in: height, height_cm: 2.54 * height, weight: 70 + 9 * random.normal() };
    },
    keeps: { height_in: 70, height_cm: 177.8, weight: 80 },
    breaks: [
      [{ height_in: 70, height_cm: 177.9, weight: 80 }, "height_cm should be 177.80, saw 177.90"],
      [{ height_in: 70, height_cm: 70, weight: 80 }, "height_cm should be 177.8, saw 70.0"],
    ],
    equations: ['"height_cm" = 2.54 × "height_in"'],
  },
  "two dependencies, one of them up to cents": {
    row: (random) => {
      const net = cents(100 + 20 * random.normal());
      const vat = cents(0.19 * net);
      return { net, vat, gross: cents(net + vat), items: 1 + random.integer(9) };
    },
    keeps: { net: 100, vat: 19, gross: 119, items: 3 },
    breaks: [
      [{ net: 100, vat: 19, gross: 149, items: 3 }, "gross should be 119.0, saw 149.0"],
      [{ net: 100, vat: 7, gross: 107, items: 3 }, "vat should be 19.0, saw 7.0"],
    ],
    equations: ['"vat" = 0.19 × "net"', '"gross" = "net" + "vat"'],
  },
};

describe.each(names)("%s: a row that breaks what all training rows keep (#17)", (name) => {
  it("is novel in c = a + b, by 30 and by 1, and one that keeps it is not", async () => {
    const { rows, columns } = loadCase("identity-novelty");
    const model = await detectors[name]({ novelty: true }).fit(rows.map(([a, b, c]) => ({ a: a!, b: b!, c: c! })));
    const asked = [160, 130, 161].map((c) => ({ a: 100, b: 60, c }));

    expect(columns).toEqual(["a", "b", "c"]);
    expect(await model.predict(asked)).toEqual(Int32Array.of(1, -1, -1));
    const explanation = await model.explain(asked);
    expect(reason(explanation, 0)).not.toContain("should be");
    expect(reason(explanation, 1)).toBe("c should be 160.0, saw 130.0");
    expect(reason(explanation, 2)).toBe("c should be 160.0, saw 161.0");
    expect(explanation.breaches).toEqual([[], [{ feature: 2, expected: 160, found: 130 }], [{ feature: 2, expected: 160, found: 161 }]]);
  });

  it.each(Object.keys(tables))(
    "scores below every row that does not, by how far it does, in batches, by point and after a file: %s",
    async (kind) => {
      const { row, keeps, breaks, equations } = tables[kind]!;
      const random = createRandom(5);
      const rows = Array.from({ length: 400 }, () => row(random));
      const model = await detectors[name]({ novelty: true }).fit(rows);
      const far = Object.fromEntries(Object.keys(keeps).map((column) => [column, 1e9 * keeps[column]!]));
      const asked = [keeps, ...breaks.map(([broken]) => broken)];

      const scores = await model.scoreSamples(asked);

      expect(
        model.trace.diagnostics.filter(({ code }) => code === "collinear-features").map(({ message }) => message.split(" in every")[0]),
      ).toEqual(equations.map((equation) => equation[0]!.toUpperCase() + equation.slice(1)));
      const explanation = await model.explain(asked);
      expect(breaks.map((_, i) => reason(explanation, i + 1).split(";")[0])).toEqual(breaks.map(([, text]) => text));
      const lowest = Math.min(
        ...(await model.scoreSamples(rows)),
        scores[0]!,
        kind.includes("100 %") ? 0 : model.point.score(Object.values(far)),
      );
      for (const score of scores.subarray(1)) expect(score).toBeLessThan(lowest);
      const labels = await model.predict(asked);
      expect(labels).toEqual(Int32Array.from(scores, (score) => (score < model.threshold ? -1 : 1)));
      expect(labels).toEqual(Int32Array.from(asked, (_, i) => (i === 0 ? 1 : -1)));
      // One more than the held-out rows is what the least p-value is one of.
      expect((await model.pValues(asked)).subarray(1).every((p) => p <= 1 / 201)).toBe(true);
      expect(asked.map((values) => model.point.isOutlier(Object.values(values)))).toEqual([false, ...breaks.map(() => true)]);
      const point = scores.map((_, i) => model.point.score(Object.values(asked[i]!)));
      expect(point.subarray(1)).toEqual(scores.subarray(1));
      const read = (name === "EllipticEnvelope" ? EllipticEnvelope : MixtureDetector).load(JSON.stringify(model));
      expect(await read.scoreSamples(asked)).toEqual(scores);
    },
  );

  it("is as unusual as the breach is large in units of rounding", async () => {
    const { row } = tables["two dependencies, one of them up to cents"]!;
    const random = createRandom(6);
    const model = await detectors[name]({ novelty: true }).fit(Array.from({ length: 400 }, () => row(random)));
    const by = (off: number): number[] => [100, 19, 119 + off, 3];

    const scores = await model.scoreSamples([0.02, -0.5, 3, -40, 1e6, 1e300].map(by));

    expect(scores).toEqual(scores.toSorted().toReversed());
    expect(scores.every((score) => score > -Infinity)).toBe(true);
  });

  it("is none for the rounding of a sum, in other decimals than those of the training rows", async () => {
    const random = createRandom(8);
    const rows = Array.from({ length: 300 }, () => {
      const [a, b] = [random.integer(1000) / 10, random.integer(1000) / 10];
      return [a, b, a + b];
    });
    const model = await detectors[name]({ novelty: true }).fit(rows);

    for (const [a, b] of [
      [0.1, 0.2],
      [33.337, 41.42],
      [1.1, 2.2],
    ] as const)
      expect(model.point.score([a, b, Number((a + b).toFixed(9))])).toBeGreaterThan(-1e300);
    expect(model.point.isOutlier([33.3, 41.4, 74.8])).toBe(true);
  });

  it("counts among the false alarms that a rate is kept by", async () => {
    // One row in 500 breaks c = a + b: the rows of most fits keep it, those that are held out need not.
    const random = createRandom(9);
    const draw = (): number[] => {
      const [a, b] = [random.integer(100), random.integer(100)];
      return [a, b, a + b + (random.uniform() < 0.002 ? 30 : 0)];
    };
    let alarms = 0;
    const runs = 20;
    for (let run = 0; run < runs; run++) {
      const model = await new EllipticEnvelope({ randomState: run, novelty: true, threshold: { fpr: 0.05 } }).fit(
        Array.from({ length: 200 }, draw),
      );
      alarms += (await model.predict(Array.from({ length: 500 }, draw))).filter((label) => label === -1).length;
    }

    // The rate of 20 calibrations on 100 rows each varies by 0.5 %: three times that on top of 5 %.
    expect(alarms / (runs * 500)).toBeLessThan(0.065);
  });
});

describe.each(names)("%s: features that hold one value in all training rows (#17)", (name) => {
  const random = createRandom(10);
  const rows = Array.from({ length: 300 }, () => ({ pid: 4187, ms: 20 + 3 * random.normal(), kb: 80 + 9 * random.normal() }));
  const restarted = rows.slice(0, 100).map((row) => ({ ...row, pid: 5211 }));

  it("are left out, and said to be: another value is no anomaly", async () => {
    const model = await detectors[name]({ novelty: true }).fit(rows);

    expect(await model.scoreSamples(restarted)).toEqual(await model.scoreSamples(rows.slice(0, 100)));
    expect(model.point.score([5211, 21, 82])).toBe(model.point.score([4187, 21, 82]));
    expect(model.trace.diagnostics.filter(({ code }) => code === "constant-feature").map(({ message }) => message)).toEqual([
      '"pid" holds one value in all training rows and is left out: another value there is no anomaly. constants: "strict" judges it.',
    ]);
    const explanation = await model.explain([{ pid: 5211, ms: 60, kb: 82 }]);
    expect(reason(explanation, 0, { features: 1 })).toMatch(/^ms: expected/);
    const read = (name === "EllipticEnvelope" ? EllipticEnvelope : MixtureDetector).load(JSON.stringify(model));
    expect(await read.predict(restarted)).toEqual(await model.predict(restarted));
  });

  it("are judged where that is asked for", async () => {
    const model = await detectors[name]({ novelty: true, constants: "strict" }).fit(rows);

    expect((await model.predict(restarted)).every((label) => label === -1)).toBe(true);
    expect(reason(await model.explain([{ pid: 5211, ms: 20, kb: 80 }]), 0)).toBe("pid should be 4187.0, saw 5211.0");
    expect(model.trace.diagnostics.find(({ code }) => code === "constant-feature")!.message).toBe(
      '"pid" holds one value in all training rows and is judged: another value there is an anomaly.',
    );
  });
});

describe("RefitOnInliers (#17)", () => {
  it.each([new GaussianMixture({ randomState: 0 }), new EmpiricalCovariance()])(
    "knows the columns of the rows that a $type was last fitted on",
    async (estimator) => {
      const random = createRandom(11);
      const rows = Array.from({ length: 200 }, () => {
        const [a, b] = [random.integer(100), random.integer(100)];
        return [a, b, a + b, 7];
      });
      rows.push([50, 50, 900, 7]);

      const model = await new RefitOnInliers({ estimator, rule: { contamination: 0.02 } }).fit(rows);

      expect(
        await model.predict([
          [50, 50, 101, 9],
          [50, 50, 100, 9],
        ]),
      ).toEqual(Int32Array.of(-1, 1));
      const strict = await new RefitOnInliers({ estimator, rule: { contamination: 0.02 }, constants: "strict" }).fit(rows);
      expect(
        await strict.predict([
          [50, 50, 100, 9],
          [50, 50, 100, 7],
        ]),
      ).toEqual(Int32Array.of(-1, 1));
      expect(await RefitOnInliers.load(JSON.stringify(model)).predict([[50, 50, 101, 9]])).toEqual(Int32Array.of(-1));
    },
  );
});

describe.each(names)("%s: what columns look like (#17)", (name) => {
  it("is named, by whichever of the fits inside", async () => {
    const random = createRandom(12);
    const rows = Array.from({ length: 300 }, (_, i) => ({ row: 17 + i, amount: Math.exp(random.normal()), flag: random.integer(2) }));

    const { trace } = await detectors[name]().fit(rows);

    const codes = trace.diagnostics.map(({ code }) => code);
    expect(codes.filter((code) => code.endsWith("-feature") && code !== "tied-feature")).toEqual([
      "counting-feature",
      "two-valued-feature",
      "skewed-feature",
    ]);
  });
});
