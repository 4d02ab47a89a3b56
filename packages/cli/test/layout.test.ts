import { describe, expect, it } from "vitest";
import { wrap } from "../src/report/layout.ts";

describe("wrapped lines", () => {
  it("keep a mean and its deviation together", () => {
    expect(wrap("length 41.8 ± 2.2, depth 18.3 ± 1.0", 14)).toEqual(["length", "41.8 ± 2.2,", "depth", "18.3 ± 1.0"]);
  });
});
