import { describe, expect, it } from "vitest";
import { searchedWords, searchOrder, searchWeight } from "../src/site/search-order.ts";

describe("the order of the search", () => {
  it("puts guides before the reference, and what authors need last (#18)", () => {
    const addresses = [
      "guides/anomalies#thresholds",
      "concepts/covariance-types#tied",
      "reference/options",
      "api/mixture/GaussianMixture#remarks",
      "api/report/types#type-anomaly",
      "api/testing/describeEstimator#describeestimator",
    ];
    const weights = addresses.map((address) => searchWeight(address, ["anomaly"], "Anomaly"));
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    expect(new Set(weights).size).toBe(addresses.length);
  });

  it("takes a word that only code has for the page of that name, under any base", () => {
    const { tokenize, boostDocument } = searchOrder("/docs/");
    const found = { title: "selectMixture" };
    tokenize("selectMixture");
    expect(boostDocument("/docs/api/model-selection/selectMixture#selectmixture", "selectmixture", found)).toBeGreaterThan(10);
    tokenize("select");
    expect(boostDocument("/docs/api/model-selection/selectMixture#selectmixture", "selectmixture", found)).toBeLessThan(1);
  });

  it.each([
    ["anomaly", ["anomaly", "anomalies"]],
    ["Anomalies", ["anomalies", "anomaly"]],
    ["values", ["values", "value"]],
    ["key", ["key"]],
    ["bic", ["bic"]],
  ])("looks for %s as %j", (word, words) => {
    expect(searchedWords(word)).toEqual(words);
  });
});
