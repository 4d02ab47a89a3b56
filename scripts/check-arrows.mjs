// The arrow rule: a package depends only on packages of a strictly lower layer, no relative import leaves its package, and no modules import each other
// in a circle, what they load later counted.
// Tests see their own package's sources. What users copy, examples and documentation, does without the entries that only our packages share.
// devDependencies are exempt: a test may look at anything.
import { globSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** @type {Readonly<Record<string, number>>} */
const LAYERS = {
  "@mixtura/core": 0,
  "@mixtura/distributions": 0,
  "@mixtura/wording": 0,
  "@mixtura/backend": 1,
  "@mixtura/io": 1,
  "@mixtura/metrics": 1,
  "@mixtura/plot": 1,
  "@mixtura/backend-ml-matrix": 2,
  "@mixtura/backend-wasm": 2,
  "@mixtura/backend-tfjs": 2,
  "@mixtura/backend-webgpu": 2,
  "@mixtura/testing": 2,
  "@mixtura/backends": 3,
  "@mixtura/mixture": 3,
  "@mixtura/covariance": 3,
  "@mixtura/ecod": 3,
  "@mixtura/kernel-density": 3,
  "@mixtura/model-selection": 4,
  "@mixtura/outliers": 5,
  "@mixtura/report": 5,
  "@mixtura/cli": 6,
  mixtura: 6,
};

const isOurs = (/** @type {string} */ name) => name === "mixtura" || name.startsWith("@mixtura/");

/** @type {string[]} */
const problems = [];
let arrows = 0;

for (const folder of readdirSync("packages")) {
  const root = join("packages", folder);
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const layer = LAYERS[manifest.name];
  if (layer === undefined) {
    problems.push(`${manifest.name} (${root}) has no layer: add it to the table in scripts/check-arrows.mjs and in CONTRIBUTING.md.`);
    continue;
  }

  for (const kind of ["dependencies", "peerDependencies", "optionalDependencies"]) {
    for (const target of Object.keys(manifest[kind] ?? {}).filter(isOurs)) {
      arrows += 1;
      const below = LAYERS[target];
      if (below === undefined) problems.push(`${manifest.name} → ${target}: the target has no layer in the table.`);
      else if (below >= layer) {
        problems.push(`${manifest.name} (layer ${layer}) → ${target} (layer ${below}) in ${kind}: arrows point to a strictly lower layer.`);
      }
    }
  }

  for (const circle of circlesIn(join(root, "src")))
    problems.push(`${root}: modules import each other in a circle: ${circle.join(" → ")}.`);

  for (const file of globSync("{src,test,bench}/**/*.{ts,mts,js,mjs}", { cwd: root })) {
    const path = join(root, file);
    const source = readFileSync(path, "utf8");
    // By its name a package is what was built last: an edit would be tested as it was before. Programs that tests start stand in indented texts.
    for (const [, specifier] of source.matchAll(/^(?:import\b.*|\}) from ["']([^"'.][^"']*)["']/gm)) {
      if (file.startsWith("test") && file.endsWith(".ts") && (specifier === manifest.name || specifier?.startsWith(`${manifest.name}/`)))
        problems.push(`${path} imports "${specifier}": tests import the sources of their own package, "../src/…".`);
    }
    for (const [, specifier = ""] of source.matchAll(/(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']*)["']/g)) {
      const target = relative(root, resolve(dirname(path), specifier));
      const [first] = target.split(sep);
      if (first === "..")
        problems.push(`${path} imports "${specifier}": a relative import never leaves its package, use the package's name.`);
      else if (file.startsWith("src") && first === "test") problems.push(`${path} imports "${specifier}": sources do not import tests.`);
    }
  }
}

const TEXTS = [
  "README.md",
  "docs/**/*.md",
  "packages/*/README.md",
  "packages/*/src/**/*.ts",
  "examples/*/README.md",
  "examples/*/{src,test}/**/*.ts",
];
for (const path of TEXTS.flatMap((pattern) => globSync(pattern, { exclude: ["docs/decisions/**"] }))) {
  const source = readFileSync(path, "utf8");
  const shown = path.startsWith("packages") && path.endsWith(".ts") ? source.match(/^\s*\*.*$/gm)?.join("\n") : source;
  for (const [, specifier] of (shown ?? "").matchAll(/(?:from|import)\s*\(?\s*["']((?:@mixtura\/)?[\w-]+\/internal[\w/-]*)["']/g))
    problems.push(`${path} shows an import of "${specifier}", which any release may change: examples and documentation do without it.`);
}

/**
 * Groups of modules that import each other, by `import` or `import()`. Types vanish when they are compiled and do not count.
 *
 * @param {string} root
 * @returns {string[][]} each from its first module back to it
 */
function circlesIn(root) {
  /** @type {Map<string, string[]>} */
  const imports = new Map();
  for (const file of globSync("**/*.{ts,vue}", { cwd: root })) {
    const source = readFileSync(join(root, file), "utf8").replaceAll(/^\s*(?:\*|\/\/|\/\*).*$/gm, "");
    const found = source.matchAll(/(?:^(?:import|export)(?! type\b)[^;"']*?["']|\bimport\(\s*["'])(\.{1,2}\/[^"']*)["']/gm);
    imports.set(
      file,
      [...found].map(([, specifier = ""]) => relative(root, resolve(root, dirname(file), specifier))),
    );
  }
  /** @type {string[][]} */
  const circles = [];
  /** @type {Set<string>} */
  const done = new Set();
  /** @param {string} file @param {string[]} path */
  const visit = (file, path) => {
    if (done.has(file)) return;
    const start = path.indexOf(file);
    if (start !== -1) {
      circles.push([...path.slice(start), file]);
      return;
    }
    for (const target of imports.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return circles;
}

for (const problem of problems) console.error(`✗ ${problem}`);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${arrows} arrows, all of them point down`);
