import { expect, it } from "vitest";
import { createWasmBackend } from "../src/backend.ts";
import golden from "./golden.json" with { type: "json" };
import { goldenBits } from "./golden-bits.mjs";

// golden.json was computed on Node 24; other-node.test.ts and browser.test.ts hold other engines to it. It changes when a kernel adds up in another
// order, and only then: copy what is found.
it("the plain binary gives the bits of golden.json, alone and with threads", async () => {
  for (const threads of [1, 3]) {
    const backend = createWasmBackend({ deterministic: true, threads });
    expect(await goldenBits(backend)).toEqual(golden);
    await backend.close();
  }
});

// Only the shortest sums can be equal by chance.
it("fused multiply-add gives other bits, so the binaries are not the same", async () => {
  const backend = createWasmBackend({ threads: 1 });
  if ((await backend.engine()).name !== "relaxed") return;

  const bits = Object.values(await goldenBits(backend));

  expect(bits.filter((text) => Object.values(golden).includes(text))).toEqual([]);
});
