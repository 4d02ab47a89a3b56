// `npm run rehearse`: a release from beginning to end without an audience. A clone of the last commit is released to a registry on this
// machine; then projects as users have them install from it, and must get the answer that the workspace gives.
// What cannot be fetched for them (Jest, Deno, Bun) is skipped, and said so. Everything is in one folder, which is removed.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { emptyFolder, installFetched, run } from "./project.mjs";
import { startRegistry } from "./registry.mjs";
import { node, root } from "./workspace.mjs";

const windows = process.platform === "win32";
const NODE = node();

/** What every project computes: drawing, fits, a selection, a prediction. */
const BODY = `
async function main() {
  const truth = GaussianMixture.fromParameters({
    weights: [0.5, 0.5], means: [[0, 0], [6, 0]], covariances: [[1, 0], [0, 1]], covarianceType: "tied",
  });
  const { X } = truth.sample(200, { randomState: 7 });
  const { best } = await selectMixture(X, { nComponents: [1, 2, 3], randomState: 7 });
  const [a, b] = await best.predict([[0, 0], [6, 0]]);
  return [best.nComponents, best.bic, a === b];
}
`;
const IMPORT = `import { GaussianMixture, selectMixture } from "mixtura";`;
const REQUIRE = `const { GaussianMixture, selectMixture } = require("mixtura");`;
const PRINT = `void main().then((answer) => console.log("answer:" + JSON.stringify(answer)));\n`;
const test = (/** @type {string} */ name) =>
  `test("${name}", async () => require("node:fs").writeFileSync("${name}.txt", "answer:" + JSON.stringify(await main())));\n`;

const FILES = {
  "program.mjs": `${IMPORT}${BODY}${PRINT}`,
  "program.cjs": `${REQUIRE}${BODY}${PRINT}`,
  "common.cts": `${IMPORT}${BODY}${PRINT}`,
  "module.mts": `${IMPORT}${BODY}${PRINT}`,
  "imports.test.mjs": `import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\n${IMPORT}${BODY}${test("imports")}`,
  "requires.test.cjs": `${REQUIRE}${BODY}${test("requires")}`,
  "jest.config.json": JSON.stringify({ testRegex: "\\.test\\.[cm]js$", transform: {} }),
};

/**
 * A way to use the packages.
 *
 * @typedef {object} Use
 * @property {string} name
 * @property {readonly string[]} [tools] packages that are fetched for it
 * @property {(project: string, tools: string) => string} answer what was printed
 */

/** @type {readonly Use[]} */
const USES = [
  ...nodes().flatMap(({ version, path }) => [
    { name: `import, Node ${version}`, answer: (/** @type {string} */ project) => run(path, ["program.mjs"], { cwd: project }) },
    { name: `require, Node ${version}`, answer: (/** @type {string} */ project) => run(path, ["program.cjs"], { cwd: project }) },
  ]),
  { name: "TypeScript, module node16, CommonJS file", answer: (project) => typed(project, "node16", "common.cts", "common.cjs") },
  { name: "TypeScript, module nodenext, ES module", answer: (project) => typed(project, "nodenext", "module.mts", "module.mjs") },
  ...["imports", "requires"].map((kind) => ({
    name: `Jest, ${kind} it`,
    tools: ["jest@30.5.2"],
    answer: (/** @type {string} */ project, /** @type {string} */ tools) => {
      const env = { ...process.env, NODE_OPTIONS: "--experimental-vm-modules" };
      run(NODE, [join(tools, "node_modules", "jest", "bin", "jest.js"), kind], { cwd: project, env });
      return readFileSync(join(project, `${kind}.txt`), "utf8");
    },
  })),
  {
    name: "Deno",
    tools: ["deno@2.9.6"],
    answer: (project, tools) =>
      run(NODE, [join(tools, "node_modules", "deno", "bin.cjs"), "run", "--allow-read", "--allow-env", "module.mts"], {
        cwd: project,
        env: { ...process.env, DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(tools, "deno") },
      }),
  },
  {
    name: "Bun",
    tools: [`@oven/bun-${windows ? "windows" : process.platform}-${process.arch === "arm64" ? "aarch64" : process.arch}@1.4.5`],
    answer: (project, tools) => {
      const folder = `bun-${windows ? "windows" : process.platform}-${process.arch === "arm64" ? "aarch64" : process.arch}`;
      return run(join(tools, "node_modules", "@oven", folder, "bin", windows ? "bun.exe" : "bun"), ["run", "module.mts"], { cwd: project });
    },
  },
];

/** The Nodes that can be found, this one first, that are new enough for what the packages promise. */
function nodes() {
  const name = windows ? "node.exe" : "node";
  const paths = [NODE, ...(process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name))];
  const found = paths
    .filter(existsSync)
    .map((path) => ({ path, version: spawnSync(path, ["--version"], { encoding: "utf8" }).stdout.trim() }));
  const recent = found.filter(({ version }) => {
    const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
    return major > 20 || (major === 20 && minor >= 19);
  });
  return recent.filter(({ version }, index) => recent.findIndex((other) => other.version === version) === index);
}

/** Compiles a file with the workspace's compiler, the packages' own declarations included, and runs it. @param {string} project @param {string} module @param {string} source @param {string} output */
function typed(project, module, source, output) {
  const flags = ["--module", module, "--target", "es2023", "--lib", "es2023,dom,esnext.disposable", "--strict", "--skipLibCheck", "false"];
  run(NODE, [join(root, "node_modules", "typescript", "bin", "tsc"), ...flags, "--types", "", "--outDir", "compiled", source], {
    cwd: project,
  });
  return run(NODE, [join("compiled", output)], { cwd: project });
}

/** Says how a piece of work ended and how long it took. @template T @param {string} title @param {() => T} work @returns {T | undefined} */
function attempt(title, work) {
  const start = performance.now();
  const took = () => `(${((performance.now() - start) / 1000).toFixed(1)} s)`;
  try {
    const result = work();
    console.log(`✓ ${title} ${took()}`);
    return result;
  } catch (error) {
    console.error(`✗ ${title} ${took()}\n${error instanceof Error ? error.message.trim().replace(/^/gm, "    ") : String(error)}`);
    process.exitCode = 1;
    return undefined;
  }
}

/** The numbers behind the last "answer:". @param {string} printed @returns {unknown[]} */
const answerIn = (printed) => JSON.parse(printed.match(/answer:(.*)/)?.[1] ?? "[]");

/** Engines round logarithms differently in the last digits; beyond that answers are the same. @param {readonly unknown[]} found @param {readonly unknown[]} expected */
function agree(found, expected) {
  const close = (/** @type {unknown} */ a, /** @type {unknown} */ b) =>
    typeof a === "number" && typeof b === "number" ? Math.abs(a - b) <= 1e-9 * Math.abs(b) : a === b;
  return found.length === expected.length && found.every((value, index) => close(value, expected[index]));
}

/** Clones the last commit and releases it to the registry. @param {string} folder @param {NodeJS.ProcessEnv} environment */
function release(folder, environment) {
  const clone = join(folder, "clone");
  run("git", ["clone", "--quiet", root, clone], { cwd: folder });
  const person = { GIT_AUTHOR_NAME: "rehearsal", GIT_AUTHOR_EMAIL: "rehearsal@localhost" };
  const committer = { GIT_COMMITTER_NAME: "rehearsal", GIT_COMMITTER_EMAIL: "rehearsal@localhost" };
  const printed = run(NODE, ["scripts/release.mjs", "--skip-tests"], {
    cwd: clone,
    env: { ...environment, ...person, ...committer },
    minutes: 30,
  });
  console.log(printed.trim().replace(/^/gm, "    "));
}

/** Installs the command line from the registry and has it look for anomalies. @param {string} folder @param {NodeJS.ProcessEnv} environment */
function commandLine(folder, environment) {
  const project = newProject(folder, "command-line");
  installFetched(project, ["@mixtura/cli"], environment);
  copyFileSync(join(root, "data", "faithful.csv"), join(project, "faithful.csv"));
  const mixtura = join(project, "node_modules", ".bin", windows ? "mixtura.cmd" : "mixtura");
  const { version } = JSON.parse(readFileSync(join(project, "node_modules", "@mixtura", "cli", "package.json"), "utf8"));
  const shown = run(mixtura, ["--version"], { cwd: project }).trim();
  if (shown !== version) throw new Error(`mixtura --version says ${shown}, its package ${version}.`);
  run(mixtura, ["detect", "faithful.csv"], { cwd: project, success: [0, 3] }); // 3: anomalies were found
}

/** @param {string} folder @param {string} name */
function newProject(folder, name) {
  const project = join(folder, name);
  mkdirSync(project);
  return project;
}

/** Has one kind of user ask. @param {string} folder @param {string} project @param {Use} use @param {readonly unknown[]} expected */
function ask(folder, project, { name, tools = [], answer }, expected) {
  const fetched = join(folder, tools.join("+").replaceAll("/", "-") || "none");
  try {
    if (tools.length > 0 && !existsSync(fetched)) {
      mkdirSync(fetched);
      writeFileSync(join(fetched, "package.json"), JSON.stringify({ private: true }));
      installFetched(fetched, tools);
    }
  } catch (error) {
    const [, reason = ""] = /npm error (?:code )?(.*)/.exec(error instanceof Error ? error.message : "") ?? [];
    console.log(`– ${name}: skipped, ${tools.join(", ")} cannot be fetched (${reason})`);
    return;
  }
  attempt(name, () => {
    const found = answerIn(answer(project, fetched));
    if (!agree(found, expected)) throw new Error(`answers ${JSON.stringify(found)}, the workspace ${JSON.stringify(expected)}`);
  });
}

const folder = emptyFolder("rehearsal");
let stop = () => {};
try {
  if (spawnSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" }).stdout !== "")
    console.log("– what is not committed takes no part");
  const { address, environment, stop: end } = await startRegistry(folder);
  stop = end;
  console.log(`✓ a registry at ${address}`);
  attempt("npm run release", () => release(folder, environment));
  const project = newProject(folder, "project");
  attempt("npm install mixtura, in an empty folder", () => installFetched(project, ["mixtura"], environment));
  for (const [file, text] of Object.entries(FILES)) writeFileSync(join(project, file), text);
  const inWorkspace = newProject(folder, "workspace");
  const program = FILES["program.mjs"].replace(
    `"mixtura"`,
    JSON.stringify(join(folder, "clone", "packages", "mixtura", "dist", "index.js")),
  );
  writeFileSync(join(inWorkspace, "program.mjs"), program);
  const expected = answerIn(run(NODE, ["program.mjs"], { cwd: inWorkspace }));
  console.log(`  the answer is ${JSON.stringify(expected)}`);
  for (const use of USES) ask(folder, project, use, expected);
  attempt("npm install @mixtura/cli; mixtura detect", () => commandLine(folder, environment));
} finally {
  stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
