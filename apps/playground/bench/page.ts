// What the page costs a reader: scripts until the first fit, the time of a fit, tasks that hold the page up, frames while scrubbing.
// Usage: node bench/page.ts, after `npm run site`.
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { launchOptions, serveFolder } from "@mixtura/fixtures/browser";
import type { Page } from "playwright-core";
import { chromium } from "playwright-core";

const site = await serveFolder(join(import.meta.dirname, "..", "dist"));
const browser = await chromium.launch(launchOptions);

/** Notes tasks longer than 50 ms, which is what browsers call long, from the first script on. */
const NOTE_LONG_TASKS = `
globalThis.longTasks = [];
new PerformanceObserver((list) => { for (const { duration, startTime } of list.getEntries()) longTasks.push({ duration, startTime }); }).observe({ type: "longtask", buffered: true });
`;

async function open(hash: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.addInitScript(NOTE_LONG_TASKS);
  await page.goto(`${site.address}${hash}`);
  await fitted(page, 0);
  return page;
}

async function fitted(page: Page, version: number): Promise<number> {
  await page.waitForFunction((before) => {
    const line = document.querySelector<HTMLElement>(".status-line");
    return line?.dataset["state"] === "done" && Number(line.dataset["version"]) > before;
  }, version);
  return Number(await page.getAttribute(".status-line", "data-version"));
}

/** Kilobytes of compressed scripts, those of the workers too. */
async function scripts(): Promise<string> {
  const page = await open("");
  const named = (): Promise<string[]> => page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  const inWorkers = await Promise.all(
    page
      .workers()
      .map((thread) => thread.evaluate(() => [location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)])),
  );
  const all = new Set([...(await named()), ...inWorkers.flat()].filter((name) => /^http.*\.js$/.test(name)));
  const sizes = await Promise.all(
    [...all].map(async (address) => gzipSync(Buffer.from(await (await fetch(address)).arrayBuffer())).length),
  );
  await page.context().close();
  return `${(sizes.reduce((sum, size) => sum + size, 0) / 1000).toFixed(0)} kB in ${all.size} scripts`;
}

interface Frames {
  readonly perSecond: number;
  readonly slowest: number;
  readonly longTasks: number[];
}

/** Frames while the slider of the time line is dragged to and fro for two seconds. */
async function scrubbed(page: Page): Promise<Frames> {
  return page.evaluate(async () => {
    const { longTasks } = globalThis as unknown as { longTasks: { duration: number }[] };
    const slider = document.querySelector<HTMLInputElement>(".scrub")!;
    const last = Number(slider.max);
    longTasks.length = 0;
    const gaps: number[] = [];
    const started = performance.now();
    let before = await new Promise<number>((next) => requestAnimationFrame(next));
    while (performance.now() - started < 2000) {
      const phase = ((performance.now() - started) / 1000) % 2;
      slider.value = String(Math.round((phase < 1 ? phase : 2 - phase) * last));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      const now = await new Promise<number>((next) => requestAnimationFrame(next));
      gaps.push(now - before);
      before = now;
    }
    const total = gaps.reduce((sum, gap) => sum + gap, 0);
    return { perSecond: (1000 * gaps.length) / total, slowest: Math.max(...gaps), longTasks: longTasks.map(({ duration }) => duration) };
  });
}

async function large(rows: number): Promise<string> {
  // Overlapping groups, so that there is a fit to look at.
  const page = await open(`#data=blobs:${rows}:2:5:3&model=GaussianMixture&o.nComponents=5&o.randomState=1`);
  const times: string[] = [];
  let version = await fitted(page, 0);
  await page.evaluate(() => void ((globalThis as unknown as { longTasks: unknown[] }).longTasks.length = 0));
  for (let round = 0; round < 3; round++) {
    const started = performance.now();
    await page.getByRole("button", { name: "New seed" }).click();
    version = await fitted(page, version);
    const line = (await page.innerText(".status-line")).replaceAll(/\s+/g, " ");
    times.push(`${/in ([^B]+?) BIC/.exec(line)?.[1]} (${(performance.now() - started).toFixed(0)} ms from click to model)`);
  }
  const whileFitting = await page.evaluate(() =>
    (globalThis as unknown as { longTasks: { duration: number }[] }).longTasks.map(({ duration }) => duration),
  );
  const states = await page.getAttribute(".scrub", "max");
  const { perSecond, slowest, longTasks } = await scrubbed(page);
  await page.context().close();
  return [
    `fits ${times.join(", ")}`,
    `tasks over 50 ms while fitting: ${whileFitting.map((task) => task.toFixed(0)).join(", ") || "none"}`,
    `scrubbing ${states} states: ${perSecond.toFixed(0)} frames per second, slowest ${slowest.toFixed(0)} ms, tasks over 50 ms: ${longTasks.map((task) => task.toFixed(0)).join(", ") || "none"}`,
  ].join("\n  ");
}

console.log(`first load: ${await scripts()}`);
for (const rows of [10_000, 100_000, 1_000_000]) console.log(`${rows.toLocaleString("en")} × 2, K = 5\n  ${await large(rows)}`);
await browser.close();
site.close();
