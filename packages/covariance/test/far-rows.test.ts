// Rows of weight 0 count for nothing, however far away, and weights of every unit give the same covariance.
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { EmpiricalCovariance, LedoitWolf, MinCovDet, MRCD, OAS, ShrunkCovariance } from "../src/index.ts";

const random = createRandom(20);
const X = Array.from({ length: 40 }, () => [random.normal(), random.normal(), 3 * random.normal()]);
const estimators = [EmpiricalCovariance, ShrunkCovariance, LedoitWolf, OAS, MinCovDet, MRCD];

describe.each(estimators.map((Estimator) => [Estimator.name, Estimator] as const))("%s (#16)", (_, Estimator) => {
  it.each([1e77, 1e100, 1e154, 1e200, 1.7e308])("sees no row of weight 0 at %d", async (far) => {
    const rows = [[far, -far, far], ...X, [-far, far, far]];
    const sampleWeight = rows.map((row) => (Math.abs(row[0]!) === far ? 0 : 1));

    const model = await new Estimator().fit(rows, { sampleWeight });

    const right = await new Estimator().fit(X, { sampleWeight: X.map(() => 1) });
    expect(model.location).toEqual(right.location);
    expect(model.covariance).toEqual(right.covariance);
    expect(Estimator.load(JSON.stringify(model)).covariance).toEqual(right.covariance);
  });
});

describe.each([EmpiricalCovariance, ShrunkCovariance].map((Estimator) => [Estimator.name, Estimator] as const))("%s", (_, Estimator) => {
  it.each([-660, 660])("gives the same under weights of 2^%i", async (power) => {
    const right = await new Estimator().fit(X, { sampleWeight: X.map((_row, i) => 1 + (i % 2)) });
    const model = await new Estimator().fit(X, { sampleWeight: X.map((_row, i) => (1 + (i % 2)) * 2 ** power) });

    expect(model.covariance).toEqual(right.covariance);
  });
});

it.each([1e-200, 1e-100, 1e100, 1e200])("shrinkage is a fraction where rows weigh %d", async (unit) => {
  for (const Estimator of [LedoitWolf, OAS]) {
    const model = await new Estimator().fit(X, { sampleWeight: X.map(() => unit) });

    expect(model.shrinkage).toBeGreaterThanOrEqual(0);
    expect(model.shrinkage).toBeLessThanOrEqual(1);
  }
});
