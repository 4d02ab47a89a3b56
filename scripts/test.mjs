// `npm test`: installs, builds, checks, and runs the tests of all packages. The last line is the sum over everything:
// "N passed, N failed, N skipped", where a check that fails counts as failed and one that passes is not counted.
// `npm test -- mixture` hands what follows to vitest; `--checks` runs the checks alone.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, execute, inParallel, install, root, step } from "./workspace.mjs";

const REPORT = join("test-results", "vitest.json");

/** @type {readonly [title: string, command: string, args: readonly string[]][]} */
const CHECKS = [
  [
    "packages: publint and attw on each tarball, API reports, sizes",
    "turbo",
    ["run", "package", "--output-logs=errors-only", "--continue=dependencies-successful"],
  ],
  ["apps: playground and doc-site built", "turbo", ["run", "site", "--output-logs=errors-only", "--continue=dependencies-successful"]],
  ["lint: oxlint with types", "oxlint", []],
  ["types: tests, benchmarks, scripts", "tsc", ["-p", "tsconfig.json"]],
  ["unused: knip", "knip", ["--no-config-hints"]],
  ["arrows: packages depend downwards", "node", ["scripts/check-arrows.mjs"]],
  ["spreads: no list of data becomes the arguments of a call", "node", ["scripts/check-spreads.mjs"]],
  ["names: shapes, scatters and covariance types differ in their own objects only", "node", ["scripts/check-names.mjs"]],
  ["words: the glossary's, one per idea", "node", ["scripts/check-words.mjs"]],
  ["examples: 72 columns, with their imports", "node", ["scripts/check-examples.mjs"]],
  ["manifests: metadata, published entries, links of READMEs", "node", ["scripts/manifests.mjs", "--check"]],
  ["commands: what workflows and pages tell to run is there", "node", ["scripts/check-commands.mjs"]],
  ["format: oxfmt", "oxfmt", ["--check"]],
];

/** Runs vitest over all projects and counts; a file that cannot even load is one failure. @param {readonly string[]} args */
async function runTests(args) {
  rmSync(join(root, REPORT), { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${REPORT}`];
  const { ok } = await execute("vitest", ["run", ...reporters, ...args], { show: true });
  if (!existsSync(join(root, REPORT))) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(join(root, REPORT), "utf8"));
  const brokenFiles = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
      file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  // A run that failed although every test passed (an unhandled rejection, say) is a failure as well.
  return {
    passed: report.numPassedTests,
    failed: ok ? failed : Math.max(failed, 1),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

async function main() {
  const args = process.argv.slice(2);
  const checksOnly = args.includes("--checks");
  if (!(await install())) return { passed: 0, failed: 1, skipped: 0 };
  const built = await build();
  console.log("checking …");
  const checked = await inParallel(
    CHECKS.map(
      ([title, command, rest]) =>
        () =>
          step(title, () => execute(command, rest)),
    ),
  );
  const tests = checksOnly ? { passed: 0, failed: 0, skipped: 0 } : await runTests(args);
  return { ...tests, failed: tests.failed + [built, ...checked].filter((ok) => !ok).length };
}

const { passed, failed, skipped } = await main();
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
