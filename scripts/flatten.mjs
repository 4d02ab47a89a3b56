// Run inside a package's folder before it is packed: writes each entry that `publishConfig.exports` has for Node as one file. Node takes about
// half a millisecond per module, so a hundred small files cost a program more than its fit. Bundlers go on reading the small files, which they
// can leave out one by one.
import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const FOLDER = "dist/node";

const { publishConfig } = JSON.parse(readFileSync("package.json", "utf8"));
/** @type {{ node: string, default: string }[]} */
const entries = Object.values(publishConfig.exports).filter((target) => typeof target === "object");

const nameOf = (/** @type {string} */ path) => path.replace(/^.*\/(.*)\.js$/, "$1");

rmSync(FOLDER, { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(entries.map((entry) => [nameOf(entry.node), entry.default])),
  platform: "node",
  external: (id) => !/^(\.|\/|[A-Z]:)/i.test(id),
  // With their maps, so that stack traces lead to the sources.
  plugins: [{ name: "maps", load: (id) => ({ code: readFileSync(id, "utf8"), map: readFileSync(`${id}.map`, "utf8") }) }],
});
await bundle.write({ dir: FOLDER, format: "esm", comments: false, sourcemap: true, chunkFileNames: "[name].js" });
await bundle.close();

for (const { node, default: modules } of entries) {
  const [flat, plain] = await Promise.all(
    [node, modules].map(async (path) => Object.keys(await import(pathToFileURL(resolve(path)).href)).join(", ")),
  );
  if (flat !== plain) throw new Error(`${node} exports ${flat}, but ${modules} ${plain}.`);
}
