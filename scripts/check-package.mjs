// Run inside a package's folder: packs it as it would be published and holds publint and attw against the tarball.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "mixtura-pack-"));

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", shell: process.platform === "win32" });
  if (status === 0) return;
  console.error(`✗ ${command} ${args.join(" ")}\n${error?.message ?? ""}${stdout ?? ""}${stderr ?? ""}`);
  process.exitCode = 1;
}

try {
  run("pnpm", ["pack", "--pack-destination", folder]);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (tarball !== undefined) {
    run("publint", ["run", join(folder, tarball), "--strict"]);
    run("attw", [join(folder, tarball), "--profile", "esm-only"]);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
