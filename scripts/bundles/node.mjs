// Pages in this process, for machines without Chromium: just enough of a document for what bundlers add to a page.
import { readFileSync } from "node:fs";
import * as nodeModule from "node:module";
import { join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";

/**
 * Where pages are opened.
 *
 * @typedef {object} Place
 * @property {string} name
 * @property {(bundle: import("./bundlers.mjs").Bundle, args: readonly unknown[]) => Promise<{ answer: any, loaded: string[] }>} ask opens the page,
 *   calls the function `answer` that its program leaves on globalThis, and says which files of code were loaded by then
 * @property {() => Promise<void>} close
 */

/** @type {any} */
const page = globalThis;

/** @returns {Place} */
export function openNode() {
  const { registerHooks } = nodeModule;
  if (registerHooks === undefined) throw new Error(`Without Chromium pages need Node 22.15 or newer; this is ${process.version}.`);
  return {
    name: `Node ${process.version}`,
    async ask({ folder, entry, script }, args) {
      /** @type {Set<string>} */
      const loaded = new Set();
      const record = (/** @type {string} */ path) => loaded.add(relative(folder, path).replaceAll(sep, "/"));
      const hooks = registerHooks({
        load(url, context, next) {
          record(fileURLToPath(url));
          return next(url, context);
        },
      });
      /** Runs a classic script. @param {string} file */
      const run = (file) => {
        record(join(folder, file));
        runInThisContext(readFileSync(join(folder, file), "utf8"), { filename: file });
      };
      page.self = page;
      page.document = documentOf(entry, run);
      try {
        if (script === "module") await import(pathToFileURL(join(folder, entry)).href);
        else run(entry);
        const answer = JSON.stringify(await page.answer(...args));
        return { answer: JSON.parse(answer), loaded: [...loaded] };
      } finally {
        hooks.deregister();
        for (const name of ["self", "document", "answer"]) delete page[name];
      }
    },
    close: async () => {},
  };
}

/** @param {string} entry @param {(file: string) => void} run */
function documentOf(entry, run) {
  const origin = "http://page/";
  return {
    currentScript: { tagName: "SCRIPT", src: `${origin}${entry}` },
    createElement: () => ({ relList: { supports: () => true }, setAttribute() {} }),
    getElementsByTagName: () => [],
    querySelector: () => null,
    head: {
      /** @param {{ src?: string, onload: (event: object) => void }} element a script, or a link that asks for files early */
      appendChild({ src, onload }) {
        if (src === undefined) return;
        setImmediate(() => {
          run(src.slice(origin.length));
          onload({ type: "load" });
        });
      },
    },
  };
}
