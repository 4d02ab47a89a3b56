import { resolve } from "node:path";
import { constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * What esbuild's split pages load at once for a program in a package's folder, in bytes of gzip. It sets apart what several chunks share, and
 * takes all that a re-exporting module reaches for used: no other bundler notices so soon when a program reaches too much.
 *
 * @param {string} root
 * @param {string} code
 */
export async function weighSplit(root, code) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: root },
    outdir: resolve("out"), // written to nowhere
    bundle: true,
    minify: true,
    format: "esm",
    splitting: true,
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const texts = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  const program = Object.keys(metafile.outputs).filter((path) => metafile.outputs[path]?.entryPoint === "<stdin>");
  const loaded = new Set(program);
  for (const path of loaded)
    for (const { kind, path: other } of metafile.outputs[path]?.imports ?? []) if (kind === "import-statement") loaded.add(other);
  return [...loaded].reduce(
    (sum, path) => sum + gzipSync(texts.get(resolve(path)) ?? "", { level: constants.Z_BEST_COMPRESSION }).length,
    0,
  );
}
