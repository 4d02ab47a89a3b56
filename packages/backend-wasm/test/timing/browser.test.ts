import { availableParallelism } from "node:os";
import { hasChromium, inChromium } from "@mixtura/fixtures/browser";
import { onIdleMachine } from "@mixtura/fixtures/clock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Pages } from "../browser/pages.ts";
import { openPages } from "../browser/pages.ts";

const { title, busy } = onIdleMachine(inChromium("in Chromium"));

describe.skipIf(busy || !hasChromium)(title, () => {
  let pages: Pages;
  beforeAll(async () => {
    pages = await openPages();
  });
  afterAll(() => pages?.close());

  it.each(["isolated", "ordinary", "workerless"] as const)(
    "thirty passes never keep the page's thread for 50 ms: %s",
    { retry: 2 },
    async (name) => {
      const { longestGap, sharedPasses } = await pages.ask(name, "passes");

      expect(longestGap).toBeLessThan(50);
      // The first few passes go by while workers start.
      if (name === "isolated" && availableParallelism() > 1) expect(sharedPasses).toBeGreaterThan(10);
    },
  );
});
