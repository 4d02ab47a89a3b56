// A project as a user has it: the packages come from tarballs, as they would be published.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..", "..");

/**
 * Packs a package and all of ours that it needs, and installs the tarballs in a folder outside the workspace. Asks no registry.
 *
 * @param {string} name "@mixtura/mixture"
 * @returns {string} the folder, which the caller removes
 */
export function installPacked(name) {
  // Bundlers name modules by their real path.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "mixtura-bundles-")));
  const packed = join(folder, "packed");
  mkdirSync(packed);
  run("pnpm", ["--filter-prod", `${name}...`, "pack", "--pack-destination", packed], root);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const tarballs = readdirSync(packed).map((file) => `./packed/${file}`);
  run("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", ...tarballs], folder);
  return folder;
}

/** @param {string} command @param {readonly string[]} args @param {string} cwd */
function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8", shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${error?.message ?? ""}${stdout ?? ""}${stderr ?? ""}`);
}
