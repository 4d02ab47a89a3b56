import { describe, expect, it } from "vitest";
import { residentGrowth } from "../src/memory/resident.ts";

describe("the growth of the resident memory", () => {
  it("sees what the work touched, though it was freed", async () => {
    let sum = 0;
    const { bytes, seconds } = await residentGrowth(async () => {
      sum = new Uint8Array(64 * 2 ** 20).fill(1).at(-1)!;
    });
    expect(sum).toBe(1);
    expect(seconds).toBeGreaterThan(0);
    // Pages that were free in the process already are not growth; half is a wide margin for them.
    expect(bytes).toBeGreaterThan(32 * 2 ** 20);
  });
});
