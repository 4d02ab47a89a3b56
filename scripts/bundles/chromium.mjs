// Pages in headless Chromium, and which files of code they ask for.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { chromium } from "playwright-core";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Whether there is a Chromium to open pages in. */
export const isThere = () => existsSync(executablePath);

/** @returns {Promise<import("./node.mjs").Place>} */
export async function openChromium() {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-quic", "--no-first-run"] });
  return {
    name: `Chromium ${browser.version()}`,
    async ask(bundle, args) {
      const site = await serve(bundle);
      const page = await browser.newPage();
      try {
        /** @type {string | undefined} */
        let broken;
        page.on("pageerror", (error) => (broken ??= error.message));
        await page.goto(site.origin);
        await page.waitForFunction("globalThis.answer !== undefined", undefined, { timeout: 10_000 }).catch((error) => {
          throw new Error(broken ?? error.message);
        });
        // In one piece, so that the page's own way of writing an answer down counts as well.
        const answer = await page.evaluate(`Promise.resolve(globalThis.answer(...${JSON.stringify(args)})).then(JSON.stringify)`);
        return { answer: JSON.parse(/** @type {string} */ (answer)), loaded: [...site.asked] };
      } finally {
        await page.close();
        site.close();
      }
    },
    close: () => browser.close(),
  };
}

/** Serves a bundle's folder with a page that has its script tag. @param {import("./bundlers.mjs").Bundle} bundle */
async function serve({ folder, entry, script, modules }) {
  /** @type {Set<string>} */
  const asked = new Set();
  const server = createServer(({ url = "/" }, response) => {
    const file = url.slice(1);
    if (file === "") {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(`<!doctype html><title>page</title><script ${script === "module" ? 'type="module" ' : ""}src="/${entry}"></script>`);
    } else if (modules.has(file)) {
      asked.add(file);
      response.writeHead(200, { "content-type": "text/javascript" });
      response.end(readFileSync(join(folder, file)));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}/`,
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
