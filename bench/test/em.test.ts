import { referenceBackend } from "@mixtura/backend";
import { covarianceTypes } from "@mixtura/mixture";
import { describe, expect, it } from "vitest";
import { AGREEMENT, relativeDifference } from "../src/em/agreement.ts";
import { backendContender } from "../src/em/contenders.ts";
import { normalMixture } from "../src/em/normal-mixture.ts";
import { parseShape, workOf } from "../src/em/shape.ts";
import { explicitStart } from "../src/em/start.ts";

describe("shapes", () => {
  it("are rows, features, components and, if it is not full, the covariance type", () => {
    expect(parseShape("1e5,2,10")).toEqual({ rows: 100_000, features: 2, components: 10, covarianceType: "full" });
    expect(parseShape("300,4,3,tied").covarianceType).toBe("tied");
  });

  it.each(["", "100", "100,2", "100,2,x", "100,0,3", "2,2,3", "100,2,3,round", "100,2,3,full,4"])("%j is refused in words", (text) => {
    expect(() => parseShape(text)).toThrow("A shape is rows,features,components");
  });

  it("ask for less work with a diagonal", () => {
    expect(workOf(parseShape("100,32,2,diag"))).toBeLessThan(workOf(parseShape("100,32,2")) / 10);
  });
});

describe("the data", () => {
  it("are the same bits for the same seed and sizes", () => {
    expect(normalMixture(7, 50, 3, 2)).toEqual(normalMixture(7, 50, 3, 2));
    expect(normalMixture(7, 50, 3, 2).data).not.toEqual(normalMixture(8, 50, 3, 2).data);
  });
});

describe("a contender", () => {
  it.each(covarianceTypes)("reaches after m maps the bound that a longer run has before map m: %s covariance", async (covarianceType) => {
    const shape = { rows: 200, features: 2, components: 3, covarianceType };
    const X = normalMixture(7, shape.rows, shape.features, shape.components);
    const task = { shape, X, start: explicitStart(X, shape.components, covarianceType, 7) };

    const short = await backendContender(referenceBackend, task, 2).measure();
    const long = await backendContender(referenceBackend, task, 9).measure();

    expect([short.outcome.iterations, long.outcome.iterations]).toEqual([3, 10]);
    expect(relativeDifference(long.outcome, short.outcome)).toBeLessThan(AGREEMENT);
    // A start that is already the answer could not tell 3 maps from 10.
    expect(relativeDifference({ ...long.outcome, iterations: 3 }, short.outcome)).toBeGreaterThan(AGREEMENT);
  });

  it("that did more maps than the yardstick cannot be compared", () => {
    expect(relativeDifference({ iterations: 2, score: -1, lowerBounds: [-3, -2] }, { iterations: 5, score: -1 })).toBeNaN();
  });
});
