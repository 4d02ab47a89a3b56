import { createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { mcd, mrcd, rowsAt } from "./fits.ts";

describe.each([
  ["MinCovDet", mcd],
  ["MRCD", mrcd],
] as const)("whole sample weights of %s", (_, fit) => {
  const { rows } = loadData("wine");

  it("are that number of copies of a row, to the bit", async () => {
    const random = createRandom(3);
    const sampleWeight = rows.map(() => random.integer(4));
    const copies = rows.flatMap((__, i) => Array.from({ length: sampleWeight[i]! }, () => i));

    const model = await fit(rows, {}, { sampleWeight });
    const right = await fit(rowsAt(rows, copies));

    for (const name of ["location", "covariance", "rawCovariance", "criterion", "supportCount"] as const)
      expect(model[name]).toEqual(right[name]);
    // A row is marked where any copy of it is; one that does not count never is.
    expect(sampleWeight.every((weight, i) => weight > 0 || model.support![i] === 0)).toBe(true);
  });

  it("of one are none", async () => {
    const model = await fit(rows, {}, { sampleWeight: new Float64Array(rows.length).fill(1) });

    const right = await fit(rows);
    expect(model.location).toEqual(right.location);
    expect(model.covariance).toEqual(right.covariance);
    expect(model.support).toEqual(right.support);
  });

  it("must be whole", async () => {
    const sampleWeight = new Float64Array(rows.length).fill(0.5);

    await expect(fit(rows, {}, { sampleWeight })).rejects.toMatchObject({ code: "not-supported" });
    await expect(fit(rows, {}, { sampleWeight: sampleWeight.map(() => 1e7) })).rejects.toMatchObject({ code: "not-supported" });
  });
});
