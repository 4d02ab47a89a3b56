import type { MatrixLike } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { ECOD } from "@mixtura/ecod";
import { GaussianMixture } from "@mixtura/mixture";
import { describe, expect, it } from "vitest";
import { EllipticEnvelope, MixtureDetector } from "../src/index.ts";

const training = Array.from({ length: 60 }, (_, i) => ({ a: Math.sin(i), b: Math.cos(1.7 * i) }));
const detectors = {
  EllipticEnvelope: await new EllipticEnvelope({ threshold: { contamination: 0.1 }, randomState: 1 }).fit(training),
  MixtureDetector: await new MixtureDetector({ threshold: { contamination: 0.1 }, randomState: 1 }).fit(training),
  ECOD: await new ECOD({ contamination: 0.1 }).fit(training),
};
const report = { badRows: "report" } as const;
const good = [
  { a: 0.1, b: 0.2 },
  { a: 9, b: -9 },
];

describe.each(Object.entries(detectors))("%s with badRows: report (#17)", (_, model) => {
  it.each<[form: string, X: MatrixLike, reason: RegExp]>([
    ["records with a text", [good[0]!, { a: "x", b: 1 }, good[1]!], /^column "a" is not a number \(found "x"\)/],
    ["records with a missing field", [good[0]!, { b: 1 }, good[1]!], /^has no field "a"/],
    ["records, one of them null", [good[0]!, null as never, good[1]!], /./],
    [
      "lists of another width",
      [
        [0.1, 0.2],
        [1, 2, 3],
        [9, -9],
      ],
      /fitted on 2 features, the data has 3/,
    ],
    [
      "lists with a hole",
      [
        [0.1, 0.2],
        [Number.NaN, 2],
        [9, -9],
      ],
      /^column 0 is NaN/,
    ],
    ["a matrix", matrix(Float64Array.of(0.1, 0.2, 1, Infinity, 9, -9), 3, 2), /^column 1 is Infinity/],
    ["a matrix with names in another order", matrix(Float64Array.of(0.2, 0.1, NaN, 1, -9, 9), 3, 2, ["b", "a"]), /^column "b" is NaN/],
  ])("%s: the others are judged as by themselves", async (_form, X, reason) => {
    const scores = await model.scoreSamples(good);
    const labels = await model.predict(good);

    const judged = await model.judge(X, report);

    expect([...judged.scores]).toEqual([scores[0], NaN, scores[1]]);
    expect([...judged.labels]).toEqual([labels[0], 0, labels[1]]);
    expect(judged.badRows).toEqual([{ row: 1, reason: expect.stringMatching(reason) }]);
    expect([...(await model.predict(X, report))]).toEqual([labels[0], 0, labels[1]]);
    expect([...(await model.scoreSamples(X, report))]).toEqual([...judged.scores]);
    expect([...(await model.decisionFunction(X, report))][1]).toBeNaN();
    await expect(model.predict(X)).rejects.toThrow();
  });

  it("says nothing where all rows are good, and judges none where all are bad", async () => {
    expect(await model.judge(good, report)).not.toHaveProperty("badRows");
    expect([...(await model.predict([{ a: "x", b: 1 }], report))]).toEqual([0]);
  });

  it("what is no table at all stays an error", async () => {
    await expect(model.predict([], report)).rejects.toMatchObject({ code: "invalid-shape" });
    await expect(model.predict(7 as never, report)).rejects.toMatchObject({ code: "invalid-shape" });
  });

  it("takes decimal texts and points by name", async () => {
    const texts = await model.scoreSamples([{ b: "0.2", a: "0.1" }], { numericStrings: true });

    expect(texts).toEqual(await model.scoreSamples([[0.1, 0.2]]));
    expect(model.point.score({ b: 0.2, a: 0.1 })).toBe(model.point.score([0.1, 0.2]));
    expect(model.point.isOutlier({ b: -9, a: 9 })).toBe(true);
  });
});

it("p-values of bad rows are NaN (#17)", async () => {
  const novelty = await new EllipticEnvelope({ novelty: true, threshold: { fpr: 0.1 }, covariance: "empirical", randomState: 1 }).fit(
    training,
  );

  const { pValues } = await novelty.judge(
    [
      { a: 0, b: 0 },
      { a: "?", b: 0 },
    ],
    report,
  );

  expect(pValues![0]).toBeGreaterThan(0.1);
  expect(pValues![1]).toBeNaN();
});

it("a mixture without names refuses records, and one with names knows them in any order (#17)", async () => {
  const mixture = {
    weights: [1],
    means: [[0, 8]],
    covariances: [
      [
        [1, 0],
        [0, 1],
      ],
    ],
  };
  const nameless = GaussianMixture.fromParameters(mixture);
  const named = GaussianMixture.fromParameters({ ...mixture, featureNames: ["x", "y"] });

  await expect(nameless.scoreSamples([{ y: 0, x: 8 }])).rejects.toMatchObject({ code: "feature-mismatch" });
  expect(await named.scoreSamples([{ y: 8, x: 0 }])).toEqual(await named.scoreSamples([[0, 8]]));
  expect(named.point.logDensity({ y: 8, x: 0 })).toBe(named.point.logDensity([0, 8]));
  expect(() => nameless.point.logDensity({ y: 8, x: 0 })).toThrow("2 numbers expected, found { y, x }");
  await expect(named.predict([{ x: "0", y: true }], { numericStrings: true })).resolves.toEqual(Int32Array.of(0));
});
