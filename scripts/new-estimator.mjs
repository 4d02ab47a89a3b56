// `npm run new:estimator -- NAME [--kind density|clustering|detector|transform]`: makes packages/NAME, a small estimator that is complete, from the
// sources of an example of that kind; enters it where packages are listed; installs, builds, and writes its API report and its size. What is left is
// to replace the arithmetic.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { writeReports } from "./api-report.mjs";
import { writeSizes } from "./size.mjs";

process.chdir(resolve(import.meta.dirname, ".."));

/**
 * An example to start from.
 *
 * @typedef {object} Template
 * @property {string} folder in `examples`, whose name in other spellings is that of the estimator
 * @property {string} arithmetic the file to replace
 * @property {string} finds what the package does, for its description
 * @property {string} keyword
 * @property {(type: string) => string} example lines that run
 * @property {readonly string[]} limits when not to use it
 */

/** @type {Readonly<Record<string, Template>>} */
const TEMPLATES = {
  detector: {
    folder: "median-box",
    arithmetic: "median.ts",
    finds: "Outliers by the median and the median deviation of each feature, of which up to half of the rows may be",
    keyword: "outlier-detection",
    example: (type) => `const model = await new ${type}({ cutoff: 3 }).fit([[1], [2], [3], [4], [90]]);
await model.predict([[2], [90]]); // => Int32Array.of(1, -1)`,
    limits: [
      "Outliers that are odd in combination only: each feature is looked at by itself.",
      "Features whose two sides are very different: one deviation serves both.",
    ],
  },
  density: {
    folder: "product-normal",
    arithmetic: "spread.ts",
    finds: "Density by a normal distribution for every feature by itself",
    keyword: "density-estimation",
    example: (type) => `const model = await new ${type}().fit([[-1], [1]]);
model.point.logDensity([0]); // ≈ -0.5 * Math.log(2 * Math.PI)`,
    limits: ["Features that are related: their density is that of features that are not.", "Groups: there is one top."],
  },
  clustering: {
    folder: "farthest-first",
    arithmetic: "traversal.ts",
    finds: "Clustering around rows as far from each other as rows are",
    keyword: "clustering",
    example: (type) => `const model = await new ${type}({ nClusters: 2 }).fit([[0], [1], [10], [11]]);
model.point.label([2]) === model.point.label([0]); // => true`,
    limits: ["Outliers: a row far from all others is a cluster of its own.", "Features of different units: bring them to one scale first."],
  },
  transform: {
    folder: "unit-range",
    arithmetic: "ranges.ts",
    finds: "Every feature from 0, its least value, to 1, its largest",
    keyword: "scaling",
    example: (type) => `const model = await new ${type}().fit([[2], [4]]);
(await model.apply([[3]])).data; // => [0.5]`,
    limits: ["Outliers: one far value squeezes all others together."],
  },
};

/** A sentence about what went wrong, for people. */
class Refusal extends Error {}

/** A name in every spelling, that of the type first. @param {string} name @returns {readonly string[]} */
function spellings(name) {
  const words = name.split("-");
  const pascal = words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join("");
  return [pascal, (pascal[0] ?? "").toLowerCase() + pascal.slice(1), words.join("_").toUpperCase(), name, words.join(" ")];
}

/** The type of the estimator. @param {string} name */
function typeOf(name) {
  return spellings(name)[0] ?? "";
}

/** Text of a template under another name. @param {string} text @param {Template} template @param {string} name */
function renamed(text, { folder }, name) {
  const own = spellings(name);
  return spellings(folder).reduce((result, from, index) => result.replaceAll(from, own[index] ?? ""), text);
}

/** The template's files by the path they get in the new package. @param {Template} template @param {string} name @returns {Map<string, string>} */
function sources(template, name) {
  const root = join("examples", template.folder);
  const paths = [
    ...readdirSync(join(root, "src")).map((file) => join("src", file)),
    join("test", "contract.test.ts"),
    join("test", `${template.folder}.test.ts`),
  ];
  return new Map(paths.map((path) => [renamed(path, template, name), renamed(readFileSync(join(root, path), "utf8"), template, name)]));
}

/** @param {Template} template @param {string} name */
function manifest({ finds, keyword }, name) {
  return {
    name: `@mixtura/${name}`,
    version: JSON.parse(readFileSync(join("packages", "core", "package.json"), "utf8")).version,
    description: `${finds} (${name})`,
    keywords: [keyword, "statistics", "machine-learning"],
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

/** @param {Template} template @param {string} name */
function readme({ finds, example, limits }, name) {
  const type = typeOf(name);
  return `# @mixtura/${name}

${finds}.

\`\`\`ts run
import { ${type} } from "@mixtura/${name}";

${example(type)}
\`\`\`

## When not to use it

${limits.map((limit) => `- ${limit}`).join("\n")}
`;
}

/** Replaces one place of a file; complains where it is gone. @param {string} path @param {RegExp} place @param {string} replacement */
function edit(path, place, replacement) {
  const before = readFileSync(path, "utf8");
  if (!place.test(before)) throw new Refusal(`${path} has changed: nothing in it matches ${place}. Enter the package there by hand.`);
  writeFileSync(path, before.replace(place, replacement));
}

/** Enters the package in the table of layers, the picture, the rule for packages without Node, and what the reference pages wait for. @param {string} name */
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

/** @returns {{ name: string, template: Template }} */
function asked() {
  const usage = `npm run new:estimator -- NAME --kind ${Object.keys(TEMPLATES).join("|")}`;
  const { values, positionals } = parseArgs({ options: { kind: { type: "string", default: "detector" } }, allowPositionals: true });
  const template = TEMPLATES[values.kind];
  if (template === undefined) throw new Refusal(`${usage}: there is no kind ${JSON.stringify(values.kind)}.`);
  const name = positionals[0];
  if (name === undefined || positionals.length > 1 || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Refusal(
      `${usage}: NAME is a folder such as "nearest-neighbours" (small letters, digits, hyphens), found ${JSON.stringify(positionals.join(" "))}.`,
    );
  }
  const taken = ["packages", "examples", "apps"].map((parent) => join(parent, name)).find((path) => existsSync(path));
  if (taken !== undefined) throw new Refusal(`${taken} is there already. Choose another name, or remove the folder.`);
  const text = [...sources(template, template.folder).values()].join("\n");
  const clash = spellings(name).find((spelling) => new RegExp(`\\b(Fitted)?${spelling}(Options|Payload)?\\b`).test(text));
  if (clash !== undefined) throw new Refusal(`"${clash}" means something else in the sources of an estimator. Choose a longer name.`);
  return { name, template };
}

async function main() {
  const { name, template } = asked();
  const root = join("packages", name);
  for (const folder of ["src", "test"]) mkdirSync(join(root, folder), { recursive: true });
  for (const [path, text] of sources(template, name)) writeFileSync(join(root, path), text);
  writeFileSync(join(root, "package.json"), `${JSON.stringify(manifest(template, name), undefined, 2)}\n`);
  writeFileSync(join(root, "tsconfig.json"), `{ "extends": "../../tsconfig.base.json" }\n`);
  writeFileSync(join(root, "README.md"), readme(template, name));
  run("node", ["scripts/manifests.mjs"]);
  enter(name);
  run("oxfmt", [root, ".oxlintrc.json"]);
  run("pnpm", ["install", "--no-frozen-lockfile"]);
  run("turbo", ["run", "build", `--filter=@mixtura/${name}...`, "--output-logs=errors-only"]);
  run("turbo", ["run", "build", "--filter=@mixtura/testing...", "--output-logs=errors-only"]);
  writeReports(root);
  await writeSizes(root, { raise: false });
  console.log(`
✓ ${root} holds ${typeOf(name)}, which is complete: ${template.finds}. Make it yours:
  src/options.ts    the options, declared once
  src/${template.arithmetic.padEnd(13)} the arithmetic
  src/estimator.ts  the fit, and the capabilities, which decide which tests apply
  src/model.ts      what a fit leaves: its answers, its parameters in JSON
  npm test -- --project ${name}    the conformance tests, and every check`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
}
