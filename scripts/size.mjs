// What a package weighs for those who import it: minified and gzipped, per entry, and for whole programs that users write.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { constants, gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { publicEntriesOf } from "./entries.mjs";
import { weighSplit } from "./split-size.mjs";

/**
 * A package's size.json. All sizes are bytes.
 *
 * @typedef {{ measured: number, limit: number }} Size
 * @typedef {object} Scenario a program, bundled with everything that it imports; what it loads later by `import()` is not counted
 * @property {string} code
 * @property {string} [later] what the program may still load, and when, in words
 * @property {string[]} [without] parts of paths of modules that must not be in it
 * @property {number} measured
 * @property {number} limit
 * @property {Size} split what esbuild's split pages load at once
 * @typedef {{ entries: Record<string, Size>, scenarios?: Record<string, Scenario> }} Sizes
 */

const FILE = "size.json";

/**
 * Holds a built package against its limits.
 *
 * @param {string} root the package's folder
 * @returns {Promise<string[]>} what is wrong, in words; empty where all is within its limit
 */
export async function checkSizes(root) {
  const committed = readSizes(root);
  const found = await measure(root, committed);
  const problems = [...found].flatMap(([title, { size, strangers }]) => {
    const limit = limitOf(committed, title);
    if (limit === undefined) return [`${FILE} has no limit for "${title}" (${size} bytes).`];
    return [
      ...(size > limit ? [`"${title}" weighs ${size} bytes, its limit is ${limit}.`] : []),
      ...strangers.map((path) => `"${title}" must do without ${path}.`),
    ];
  });
  const gone = Object.keys(committed.entries).filter((title) => !found.has(title));
  return [...problems, ...gone.map((title) => `${FILE} has a limit for "${title}", which is no entry of this package.`)];
}

/**
 * Measures a built package anew. Limits follow downwards; upwards only on request.
 *
 * @param {string} root the package's folder
 * @param {{ raise: boolean }} options
 */
export async function writeSizes(root, { raise }) {
  const committed = readSizes(root);
  const found = await measure(root, committed);
  /** @param {string} title @returns {Size} */
  const sized = (title) => {
    const measured = found.get(title)?.size ?? 0;
    const roomy = Math.ceil((measured * ROOM) / 50) * 50;
    const limit = limitOf(committed, title) ?? Infinity;
    return { measured, limit: raise && measured > limit ? roomy : Math.min(limit, roomy) };
  };
  const scenarios = Object.entries(committed.scenarios ?? {}).map(([title, scenario]) => [
    title,
    { ...scenario, ...sized(title), split: sized(splitTitle(title)) },
  ]);
  const sizes = {
    entries: Object.fromEntries(publicEntriesOf(root).map(({ path }) => [path, sized(path)])),
    ...(scenarios.length === 0 ? {} : { scenarios: Object.fromEntries(scenarios) }),
  };
  writeFileSync(join(root, FILE), `${JSON.stringify(sizes, undefined, 2)}\n`);
  return sizes;
}

/** A limit above the measured size: releases of Node compress a little differently, and a sentence more in an error is no event. */
const ROOM = 1.04;

/** @param {string} root @returns {Sizes} */
function readSizes(root) {
  return existsSync(join(root, FILE)) ? JSON.parse(readFileSync(join(root, FILE), "utf8")) : { entries: {} };
}

/** How the second measurement of a scenario is called. @param {string} title */
const splitTitle = (title) => `${title} (esbuild, split)`;

/** @param {Sizes} sizes @param {string} title */
function limitOf({ entries, scenarios = {} }, title) {
  const split = Object.entries(scenarios).map(([scenario, sizes]) => [splitTitle(scenario), sizes.split]);
  return { ...Object.fromEntries(split), ...scenarios, ...entries }[title]?.limit;
}

/**
 * @typedef {{ size: number, strangers: string[] }} Weight
 * @param {string} root
 * @param {Sizes} sizes
 * @returns {Promise<Map<string, Weight>>}
 */
async function measure(root, { scenarios = {} }) {
  /** @type {Map<string, Weight>} */
  const found = new Map();
  for (const { path, module } of publicEntriesOf(resolve(root)))
    found.set(path, await weigh(resolve(root), `export * from ${JSON.stringify(module)};`, true));
  for (const [title, { code, without }] of Object.entries(scenarios)) {
    found.set(title, await weigh(resolve(root), code, false, without));
    found.set(splitTitle(title), { size: await weighSplit(resolve(root), code), strangers: [] });
  }
  return found;
}

/**
 * Bundles code as a program in the package's folder would be. A package alone has its dependencies outside; a program has everything inside.
 *
 * @param {string} root
 * @param {string} code
 * @param {boolean} alone
 * @param {readonly string[]} [without]
 * @returns {Promise<Weight>}
 */
async function weigh(root, code, alone, without = []) {
  const program = join(root, "program.js");
  const bundle = await rolldown({
    input: program,
    platform: alone ? "node" : "browser",
    // Nobody imports a program: as in pages built by Vite, what later chunks share with it may stay in it.
    preserveEntrySignatures: alone ? "strict" : false,
    logLevel: "silent",
    external: (id, importer) => alone && importer !== program && !/^[./]/.test(id),
    plugins: [
      { name: "program", resolveId: (id) => (id === program ? id : ownName(root, id)), load: (id) => (id === program ? code : undefined) },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  await bundle.close();
  const chunks = output.filter((chunk) => chunk.type === "chunk");
  const loaded = alone ? chunks : loadedAtOnce(chunks);
  const modules = loaded.flatMap((chunk) => Object.entries(chunk.modules)).filter(([, { renderedLength }]) => renderedLength > 0);
  return {
    size: loaded.reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: constants.Z_BEST_COMPRESSION }).length, 0),
    strangers: modules.map(([path]) => path.replaceAll("\\", "/")).filter((path) => without.some((part) => path.includes(part))),
  };
}

/** A package does not find itself in its own node_modules. @param {string} root @param {string} specifier */
const ownName = (root, specifier) => publicEntriesOf(root).find((entry) => entry.specifier === specifier)?.module;

/** The chunks that must be there before the program's first line runs. @param {readonly import("rolldown").OutputChunk[]} chunks */
function loadedAtOnce(chunks) {
  const loaded = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const { imports } of loaded) for (const chunk of chunks) if (imports.includes(chunk.fileName)) loaded.add(chunk);
  return [...loaded];
}
