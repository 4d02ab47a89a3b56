// `npm run bundles`: what a page weighs that uses @mixtura/mixture, from packed tarballs, in Vite, webpack and esbuild.
//
// Counted is every file of code that the page loads until its question is answered, each minified and gzipped by itself (level 9), as a server
// sends them; 1 kB is 1,000 bytes. The page is really opened and asked (in Chromium where there is one, else in Node), and what it answers is
// held against the installed package in Node. "Later" is what it may load besides for other questions; the WASM
// backend, which larger fits load, is counted apart, with the larger one of its two binaries.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { constants, gzipSync } from "node:zlib";
import { bundlers } from "./bundles/bundlers.mjs";
import { isThere, openChromium } from "./bundles/chromium.mjs";
import { openNode } from "./bundles/node.mjs";
import { installPacked } from "./project.mjs";

/**
 * A page: its program leaves a function `answer` on globalThis.
 *
 * @typedef {object} Scenario
 * @property {string} title
 * @property {string} code
 * @property {number} limit of gzip, in bytes
 * @property {boolean} [whole] whether it loads nothing later, so that the limit holds for bundlers that write one file as well
 * @property {readonly string[]} without parts of paths of modules that must not be in it
 * @property {readonly unknown[]} args what it is asked
 * @property {any} expected what the installed package answers in Node
 */

const NEVER = ["/zod/", "/backend-wasm/lib/", "/backend/lib/derived/"];
const NO_FIT = ["/backend/lib/reference/", "/k-means/fit", "/k-means/lloyd", "/k-means/farthest", "/seeding/", "/em/driver", "/options/"];

const folder = installPacked("@mixtura/mixture");
const place = isThere() ? await openChromium() : openNode();
try {
  const table = [["page", "bundler", "gzip", "limit", "files", "later", "WASM"]];
  const problems = [];
  for (const scenario of await scenarios()) {
    const program = join(folder, `${scenario.title.replaceAll(/\W+/g, "-")}.js`);
    writeFileSync(program, scenario.code);
    for (const [index, bundler] of bundlers.entries()) {
      const found = await measure(scenario, await bundler.bundle(program, `${program}.${index}`));
      // In one file lies what other questions need, too: it is shown, and held to nothing.
      const held = !bundler.whole || scenario.whole === true;
      const limit = held ? scenario.limit : Infinity;
      const page = `"${scenario.title}" in ${bundler.name}`;
      if (found.gzip > limit) problems.push(`${page} weighs ${found.gzip} bytes, its limit is ${limit}.`);
      if (held) problems.push(...found.strangers.map((path) => `${page} must do without ${path}.`));
      if (!found.right) problems.push(`${page} does not answer as the package in Node does.`);
      table.push([
        scenario.title,
        bundler.name,
        kB(found.gzip),
        limit === Infinity ? "" : kB(limit),
        `${found.files}`,
        kB(found.later),
        kB(found.wasm),
      ]);
    }
  }
  console.log(`Pages from packed tarballs, opened in ${place.name}; kB gzip\n`);
  table.splice(1, 0, ["---", "---", "--:", "--:", "--:", "--:", "--:"]);
  console.log(table.map((cells) => `| ${cells.join(" | ")} |`).join("\n"));
  for (const problem of problems) console.error(`✗ ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await place.close();
  rmSync(folder, { recursive: true, force: true });
}

/** The pages, with what they are to answer. @returns {Promise<Scenario[]>} */
async function scenarios() {
  const entry = (/** @type {string} */ path) => pathToFileURL(join(folder, "node_modules", "@mixtura", path)).href;
  const { createRandom } = await import(entry("core/lib/flat/authoring.js"));
  const { GaussianMixture } = await import(entry("mixture/lib/flat/index.js"));
  const random = createRandom(7, 0);
  const X = Array.from({ length: 300 }, (_, row) => Array.from({ length: 4 }, () => 4 * (row % 3) + random.normal()));
  const options = { nComponents: 3, randomState: 1 };
  const model = await new GaussianMixture(options).fit(X);
  const json = JSON.stringify(model);
  const point = X[0];
  // 2 kB above the first promise: shapes as objects, and what esbuild puts into the pieces of batch methods.
  const label = { limit: 14.2e3, args: [json, point], expected: model.point.label(point) };
  return [
    {
      ...label,
      title: "label a point, nothing else",
      code: `import { revivePoint } from "@mixtura/mixture/point";
globalThis.answer = (json, x) => revivePoint(json).label(x);`,
      without: [...NEVER, ...NO_FIT, "/k-means/"],
      whole: true,
    },
    {
      ...label,
      title: "label a point",
      code: `import { FittedGaussianMixture } from "@mixtura/mixture/score";
globalThis.answer = (json, x) => FittedGaussianMixture.fromJSON(json).point.label(x);`,
      without: [...NEVER, ...NO_FIT, "/k-means/"],
    },
    {
      ...label,
      title: "label a point, any model",
      code: `import { reviveMixture } from "@mixtura/mixture/score";
globalThis.answer = (json, x) => reviveMixture(json).point.label(x);`,
      without: [...NEVER, ...NO_FIT],
    },
    {
      title: "fit",
      code: `import { GaussianMixture } from "@mixtura/mixture";
globalThis.answer = (X, options) => new GaussianMixture(options).fit(X);`,
      // 10 kB above the first promise of 30 kB, most of them for contracts that are open: rows as one interface, shapes and scatters as objects,
      // definitions of estimators, provenance, one order of components. What of it a fit could load later is the next thing to look for.
      limit: 41e3,
      without: NEVER,
      args: [X, options],
      expected: JSON.parse(json),
    },
  ];
}

/** @param {Scenario} scenario @param {import("./bundles/bundlers.mjs").Bundle} bundle */
async function measure({ args, expected, without }, bundle) {
  const { answer, loaded } = await place.ask(bundle, args);
  const files = [...bundle.modules.keys()];
  const weigh = (/** @type {string} */ file) =>
    gzipSync(readFileSync(join(bundle.folder, file)), { level: constants.Z_BEST_COMPRESSION }).length;
  const sum = (/** @type {readonly string[]} */ some) => some.reduce((total, file) => total + weigh(file), 0);
  const modulesOf = (/** @type {string} */ file) => (bundle.modules.get(file) ?? []).map((path) => path.replaceAll("\\", "/"));
  const later = files.filter((file) => !loaded.includes(file));
  const wasm = later.filter((file) => modulesOf(file).some((path) => path.includes("/backend-wasm/lib/")));
  const binaries = wasm.filter((file) => modulesOf(file).some((path) => /\/generated\/(plain|relaxed)\.js$/.test(path)));
  return {
    gzip: sum(loaded),
    files: loaded.length,
    later: sum(later.filter((file) => !wasm.includes(file))),
    wasm: sum(wasm.filter((file) => !binaries.includes(file))) + Math.max(0, ...binaries.map(weigh)),
    strangers: loaded.flatMap(modulesOf).filter((path) => without.some((part) => path.includes(part))),
    right: agree(answer, expected),
  };
}

/**
 * Whether two answers are the same: a label, or the parameters of a model, but for what engines round differently in `Math.log`.
 *
 * @param {any} found
 * @param {any} expected
 * @returns {boolean}
 */
function agree(found, expected) {
  if (typeof expected === "number") return Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
  if (Array.isArray(expected)) return found.length === expected.length && expected.every((value, index) => agree(found[index], value));
  return ["weights", "means", "covariances"].every((field) => agree(found[field], expected[field]));
}

/** @param {number} bytes */
function kB(bytes) {
  return (bytes / 1e3).toFixed(1);
}
