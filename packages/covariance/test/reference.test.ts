import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import type { FittedCovariance } from "../src/index.ts";
import { EmpiricalCovariance, LedoitWolf, OAS, ShrunkCovariance } from "../src/index.ts";
import type { EstimatorName, SklearnFit } from "./reference.ts";
import { reference, relativeError } from "./reference.ts";

const estimators = {
  empirical: EmpiricalCovariance,
  shrunk: ShrunkCovariance,
  ledoitWolf: LedoitWolf,
  oas: OAS,
} as const;
const names = Object.keys(estimators) as EstimatorName[];

/** The roundings of some hundred sums, times condition numbers below 1e6. */
const EXACT = 1e-10;

async function expectFit(
  model: FittedCovariance,
  rows: readonly (readonly number[])[],
  right: SklearnFit,
  tolerance = EXACT,
): Promise<void> {
  const { location, covariance, shrinkage } = model;
  const d = location.length;
  right.location.forEach((value, j) => expect(relativeError(location[j]!, value)).toBeLessThan(EXACT));
  right.variances.forEach((value, j) => expect(relativeError(covariance.data[j * (d + 1)]!, value)).toBeLessThan(EXACT));
  expect(
    relativeError(
      covariance.data.reduce((sum, value) => sum + value, 0),
      right.total,
    ),
  ).toBeLessThan(EXACT);
  expect(Math.abs((shrinkage ?? 0) - (right.shrinkage ?? model.shrinkage ?? 0))).toBeLessThan(EXACT);
  expect(relativeError(await model.score(rows), right.logLikelihood)).toBeLessThan(tolerance);
  const distances = await model.mahalanobis(rows.slice(0, 10));
  right.squaredMahalanobisFirst10.forEach((value, i) => expect(relativeError(distances[i]!, value)).toBeLessThan(tolerance));
}

describe.each(reference.sound)("on $data", ({ data, features, centred, aboutZero, exact, covariance, errorNorms, paperShare }) => {
  const { rows } = loadData(data, features);

  it.each(names)("location, covariance, shrinkage, densities and distances are scikit-learn's: %s", async (name) => {
    const right = name === "empirical" ? { ...centred[name], ...exact } : centred[name];
    await expectFit(await new estimators[name]().fit(rows), rows, right);
  });

  it.each(names)("the same about 0: %s", async (name) => {
    // Far from 0 the second moments about it are nearly of rank one, and scikit-learn's inverse knows the less of the rest.
    await expectFit(await new estimators[name]({ assumeCentered: true }).fit(rows), rows, aboutZero[name], 1e-7);
  });

  it("the shrinkage of OAS by the paper is equation 23", async () => {
    const { shrinkage } = await new OAS({ formula: "paper" }).fit(rows);
    expect(Math.abs(shrinkage! - paperShare)).toBeLessThan(1e-13);
  });

  it.runIf(covariance !== undefined)("every element of the covariance is scikit-learn's", async () => {
    const { data: found } = (await new EmpiricalCovariance().fit(rows)).covariance;

    covariance!.forEach((value, at) => expect(relativeError(found[at]!, value)).toBeLessThan(EXACT));
  });

  it.runIf(errorNorms !== undefined)("all norms of a difference are scikit-learn's", async () => {
    const model = await new EmpiricalCovariance().fit(rows);
    const other = await new OAS().fit(rows);

    for (const { value, ...options } of errorNorms!) {
      expect(relativeError(await model.errorNorm(other, options), value)).toBeLessThan(EXACT);
    }
  });
});

describe.each(reference.singular)("on $data, which has a singular covariance", ({ data, features, centred }) => {
  const { rows } = loadData(data, features);

  it.each(["shrunk", "ledoitWolf", "oas"] as const)("shrunk estimates are scikit-learn's: %s", async (name) => {
    const model = await new estimators[name]().fit(rows);

    // A shrunk covariance is well conditioned, whatever it was made from.
    await expectFit(model, rows, centred[name], 1e-9);
    expect(model.toJSON()).not.toHaveProperty("floor");
  });
});
