import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWasmBackend } from "../src/backend.ts";
import type { Tasks } from "./browser/page.mjs";
import type { PAGES } from "./browser/site.ts";
import { openSite } from "./browser/site.ts";
import golden from "./golden.json" with { type: "json" };
import { goldenBits } from "./golden-bits.mjs";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const there = existsSync(executablePath);

type Page = keyof typeof PAGES;
type Task = keyof Tasks;
type Answer<T extends Task> = Awaited<ReturnType<Tasks[T]>>;

describe.skipIf(!there)(
  there ? "in Chromium" : `in Chromium (skipped: none at ${executablePath}; the variable CHROMIUM can name another)`,
  () => {
    let browser: Browser;
    let site: Awaited<ReturnType<typeof openSite>>;

    beforeAll(async () => {
      site = await openSite();
      browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-quic", "--no-first-run"] });
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      site?.close();
    });

    async function ask<T extends Task>(name: Page, task: T): Promise<Answer<T>> {
      const page = await browser.newPage();
      try {
        await page.goto(`${site.origin}/${name}/`);
        await page.waitForFunction("globalThis.tasks !== undefined");
        const answer: Answer<T> = await page.evaluate(`globalThis.tasks.${task}()`);
        return answer;
      } finally {
        await page.close();
      }
    }

    it("an isolated page has threads, an ordinary one has one", async () => {
      const threads = Math.min(8, availableParallelism());
      expect(await ask("isolated", "engine")).toEqual({ isolated: true, engine: { name: "relaxed", threads } });
      expect(await ask("ordinary", "engine")).toEqual({ isolated: false, engine: { name: "relaxed", threads: 1 } });
    });

    it.each(["isolated", "ordinary"] as const)("an %s page gives Node's bits for the same binary", async (name) => {
      const node = createWasmBackend();
      const relaxed = (await node.engine()).name === "relaxed";

      const { plain, own } = await ask(name, "bits");

      expect(plain).toEqual(golden);
      // Node 20 has no relaxed SIMD to compare with.
      if (relaxed) expect(own).toEqual(await goldenBits(node));
    });

    it.each(["isolated", "ordinary", "workerless"] as const)(
      "thirty passes never keep the page's thread for 50 ms: %s",
      { retry: 2 },
      async (name) => {
        const { sums, sharedPasses, longestGap } = await ask(name, "passes");

        expect(longestGap).toBeLessThan(50);
        expect(sums).toHaveLength(1);
        // The first few passes go by while workers start. Workers that were refused are told to leave, which counts as one.
        if (name === "isolated" && availableParallelism() > 1) expect(sharedPasses).toBeGreaterThan(10);
        else expect(sharedPasses).toBeLessThanOrEqual(name === "workerless" ? 1 : 0);
      },
    );

    it("a page whose rules forbid WebAssembly is served by the reference kernels, and told why", async () => {
      const { engine } = await ask("strict", "engine");
      expect(engine).toMatchObject({ name: "reference", threads: 1 });
      expect(engine.reason).toMatch(/Content Security Policy|disallowed by embedder|unsafe-eval/);
    });
  },
);
