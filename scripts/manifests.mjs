// `npm run manifests`: writes what the manifests of all packages have in common, their LICENSE, and the links of their READMEs, which a registry shows
// outside the repository. `-- --check` writes nothing and says what is stale; `-- https://host/owner/name` moves everything to another address.
//
// The address stands in one place: `repository.url` of the package.json at the root. While it is the placeholder, `npm run release` refuses.
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";

process.chdir(resolve(import.meta.dirname, ".."));

/**
 * @typedef {string | { types: string, default: string }} Target
 * @typedef {{ name: string, repository: { type: string, url: string, directory?: string }, author: string, license: string,
 *   engines: Record<string, string>, version: string, description: string, keywords?: string[], exports?: Record<string, Target>,
 *   bin?: Record<string, string>, scripts?: Record<string, string> }} Manifest
 */

/** @param {string} path @returns {Manifest} */
const readManifest = (path) => JSON.parse(readFileSync(path, "utf8"));

/** The address for people, "https://host/owner/name", that a manifest names. @param {Manifest} manifest */
const addressOf = ({ repository }) => repository?.url.replace(/^git\+/, "").replace(/\.git$/, "");

/** Keywords of a package that names none. */
const FAMILY = ["gaussian-mixture-model", "statistics", "machine-learning"];

/** What a package exports that does not say so. */
const ENTRY = { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./package.json": "./package.json" };

/** A manifest with the common parts as they have to be. @param {Manifest} manifest @param {string} folder @param {Manifest} root */
function completed(manifest, folder, root) {
  const { name, version, description, keywords = FAMILY, bin, exports = ENTRY, scripts = {}, ...rest } = manifest;
  const directory = `packages/${folder}`;
  const test = `vitest run --root ../.. --project ${folder} --passWithNoTests`;
  const build = "tsc -p tsconfig.json";
  const common = {
    name,
    version,
    description,
    keywords,
    homepage: `${addressOf(root)}/tree/main/${directory}#readme`,
    bugs: `${addressOf(root)}/issues`,
    repository: { ...root.repository, directory },
    license: root.license,
    author: root.author,
    type: "module",
    sideEffects: false,
    engines: root.engines,
    ...(bin === undefined ? {} : { bin }),
    exports,
    files: ["lib"],
    publishConfig: publishConfigOf(exports, bin),
    scripts: Object.assign({ build, prepack: "", test, package: "" }, scripts, SCRIPTS),
  };
  return { ...common, ...rest, ...common }; // the first for the order, the last for the values
}

/** Scripts that are the same in all packages. */
const SCRIPTS = { prepack: "node ../../scripts/prepack.mjs", package: "node ../../scripts/check-package.mjs" };

/**
 * What is published instead of the compiled sources: `lib/`, which scripts/prepack.mjs writes. Node gets one file per entry; a program for the
 * command line has no other. Declarations have a second name for CommonJS files.
 *
 * @param {Record<string, Target>} exports
 * @param {Record<string, string>} [bin]
 */
function publishConfigOf(exports, bin) {
  const published = (/** @type {string} */ path) => path.replace(/^\.\/dist\//, "./lib/");
  const flat = (/** @type {string} */ path) => path.replace(/^.*\//, "./lib/flat/");
  // A program's files stay as far from its package.json as they were, where it reads its version.
  return {
    access: "public",
    ...(bin === undefined ? {} : { bin: Object.fromEntries(Object.entries(bin).map(([name, path]) => [name, published(path)])) }),
    exports: Object.fromEntries(
      Object.entries(exports).map(([path, target]) => {
        if (typeof target === "string") return [path, published(target)];
        const types = { require: published(target.types).replace(/\.d\.ts$/, ".d.cts"), default: published(target.types) };
        if (bin !== undefined) return [path, { types, default: published(target.default) }];
        return [path, { types, node: flat(target.default), default: published(target.default) }];
      }),
    ),
  };
}

/**
 * A README with absolute links into the repository.
 *
 * @param {string} text
 * @param {string} folder
 * @param {string} address
 * @param {string} before the address that its links may still have
 * @param {(problem: string) => void} complain
 */
function withAbsoluteLinks(text, folder, address, before, complain) {
  return text
    .split(/(^```[^]*?^```|`[^`\n]*`)/m)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/\]\(([^()\s]+)\)/g, (whole, target) => link(whole, target))))
    .join("");

  /** @param {string} whole @param {string} target */
  function link(whole, target) {
    const own = [address, before].find((start) => target.startsWith(`${start}/`));
    if (own === undefined && /^([a-z]+:|#)/.test(target)) return whole;
    const [from = "", anchor] = target.split("#");
    const path = own === undefined ? posix.join("packages", folder, from) : from.slice(own.length + 1).replace(/^(blob|tree)\/main\//, "");
    if (!existsSync(path)) {
      complain(`packages/${folder}/README.md links to ${path}, which is not there.`);
      return whole;
    }
    const kind = statSync(path).isDirectory() ? "tree" : "blob";
    return `](${address}/${kind}/main/${path.replace(/\/$/, "")}${anchor === undefined ? "" : `#${anchor}`})`;
  }
}

/** @param {unknown} value */
const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;

/** Moves the workspace to another address. @param {string} address */
function move(address) {
  if (!/^https:\/\/[^/\s]+\/\S+[^/]$/.test(address)) {
    console.error(
      `✗ npm run manifests -- ADDRESS: the address of the repository, such as https://github.com/owner/name; found "${address}".`,
    );
    process.exit(1);
  }
  const root = readManifest("package.json");
  const repository = { ...root.repository, url: `git+${address.replace(/\.git$/, "")}.git` };
  writeFileSync("package.json", json({ ...root, repository }));
}

const args = process.argv.slice(2);
const check = args.includes("--check");
const address = args.find((arg) => !arg.startsWith("--"));
if (address !== undefined) move(address);

/** @type {string[]} */
const problems = [];
const root = readManifest("package.json");
const license = readFileSync("LICENSE", "utf8");
for (const folder of readdirSync("packages")) {
  const manifest = readManifest(join("packages", folder, "package.json"));
  const readme = join("packages", folder, "README.md");
  const before = addressOf(manifest) ?? addressOf(root);
  /** @type {[string, string][]} */
  const texts = [
    [join("packages", folder, "package.json"), json(completed(manifest, folder, root))],
    [join("packages", folder, "LICENSE"), license], // every packer takes it from the package's own folder
  ];
  if (existsSync(readme)) {
    const text = withAbsoluteLinks(readFileSync(readme, "utf8"), folder, addressOf(root), before, (problem) => problems.push(problem));
    texts.push([readme, text]);
  } else problems.push(`packages/${folder} has no README.md.`);
  for (const [path, text] of texts) {
    if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
    if (check) problems.push(`${path} is stale: run \`npm run manifests\` and commit what it writes.`);
    else {
      writeFileSync(path, text);
      console.log(`wrote ${path}`);
    }
  }
}

for (const problem of problems) console.error(`✗ ${problem}`);
if (problems.length > 0) process.exitCode = 1;
else console.log(`manifests and READMEs of all packages stand for ${addressOf(root)}`);
