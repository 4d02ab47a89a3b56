import { describe, expect, it } from "vitest";
import { AGREEMENT, relativeDifference } from "../src/em/agreement.ts";
import { backendContender } from "../src/em/contenders.ts";
import { normalMixture } from "../src/em/normal-mixture.ts";
import { benchedTypes, parseShape, workOf } from "../src/em/shape.ts";
import { explicitStart } from "../src/em/start.ts";
import { reference } from "../src/ours.ts";

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

describe("a contender", () => {
  it.each(benchedTypes)(
    "reaches after m iterations the score that a longer run has after m iterations: %s covariance",
    async (covarianceType) => {
      const shape = { rows: 200, features: 2, components: 3, covarianceType };
      const { X, truth } = normalMixture(7, shape, "over");
      const task = { shape, X, truth, start: explicitStart(truth, covarianceType, 7) };

      const short = await backendContender(reference, task, 2).measure();
      const long = await backendContender(reference, task, 9).measure();

      expect([short.outcome.iterations, long.outcome.iterations]).toEqual([2, 9]);
      expect(long.seconds).toBeGreaterThan(0);
      expect(relativeDifference(short.outcome, long.outcome)).toBeLessThan(AGREEMENT);
      // A start that is already the answer could not tell 2 iterations from 9.
      expect(relativeDifference({ ...long.outcome, iterations: 2 }, short.outcome)).toBeGreaterThan(AGREEMENT);
    },
  );
});

describe("agreement", () => {
  it("is judged after as many iterations as both did", () => {
    const long = { iterations: 3, score: -1, scores: [-4, -3, -2, -1] };
    expect(relativeDifference({ iterations: 1, score: -3 }, long)).toBe(0);
    expect(relativeDifference({ iterations: 2, score: -3 }, long)).toBe(0.5);
  });

  it("cannot be judged where the longer run does not report its way", () => {
    expect(relativeDifference({ iterations: 2, score: -1 }, { iterations: 5, score: -1 })).toBeNaN();
  });
});
