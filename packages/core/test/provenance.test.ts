import { describe, expect, it } from "vitest";
import { changedOptions, checksumOf, UNFITTED, writeModel } from "../src/internal.ts";
import { defineEstimator, ModelBase, readModel } from "../src/authoring.ts";
import type { ModelRecord } from "../src/authoring.ts";

describe("options in a provenance", () => {
  const changed = (value: unknown) => changedOptions({ value }, { value: { range: { kind: "number" }, description: "Any." } })["value"];
  const numbers = (length: number): number[] => Array.from({ length }, (_, i) => i);

  it("hold lists of 64 numbers, nested or typed, and describe longer ones", () => {
    expect(changed(numbers(64))).toEqual(numbers(64));
    expect(changed(numbers(65))).toBe("an array of 65");
    expect(changed(Float64Array.from(numbers(64)))).toEqual(numbers(64));
    expect(changed(Float64Array.from(numbers(65)))).toBe("Float64Array(65)");
    const nested = (columns: number) => numbers(4).map(() => numbers(columns));
    expect(changed(nested(16))).toEqual(nested(16));
    expect(changed(nested(17))).toEqual(expect.any(String)); // four lists, of 68 numbers
  });
});

describe("a checksum", () => {
  it("tells numbers and their order apart, but not 0 from −0, which JSON does not either", () => {
    expect(checksumOf([1, 2])).not.toBe(checksumOf([2, 1]));
    expect(checksumOf([0])).not.toBe(checksumOf([5e-324]));
    expect(checksumOf([0, 1])).toBe(checksumOf([-0, 1]));
  });
});

/** A model of nothing but what all models have. */
class Bare extends ModelBase {
  readonly type = "Bare";

  constructor(record: ModelRecord) {
    super(record);
    Object.freeze(this);
  }

  protected parametersToJSON() {
    return {};
  }
}

class BareEstimator extends defineEstimator<object, object, Bare>({
  type: "Bare",
  summary: "Nothing.",
  capabilities: ["weights"],
  options: {},
  async fit(X, job) {
    return new Bare(job.record(await job.read(X)));
  },
  revive: (json) => new Bare(readModel(json, "Bare", () => ({}))),
}) {}

describe("the checksum of a fit", () => {
  const X = [
    [1, 10],
    [2, 10],
    [3, 30],
  ];
  const checksum = async (rows: number[][], sampleWeight?: number[]): Promise<string> =>
    (await new BareEstimator().fit(rows, sampleWeight && { sampleWeight })).provenance!.checksum;

  it("is another one where the same weights belong to other rows", async () => {
    expect(await checksum(X, [1, 2, 3])).toBe(await checksum(X, [1, 2, 3]));
    expect(await checksum(X, [1, 2, 3])).not.toBe(await checksum(X, [3, 2, 1]));
    expect(await checksum(X, [1, 1, 1])).toBe(await checksum(X));
  });
});

describe("a provenance that is read", () => {
  const provenance = { version: "1.0.0", options: {}, rows: 1, checksum: "0123456789abcdef" };
  const read = (changes: object) =>
    readModel(writeModel("Bare", { featureCount: 1, trace: UNFITTED, provenance: { ...provenance, ...changes } }, {}), "Bare", () => ({}))
      .provenance;

  it("is of one row or more", () => {
    expect(read({})).toEqual(provenance);
    expect(() => read({ rows: 0 })).toThrow(/"provenance\.rows" should be a whole number ≥ 1/);
  });

  it.each(["0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF", ""])("has no checksum %j", (checksum) => {
    expect(() => read({ checksum })).toThrow(/sixteen hexadecimal digits/);
  });
});

describe("a model's feature names", () => {
  it("are frozen, and a copy", () => {
    const featureNames = ["length", "width"];
    const model = new Bare({ featureCount: 2, featureNames, trace: UNFITTED });
    featureNames[0] = "height";
    expect(model.featureNames).toEqual(["length", "width"]);
    expect(Object.isFrozen(model.featureNames)).toBe(true);
  });
});
