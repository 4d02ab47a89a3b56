// Run inside a package's folder before it is packed: writes `lib/`, which is what a registry gets, from the compiled sources in `dist/`.
//
// - `lib/flat/`: each entry as one file, for Node. Node takes about half a millisecond per module, so a hundred small files cost a program more
//   than its fit. A program for the command line lies in `lib/` itself and has no small files.
// - `lib/*.js`: the small files, for bundlers, which can leave them out one by one.
// - declarations that an entry leads to, and for each entry a second name for CommonJS files of TypeScript.
//
// Sources and source maps stay at home: the files are what the compiler wrote, with names and line breaks, and lead to sources by themselves.
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const [BUILT, PUBLISHED] = ["dist", "lib"];

const { bin = {}, exports } = JSON.parse(readFileSync("package.json", "utf8"));
const targets = Object.values(/** @type {Record<string, string | { types: string, default: string }>} */ (exports));
const entries = targets.filter((target) => typeof target === "object");
const assets = targets.filter((target) => typeof target === "string").filter((path) => path.startsWith(`./${BUILT}/`));
const programs = Object.values(/** @type {Record<string, string>} */ (bin));
/** Whether this is a program for the command line, which has flat files only. */
const program = programs.length > 0;
const FLAT = program ? PUBLISHED : join(PUBLISHED, "flat");

/** Copies a file from the compiled ones, without the line that names its map. @param {string} path from `dist/` */
function publish(path) {
  const text = readFileSync(join(BUILT, path), "utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
  mkdirSync(dirname(join(PUBLISHED, path)), { recursive: true });
  writeFileSync(join(PUBLISHED, path), text);
  return text;
}

/** Publishes the given declarations and all that they name. @param {readonly string[]} starts from `dist/` */
function publishDeclarations(starts) {
  const reached = new Set(starts);
  for (const path of reached) {
    for (const [, specifier = ""] of publish(path).matchAll(/(?:from|import)\s*\(?\s*["'](\.[^"']*)["']/g))
      reached.add(join(dirname(path), specifier.replace(/(\.d)?\.(js|ts)$/, ".d.ts")));
  }
}

/**
 * The entry's declarations for files that TypeScript compiles to CommonJS. Node `require`s ES modules, which `module: node16` does not know yet.
 *
 * @param {string} path "index.d.ts"
 */
function publishForCommonJS(path) {
  const text = `// @ts-ignore: an ES module, which Node 20.19 and newer \`require\`.\nexport * from "./${basename(path).replace(/\.d\.ts$/, ".js")}";\n`;
  writeFileSync(join(PUBLISHED, path.replace(/\.d\.ts$/, ".d.cts")), text);
}

/** Writes each of the given modules as one file, and what they share. @param {readonly string[]} modules from the package's folder */
async function publishFlat(modules) {
  const bundle = await rolldown({
    input: Object.fromEntries(modules.map((path) => [basename(path, ".js"), path])),
    platform: "node",
    external: (id) => !/^(\.|\/|[A-Z]:)/i.test(id),
  });
  await bundle.write({ dir: FLAT, format: "esm", comments: false, chunkFileNames: "[name].js" });
  await bundle.close();
}

const fromBuilt = (/** @type {string} */ path) => path.replace(`./${BUILT}/`, "");

rmSync(PUBLISHED, { recursive: true, force: true });
const declarations = entries.map(({ types }) => fromBuilt(types));
publishDeclarations(declarations);
declarations.forEach(publishForCommonJS);
for (const asset of assets) cpSync(asset, asset.replace(BUILT, PUBLISHED));
if (!program) globSync("**/*.js", { cwd: BUILT }).forEach(publish);
await publishFlat([...entries.map((entry) => entry.default), ...programs]);

for (const { default: modules } of entries) {
  const [flat, plain] = await Promise.all(
    [join(FLAT, basename(modules)), modules].map(async (path) => Object.keys(await import(pathToFileURL(resolve(path)).href)).join(", ")),
  );
  if (flat !== plain) throw new Error(`${FLAT}/${basename(modules)} exports ${flat}, but ${modules} ${plain}.`);
}
