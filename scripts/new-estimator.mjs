// `npm run new:estimator -- NAME`: makes packages/NAME, a small estimator that is complete, from the sources of examples/median-box; enters it
// where packages are listed; installs, builds, and writes its API report and its size. What is left is to replace the arithmetic.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { writeReports } from "./api-report.mjs";
import { writeSizes } from "./size.mjs";

process.chdir(resolve(import.meta.dirname, ".."));

const TEMPLATE = join("examples", "median-box");

/** A sentence about what went wrong, for people. */
class Refusal extends Error {}

/** The spellings of a name, each in place of the template's. @param {string} name @returns {[from: string, to: string][]} */
function spellings(name) {
  const words = name.split("-");
  const pascal = words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join("");
  return [
    ["MedianBox", pascal],
    ["medianBox", (pascal[0] ?? "").toLowerCase() + pascal.slice(1)],
    ["MEDIAN_BOX", words.join("_").toUpperCase()],
    ["median-box", name],
    ["median box", words.join(" ")],
  ];
}

/** The template's files by the path they get in the new package. @param {string} name @returns {Map<string, string>} */
function sources(name) {
  const renamed = (/** @type {string} */ text) => spellings(name).reduce((result, [from, to]) => result.replaceAll(from, to), text);
  const paths = [
    ...readdirSync(join(TEMPLATE, "src")).map((file) => join("src", file)),
    join("test", "contract.test.ts"),
    join("test", "median-box.test.ts"),
  ];
  return new Map(paths.map((path) => [renamed(path), renamed(readFileSync(join(TEMPLATE, path), "utf8"))]));
}

/** @param {string} name */
function manifest(name) {
  return {
    name: `@mixtura/${name}`,
    version: JSON.parse(readFileSync(join("packages", "core", "package.json"), "utf8")).version,
    description: `Outliers by medians and median deviations (${name})`,
    keywords: ["outlier-detection", "statistics", "machine-learning"],
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./package.json": "./package.json" },
    scripts: {
      build: "tsc -p tsconfig.json",
      test: `vitest run --root ../.. --project ${name} --passWithNoTests`,
      package: "node ../../scripts/check-package.mjs",
    },
    dependencies: { "@mixtura/core": "workspace:^" },
    devDependencies: { "@mixtura/testing": "workspace:*" },
  };
}

/** @param {string} name @param {string} type */
function readme(name, type) {
  return `# @mixtura/${name}

Outliers by the median and the median deviation of each feature. Up to half of the rows may be outliers.

\`\`\`ts run
import { ${type} } from "@mixtura/${name}";

const model = await new ${type}({ cutoff: 3 }).fit([[1], [2], [3], [4], [90]]);
await model.predict([[2], [90]]); // => Int32Array.of(1, -1)
\`\`\`

## When not to use it

- Outliers that are odd in combination only: each feature is looked at by itself.
- Features whose two sides are very different: one deviation serves both.
`;
}

/** Replaces one place of a file; complains where it is gone. @param {string} path @param {RegExp} place @param {string} replacement */
function edit(path, place, replacement) {
  const before = readFileSync(path, "utf8");
  if (!place.test(before)) throw new Refusal(`${path} has changed: nothing in it matches ${place}. Enter the package there by hand.`);
  writeFileSync(path, before.replace(place, replacement));
}

/** Enters the package in the table of floors, the picture, the rule for packages without Node, and what the reference pages wait for. @param {string} name */
function enter(name) {
  edit(join("scripts", "check-arrows.mjs"), /(?= {2}"@mixtura\/model-selection": 4,)/, `  "@mixtura/${name}": 3,\n`);
  edit("CONTRIBUTING.md", /^(3 {2}mixture.*)$/m, `$1   ${name}`);
  edit(".oxlintrc.json", /(?=,mixtura[^}"]*\}\/src\/\*\*)/, `,${name}`);
  edit(join("apps", "docs", "package.json"), /(?= {4}"@mixtura\/mixture": "workspace:\*")/, `    "@mixtura/${name}": "workspace:*",\n`);
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) throw new Refusal(`${command} ${args.join(" ")} failed${error === undefined ? "" : `: ${error.message}`}.`);
}

/** @param {string | undefined} name */
function check(name) {
  if (name === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Refusal(
      `npm run new:estimator -- NAME: NAME is a folder such as "nearest-neighbours" (small letters, digits, hyphens), found ${JSON.stringify(name)}.`,
    );
  }
  const taken = ["packages", "examples", "apps"].map((parent) => join(parent, name)).find((path) => existsSync(path));
  if (taken !== undefined) throw new Refusal(`${taken} is there already. Choose another name, or remove the folder.`);
  const text = readdirSync(join(TEMPLATE, "src"))
    .map((file) => readFileSync(join(TEMPLATE, "src", file), "utf8"))
    .join("\n");
  const clash = spellings(name).find(([, to]) => new RegExp(`\\b(Fitted)?${to}(Options|Payload)?\\b`).test(text));
  if (clash !== undefined) throw new Refusal(`"${clash[1]}" means something else in the sources of an estimator. Choose a longer name.`);
  return name;
}

async function main() {
  const name = check(process.argv[2]);
  const root = join("packages", name);
  const type = spellings(name)[0]?.[1] ?? "";
  for (const folder of ["src", "test"]) mkdirSync(join(root, folder), { recursive: true });
  for (const [path, text] of sources(name)) writeFileSync(join(root, path), text);
  writeFileSync(join(root, "package.json"), `${JSON.stringify(manifest(name), undefined, 2)}\n`);
  writeFileSync(join(root, "tsconfig.json"), `{ "extends": "../../tsconfig.base.json" }\n`);
  writeFileSync(join(root, "README.md"), readme(name, type));
  run("node", ["scripts/manifests.mjs"]);
  enter(name);
  run("oxfmt", [root, ".oxlintrc.json"]);
  run("pnpm", ["install", "--no-frozen-lockfile"]);
  run("turbo", ["run", "build", `--filter=@mixtura/${name}...`, "--output-logs=errors-only"]);
  run("turbo", ["run", "build", "--filter=@mixtura/testing...", "--output-logs=errors-only"]);
  writeReports(root);
  await writeSizes(root, { raise: false });
  console.log(`
✓ ${root} holds ${type}, which is complete and finds outliers by medians. Make it yours:
  src/options.ts    the options, declared once
  src/median.ts     the arithmetic
  src/estimator.ts  fit; src/model.ts what a fit leaves, its answers, its JSON
  src/index.ts      the plugin: capabilities decide which laws apply
  npm test -- --project ${name}    the laws, and every check`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
}
