// Projects as users have them: folders outside the workspace, with packages as they are published.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

/** What npm need not do for a folder that is thrown away. */
const QUIET = ["--no-audit", "--no-fund", "--ignore-scripts"];

/** A new folder, which the caller removes. @param {string} purpose */
export function emptyFolder(purpose) {
  // Bundlers name modules by their real path.
  return realpathSync(mkdtempSync(join(tmpdir(), `mixtura-${purpose}-`)));
}

/**
 * Packs a package and all of ours that it needs, and installs the tarballs in a folder outside the workspace. Asks no registry.
 *
 * @param {string} name "@mixtura/mixture"
 * @returns {string} the folder, which the caller removes
 */
export function installPacked(name) {
  const folder = emptyFolder("packed");
  const packed = join(folder, "packed");
  mkdirSync(packed);
  run("pnpm", ["--filter-prod", `${name}...`, "pack", "--pack-destination", packed], { cwd: root });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const tarballs = readdirSync(packed).map((file) => `./packed/${file}`);
  run("npm", ["install", "--offline", ...QUIET, ...tarballs], { cwd: folder });
  return folder;
}

/**
 * Installs packages from a registry.
 *
 * @param {string} folder
 * @param {readonly string[]} names
 * @param {NodeJS.ProcessEnv} [env]
 */
export function installFetched(folder, names, env = process.env) {
  run("npm", ["install", "--prefer-offline", ...QUIET, ...names], { cwd: folder, env });
}

/**
 * Runs a command to its end and gives what it printed; anything but success is an error that says all of it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, success?: readonly number[], minutes?: number }} options
 */
export function run(command, args, { cwd, env = process.env, success = [0], minutes = 10 }) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env,
    encoding: "utf8",
    shell: process.platform === "win32",
    timeout: minutes * 60_000,
  });
  if (status === null || !success.includes(status))
    throw new Error(`${command} ${args.join(" ")}\n${error?.message ?? ""}${stdout ?? ""}${stderr ?? ""}`);
  return stdout;
}
