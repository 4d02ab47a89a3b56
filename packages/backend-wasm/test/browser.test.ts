import { availableParallelism } from "node:os";
import { hasChromium, inChromium } from "@mixtura/fixtures/browser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWasmBackend } from "../src/backend.ts";
import type { Pages } from "./browser/pages.ts";
import { openPages } from "./browser/pages.ts";
import golden from "./golden.json" with { type: "json" };
import { goldenBits } from "./golden-bits.mjs";

describe.skipIf(!hasChromium)(inChromium("in Chromium"), () => {
  let pages: Pages;
  beforeAll(async () => {
    pages = await openPages();
  });
  afterAll(() => pages?.close());

  it("an isolated page has threads, an ordinary one has one", async () => {
    const threads = Math.min(8, availableParallelism());
    expect(await pages.ask("isolated", "engine")).toEqual({ isolated: true, engine: { name: "relaxed", threads } });
    expect(await pages.ask("ordinary", "engine")).toEqual({ isolated: false, engine: { name: "relaxed", threads: 1 } });
  });

  it.each(["isolated", "ordinary"] as const)("an %s page gives Node's bits for the same binary", async (name) => {
    const node = createWasmBackend();
    const relaxed = (await node.engine()).name === "relaxed";

    const { plain, own } = await pages.ask(name, "bits");

    expect(plain).toEqual(golden);
    // Node 20 has no relaxed SIMD to compare with.
    if (relaxed) expect(own).toEqual(await goldenBits(node));
  });

  it.each(["isolated", "ordinary", "workerless"] as const)(
    "thirty passes give one sum, without workers where none may be: %s",
    async (name) => {
      const { sums, sharedPasses } = await pages.ask(name, "passes");

      expect(sums).toHaveLength(1);
      // Workers that were refused are told to leave, which counts as one. That they are called where a page may have them, test/timing holds.
      if (name !== "isolated") expect(sharedPasses).toBeLessThanOrEqual(name === "workerless" ? 1 : 0);
    },
  );

  it.skipIf(availableParallelism() === 1)(
    "workers that end in the middle of a pass neither stop a page's passes nor change a bit (#16)",
    async () => {
      const survived = { same: true, ended: 1 };
      expect(await pages.ask("isolated", "losses")).toEqual({ terminate: survived, error: survived, close: survived });
    },
  );

  it("a page whose rules forbid WebAssembly runs on the reference kernels, and learns why", async () => {
    const { engine } = await pages.ask("strict", "engine");
    expect(engine).toMatchObject({ name: "reference", threads: 1 });
    expect(engine.reason).toMatch(/Content Security Policy|disallowed by embedder|unsafe-eval/);
  });
});
