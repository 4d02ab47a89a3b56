import type { AnyEstimatorPlugin } from "@mixtura/core";
import { plugins } from "mixtura";
import { describe, expect, it } from "vitest";
import { optionsFor } from "../src/model/carry-over.ts";
import { problemOf } from "../src/model/checked.ts";
import { fieldsOf, firstValue, inputOfValue } from "../src/model/fields.ts";
import { kindsOf } from "../src/model/kinds.ts";

/** A plugin that nobody here has heard of. */
const foreign: AnyEstimatorPlugin = {
  contractVersion: 1,
  type: "Foreign",
  summary: "One of somebody else's.",
  capabilities: ["outlier"],
  options: {
    depth: { range: { kind: "integer", minimum: 1 }, default: 3, description: "How deep it goes." },
    fraction: {
      range: { kind: "number", minimum: 0, exclusiveMinimum: true, maximum: 0.5 },
      default: 0.1,
      unit: "fraction of the rows",
      description: "How many.",
    },
    rule: { range: { kind: "choice", choices: ["a", "b"] }, default: "a", description: "Which." },
    width: {
      range: {
        kind: "either",
        alternatives: [
          { kind: "choice", choices: ["scott"] },
          { kind: "number", minimum: 0 },
          { kind: "object", fields: { relative: { kind: "number" } } },
        ],
      },
      default: "scott",
      description: "How wide.",
    },
    strict: { range: { kind: "boolean" }, default: false, description: "Whether." },
    levels: { range: { kind: "list", items: { kind: "number" } }, description: "Some numbers." },
    note: { range: { kind: "text" }, description: "A word." },
    only: { range: { kind: "choice", choices: ["none"] }, default: "none", description: "No choice at all." },
    start: { range: { kind: "other" }, description: "Code alone gives it.", flag: false },
    randomState: { range: { kind: "integer", minimum: 0 }, description: "The seed." },
  },
  create: () => {
    throw new Error("not here");
  },
  revive: () => {
    throw new Error("not here");
  },
};

describe("the form of an estimator", () => {
  it("has a field for every option that a hand can enter, of any plugin", () => {
    const fields = fieldsOf(foreign);
    expect(fields.map(({ name }) => name)).toEqual(["depth", "fraction", "rule", "width", "strict", "levels", "note", "randomState"]);
    expect(fields.find(({ name }) => name === "width")!.inputs.map(({ kind }) => kind)).toEqual(["choice", "number", "number"]);
    expect(fields.filter(({ rare }) => !rare).map(({ name }) => name)).toEqual(["depth", "fraction", "rule", "randomState"]);
  });

  it.each(plugins.map((plugin) => ({ plugin, type: plugin.type })))(
    "$type: every field begins with a value that its own range takes",
    ({ plugin }) => {
      for (const field of fieldsOf(plugin)) {
        for (const input of field.inputs) {
          const value = firstValue(input, field.default);
          if (input.kind !== "numbers" && input.kind !== "text") expect(problemOf(plugin, field.name, value)).toBeUndefined();
          if (field.inputs.length > 1) expect(field.inputs[inputOfValue(field.inputs, value)]).toBe(input);
        }
      }
    },
  );

  it("says what is wrong with a value in the library's words", () => {
    expect(problemOf(foreign, "fraction", 0.7)).toMatch(/Foreign: "fraction" must be a number > 0 and ≤ 0.5, found 0.7/);
  });

  it("lists every estimator once", () => {
    const listed = kindsOf([...plugins, foreign]).flatMap(({ types }) => types);
    expect(listed.toSorted()).toEqual([...plugins, foreign].map(({ type }) => type).toSorted());
  });

  it("keeps what the next estimator takes, under its own name", () => {
    const [mixture, kMeans] = ["GaussianMixture", "KMeans"].map((type) => plugins.find((plugin) => plugin.type === type)!);
    expect(optionsFor(kMeans!, { nComponents: 5, covarianceType: "tied", randomState: 2 })).toEqual({ nClusters: 5, randomState: 2 });
    expect(optionsFor(mixture!, { nClusters: 5 })).toEqual({ nComponents: 5 });
    expect(optionsFor(foreign, { rule: "z", depth: 2 })).toEqual({ depth: 2 });
  });
});
