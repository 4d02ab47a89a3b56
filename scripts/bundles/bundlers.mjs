// One page, bundled as each bundler does by itself: for production and for browsers, nothing set that it does not ask for.
import { writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import * as esbuild from "esbuild";
import * as vite from "vite";
import webpack from "webpack";

/**
 * A bundled page.
 *
 * @typedef {object} Bundle
 * @property {string} folder where its files are
 * @property {string} entry the file that the page's script tag names
 * @property {"module" | "classic"} script the kind of that tag
 * @property {Map<string, string[]>} modules the modules in each file of code, as absolute paths
 *
 * @typedef {object} Bundler
 * @property {string} name
 * @property {boolean} [whole] whether what is loaded later goes into the one file as well, the WASM backend excepted
 * @property {(program: string, folder: string) => Promise<Bundle>} bundle writes a page for a program to a folder
 */

/** @type {readonly Bundler[]} */
export const bundlers = [
  { name: `Vite ${vite.version}`, bundle: withVite },
  { name: `webpack ${webpack.version}`, bundle: withWebpack },
  { name: `esbuild ${esbuild.version}, split`, bundle: (program, folder) => withEsbuild(program, folder, true) },
  { name: `esbuild ${esbuild.version}, one file`, whole: true, bundle: (program, folder) => withEsbuild(program, folder, false) },
];

/** @type {Bundler["bundle"]} */
async function withVite(program, folder) {
  const page = program.replace(/\.js$/, ".html");
  writeFileSync(page, `<!doctype html><script type="module" src="./${basename(program)}"></script>`);
  const built = await vite.build({
    configFile: false,
    root: join(program, ".."),
    logLevel: "silent",
    build: { outDir: folder, rolldownOptions: { input: page } },
  });
  const { output } = /** @type {vite.Rolldown.RolldownOutput} */ (built);
  const chunks = output.filter((file) => file.type === "chunk");
  return {
    folder,
    entry: /** @type {string} */ (chunks.find(({ isEntry }) => isEntry)?.fileName),
    script: "module",
    modules: new Map(
      chunks.map(({ fileName, modules }) => [
        fileName,
        Object.entries(modules).flatMap(([path, { renderedLength }]) => (renderedLength > 0 ? [path] : [])),
      ]),
    ),
  };
}

/** @type {Bundler["bundle"]} */
async function withWebpack(program, folder) {
  const compiler = webpack({ mode: "production", entry: program, output: { path: folder, filename: "page.js" } });
  /** @type {webpack.Stats} */
  const stats = await new Promise((settle, fail) =>
    compiler.run((error, result) => (error === null && result !== undefined ? settle(result) : fail(error))),
  );
  if (stats.hasErrors()) throw new Error(stats.toString("errors-only"));
  await new Promise((settle) => compiler.close(settle));
  const { chunks, chunkGraph } = stats.compilation;
  return {
    folder,
    entry: "page.js",
    script: "classic",
    modules: new Map(
      [...chunks].flatMap((chunk) => {
        const paths = [...chunkGraph.getChunkModulesIterable(chunk)].flatMap(webpackPaths);
        return [...chunk.files].map((file) => [file, paths]);
      }),
    ),
  };
}

/** The files behind a module, which may stand for several. @param {webpack.Module & { modules?: Iterable<webpack.Module>, resource?: string }} module @returns {string[]} */
function webpackPaths({ modules, resource }) {
  if (modules !== undefined) return [...modules].flatMap(webpackPaths);
  return resource === undefined ? [] : [resource];
}

/** @param {string} program @param {string} folder @param {boolean} splitting @returns {Promise<Bundle>} */
async function withEsbuild(program, folder, splitting) {
  const { metafile } = await esbuild.build({
    entryPoints: [program],
    outdir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    splitting,
    external: splitting ? [] : ["@mixtura/backend-wasm"],
    metafile: true,
    logLevel: "silent",
  });
  const nameOf = (/** @type {string} */ path) => relative(folder, resolve(path));
  const outputs = Object.entries(metafile.outputs);
  return {
    folder,
    entry: basename(program),
    script: "module",
    modules: new Map(
      outputs.map(([path, { inputs }]) => [
        nameOf(path),
        Object.entries(inputs).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [resolve(input)] : [])),
      ]),
    ),
  };
}
