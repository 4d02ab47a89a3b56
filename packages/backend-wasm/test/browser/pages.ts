import { launchOptions } from "@mixtura/fixtures/browser";
import { chromium } from "playwright-core";
import type { Tasks } from "./page.mjs";
import type { PAGES } from "./site.ts";
import { openSite } from "./site.ts";

type Page = keyof typeof PAGES;
type Answer<Task extends keyof Tasks> = Awaited<ReturnType<Tasks[Task]>>;

/** Pages of the package in Chromium. */
export interface Pages {
  /** What a page answers to a task. */
  ask<Task extends keyof Tasks>(page: Page, task: Task): Promise<Answer<Task>>;
  close(): Promise<void>;
}

/** Builds the site, serves it and starts a browser. */
export async function openPages(): Promise<Pages> {
  const site = await openSite();
  const browser = await chromium.launch(launchOptions);
  return {
    async ask<Task extends keyof Tasks>(name: Page, task: Task): Promise<Answer<Task>> {
      const page = await browser.newPage();
      try {
        await page.goto(`${site.origin}/${name}/`);
        await page.waitForFunction("globalThis.tasks !== undefined");
        const answer: Answer<Task> = await page.evaluate(`globalThis.tasks.${task}()`);
        return answer;
      } finally {
        await page.close();
      }
    },
    async close() {
      await browser.close();
      site.close();
    },
  };
}
