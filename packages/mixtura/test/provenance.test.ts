import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Estimator, GivenProvenance } from "@mixtura/core";
import { VERSION } from "@mixtura/core/internal";
import { EmpiricalCovariance, LedoitWolf, MinCovDet, MRCD, OAS, ShrunkCovariance } from "@mixtura/covariance";
import { ECOD } from "@mixtura/ecod";
import { KernelDensity } from "@mixtura/kernel-density";
import { BayesianGaussianMixture, GaussianMixture, KMeans } from "@mixtura/mixture";
import { EllipticEnvelope, MixtureDetector, RefitOnInliers } from "@mixtura/outliers";
import { describe, expect, it } from "vitest";

const X = Array.from({ length: 40 }, (_, i) => [i % 2 === 0 ? (i * 7) % 11 : 50 + ((i * 5) % 13), (i * 3) % 17]);
/** The values of each column, ascending. */
const spread = [0, 1].map((j) => X.map((row) => row[j]!).toSorted((a, b) => a - b));
const middle = (values: readonly number[]): number => (values[values.length / 2 - 1]! + values[values.length / 2]!) / 2;
const given: GivenProvenance = {
  source: "rows.csv",
  leftOut: [{ rows: 3, reason: "missing values" }],
  leftOutColumns: [{ column: "id", reason: "it counts the rows" }],
};

const estimators: readonly (readonly [string, Estimator, object])[] = (
  [
    [new GaussianMixture({ nComponents: 2, randomState: 1 }), { nComponents: 2, randomState: 1 }],
    [new BayesianGaussianMixture({ nComponents: 3, randomState: 1 }), { nComponents: 3, randomState: 1 }],
    [new KMeans({ nClusters: 2, randomState: 1 }), { nClusters: 2, randomState: 1 }],
    [new EmpiricalCovariance(), {}],
    [new ShrunkCovariance({ shrinkage: 0.5 }), { shrinkage: 0.5 }],
    [new LedoitWolf(), {}],
    [new OAS({ formula: "paper" }), { formula: "paper" }],
    [new MinCovDet({ randomState: 1 }), { randomState: 1 }],
    [new MRCD(), {}],
    [new ECOD({ contamination: 0.2 }), { contamination: 0.2 }],
    [new KernelDensity({ bandwidth: { relative: 0.5 } }), { bandwidth: { relative: 0.5 } }],
    [new MixtureDetector({ nComponents: [1, 2], randomState: 1 }), { nComponents: [1, 2], randomState: 1 }],
    [new EllipticEnvelope({ randomState: 1, threshold: { chiSquare: 0.99 } }), { randomState: 1, threshold: { chiSquare: 0.99 } }],
    [
      new RefitOnInliers({ estimator: new OAS(), randomState: 1 }),
      { estimator: { type: "OAS", options: { assumeCentered: false, formula: "scikit-learn" } }, randomState: 1 },
    ],
  ] as const
).map(([estimator, options]) => [estimator.type, estimator, options]);

describe("the provenance of a model", () => {
  it.each(estimators)(
    "names release, options that differ from defaults, rows and what the caller said of them: %s",
    async (_, estimator, options) => {
      const { provenance } = await estimator.fit(X, { provenance: given });

      expect(provenance).toEqual({
        version: VERSION,
        options,
        ...given,
        columnRanges: {
          minimum: spread.map(([least]) => least),
          median: spread.map(middle),
          maximum: spread.map((values) => values.at(-1)),
        },
        rows: X.length,
        checksum: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      });
    },
  );

  it.each(estimators)("is the same for the same rows, and the file with it, byte for byte: %s", async (_, estimator) => {
    const files = [await estimator.fit(X), await estimator.fit(X)].map((model) => JSON.stringify(model));

    expect(files[1]).toBe(files[0]);
    expect(files[0]).not.toContain("elapsedMilliseconds");
  });

  it.each(estimators)("has another checksum where one cell is another: %s", async (_, estimator) => {
    const other = X.map((row, i) => (i === 7 ? [row[0]! + 1, row[1]!] : row));

    const [one, two] = [await estimator.fit(X), await estimator.fit(other)];

    expect(two.provenance!.checksum).not.toBe(one.provenance!.checksum);
  });

  it("holds the time only where the caller gives one", async () => {
    const model = await new OAS().fit(X, { provenance: { created: "2026-11-30" } });

    expect(model.provenance!.created).toBe("2026-11-30");
    expect((await new OAS().fit(X)).provenance).not.toHaveProperty("created");
  });

  it("describes long options in place of holding them", async () => {
    const labelsInit = X.map((_, i) => i % 2);
    const { provenance } = await new GaussianMixture({ nComponents: 2, labelsInit: [...labelsInit, ...labelsInit] }).fit([...X, ...X]);

    expect(provenance!.options["labelsInit"]).toBe("an array of 80");
  });

  it("names the release that core's package is of", () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "core", "package.json"), "utf8")) as {
      version: string;
    };

    expect(VERSION).toBe(version);
  });
});
