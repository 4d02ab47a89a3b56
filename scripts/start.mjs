// `npm start`: installs, builds, and runs the main job: choosing mixtures for the data sets in data/,
// which writes models/*.json and reports/*.html.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build, execute, fail, install, node, root } from "./workspace.mjs";

const selection = [
  ["--n-components", "1:9"],
  ["--covariance-type", "full,tied,diag,spherical"],
  ["--criterion", "bic"],
  ["--n-init", "5"],
  ["--random-state", "7"],
].flat();

const JOBS = [
  ["fit", "data/faithful.csv", ...selection, "--output", "models/faithful.json", "--report", "reports/faithful.html"],
  [
    "fit",
    "data/penguins.csv",
    "--label-column",
    "label",
    ...selection,
    "--output",
    "models/penguins.json",
    "--report",
    "reports/penguins.html",
  ],
];

/** Runs the command line once per list of arguments and stops at the first that fails. */
async function runJobs() {
  const main = join(root, "packages", "cli", "dist", "main.js");
  if (!existsSync(main))
    fail("There is no command line to run: packages/cli/dist/main.js is missing after the build (packages/cli/src/main.ts).");
  for (const job of JOBS) {
    console.log(`\nmixtura ${job.join(" ")}`);
    const start = performance.now();
    const { ok, code } = await execute(node(), [main, ...job], { show: true });
    if (!ok) fail(`mixtura ${job[0]} ${job[1]} failed.`, code);
    console.log(`✓ finished (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  }
}

if (!(await install())) fail("Installing failed; its output is above.");
if (!(await build())) fail("Building failed; its output is above.");
await runJobs();
console.log(`\nModels are in ${join(root, "models")}, reports (open them in a browser) in ${join(root, "reports")}.`);
