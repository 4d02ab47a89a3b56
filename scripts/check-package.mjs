// Run inside a package's folder: packs it as it would be published and holds publint and attw against the tarball; then holds the package's
// API report and its size against what is committed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkReports } from "./api-report.mjs";
import { checkSizes } from "./size.mjs";

const folder = mkdtempSync(join(tmpdir(), "mixtura-pack-"));

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", shell: process.platform === "win32" });
  if (status === 0) return;
  console.error(`✗ ${command} ${args.join(" ")}\n${error?.message ?? ""}${stdout ?? ""}${stderr ?? ""}`);
  process.exitCode = 1;
}

/** Compiled modules have no types of ours: runtimes that import them bring their own. */
function withoutBinaries() {
  const binaries = Object.keys(JSON.parse(readFileSync("package.json", "utf8")).exports).filter((path) => path.endsWith(".wasm"));
  return binaries.length === 0 ? [] : ["--exclude-entrypoints", ...binaries];
}

try {
  run("pnpm", ["pack", "--pack-destination", folder]);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (tarball !== undefined) {
    run("publint", ["run", join(folder, tarball), "--strict"]);
    // Declarations for CommonJS files stand before ES modules, which Node `require`s from 20.19 on; attw's rule is older.
    run("attw", [join(folder, tarball), "--profile", "esm-only", "--ignore-rules", "false-cjs", ...withoutBinaries()]);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string[]} problems @param {string} remedy */
function complain(problems, remedy) {
  if (problems.length === 0) return;
  console.error(`✗ ${problems.join("\n✗ ")}\n  ${remedy}`);
  process.exitCode = 1;
}

complain(checkReports("."), "If users may see this change, run `npm run api` and commit the report.");
complain(await checkSizes("."), "If the weight is worth it, run `npm run sizes -- --raise` and commit size.json with the reason.");
