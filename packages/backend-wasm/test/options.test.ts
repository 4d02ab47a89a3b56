import { expect, it } from "vitest";
import { createWasmBackend } from "../src/backend.ts";

it.each([0, -1, 1.5, Number.NaN, Infinity, "2"])("refuses %s threads before any work", (threads) => {
  expect(() => createWasmBackend({ threads: threads as number })).toThrow(
    expect.objectContaining({
      code: "invalid-option",
      message: expect.stringMatching(/"threads" must be an integer ≥ 1/) as string,
    }),
  );
});

it("never runs more threads than it has words for", async () => {
  const { threads } = await createWasmBackend({ threads: 1000 }).engine();
  expect(threads).toBeLessThanOrEqual(64);
});
