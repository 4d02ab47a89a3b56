import { describe, expect, it } from "vitest";
import { UnitRange } from "../src/index.ts";

describe("the unit range", () => {
  it("takes every feature from 0 to 1, and back", async () => {
    const X = [
      [2, -1],
      [4, 3],
      [3, 0],
    ];
    const model = await new UnitRange().fit(X);

    const changed = await model.apply(X);

    expect(changed.data).toEqual(Float64Array.of(0, 0, 1, 1, 0.5, 0.25));
    expect((await model.invert(changed)).data).toEqual(Float64Array.from(X.flat()));
    expect(await model.logJacobian([[0, 0]])).toEqual(Float64Array.of(-Math.log(2) - Math.log(4)));
  });

  it("keeps a constant feature and says so", async () => {
    const model = await new UnitRange({ ends: "around-zero" }).fit([[5], [5]]);

    expect((await model.apply([[5]])).data).toEqual(Float64Array.of(-0.5));
    expect(model.trace.diagnostics.map(({ code }) => code)).toEqual(["constant-feature"]);
  });
});
