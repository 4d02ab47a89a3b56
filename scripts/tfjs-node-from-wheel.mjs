// `node scripts/tfjs-node-from-wheel.mjs [--version 2.12.1] [--folder DIR] [-- vitest arguments]`: for developers who want @tensorflow/tfjs-node
// where its own install step cannot fetch libtensorflow. Takes the libraries and C headers out of the wheel that pip gives, builds tfjs-node's
// addon from source against them, and runs the tests of backend-tfjs on the engine "tensorflow". Nothing is written outside DIR.
//
// Needs Linux on x64, Python 3 with pip, a C++ compiler ($CXX, else c++), and the built workspace. 3 GB in DIR.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";

const TFJS_NODE = "4.22.0";
/** From 2.12 on the C interface is in a library of its own, libtensorflow_cc; before, in an extension module that only Python can load. */
const FIRST_WITH_LIBRARY = [2, 12];

/** A sentence about what stands in the way. */
class Obstacle extends Error {}

const root = resolve(import.meta.dirname, "..");
const { values, positionals } = parseArgs({
  options: { version: { type: "string", default: "2.12.1" }, folder: { type: "string", default: join(tmpdir(), "tfjs-node-from-wheel") } },
  allowPositionals: true,
});

/** @param {string} command @param {string[]} args @param {import("node:child_process").SpawnSyncOptions} [options] */
function run(command, args, options = {}) {
  console.log(`$ ${command} ${args.map((arg) => (arg.length > 160 ? "…" : arg)).join(" ")}`);
  const { status, error } = spawnSync(command, args, { stdio: "inherit", ...options });
  if (status !== 0) throw new Obstacle(`${command} failed${error === undefined ? "" : `: ${error.message}`}.`);
}

/** Downloads the wheel for whichever Python it was made for: nothing of Python's is used. @param {string} version @param {string} folder */
function downloadWheel(version, folder) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < (FIRST_WITH_LIBRARY[0] ?? 0) || (major === FIRST_WITH_LIBRARY[0] && minor < (FIRST_WITH_LIBRARY[1] ?? 0)))
    throw new Obstacle(`Wheels before ${FIRST_WITH_LIBRARY.join(".")} have no libtensorflow_cc; ${version} was asked for.`);
  const wheels = join(folder, "wheels");
  const found = () => (existsSync(wheels) ? readdirSync(wheels) : []).find((name) => name.startsWith(`tensorflow_cpu-${version}-`));
  if (found() === undefined) {
    const platforms = ["manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_27_x86_64"].flatMap((name) => ["--platform", name]);
    const python = ["--python-version", "3.11", "--only-binary=:all:", "--no-deps"];
    run("python3", ["-m", "pip", "download", "--quiet", ...python, ...platforms, "-d", wheels, `tensorflow-cpu==${version}`]);
  }
  return join(wheels, found() ?? "");
}

/** @param {string} wheel @param {string} folder */
function unpack(wheel, folder) {
  const unpacked = join(folder, "unpacked", wheel.replace(/^.*-(\d+\.\d+\.\d+\w*)-cp.*$/, "$1"));
  if (!existsSync(join(unpacked, "tensorflow", "libtensorflow_cc.so.2"))) {
    const program = [
      "import sys, zipfile",
      "wheel = zipfile.ZipFile(sys.argv[1])",
      "wanted = ('tensorflow/libtensorflow', 'tensorflow/include/tensorflow/', 'tensorflow/include/xla/tsl/', 'tensorflow/include/tsl/')",
      "wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.startswith(wanted) and not name.endswith('.proto')])",
    ];
    run("python3", ["-c", program.join("\n"), wheel, unpacked]);
  }
  return join(unpacked, "tensorflow");
}

/** @param {string} folder */
function installPackage(folder) {
  const project = join(folder, "project");
  const installed = join(project, "node_modules", "@tensorflow", "tfjs-node");
  if (!existsSync(installed)) {
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, "package.json"), '{ "private": true }\n');
    run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", `@tensorflow/tfjs-node@${TFJS_NODE}`], { cwd: project });
  }
  return installed;
}

/** Builds the addon where the package looks for it. @param {string} tensorflow @param {string} installed */
function buildAddon(tensorflow, installed) {
  const headers = resolve(dirname(process.execPath), "..", "include", "node");
  if (!existsSync(join(headers, "node_api.h")))
    throw new Obstacle(`Node's headers are not in ${headers}. Run this with a Node that brings them.`);
  const libraries = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];
  const deps = join(installed, "deps");
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(join(deps, "lib"), { recursive: true });
  symlinkSync(join(tensorflow, "include"), join(deps, "include"));
  for (const library of libraries) symlinkSync(join(tensorflow, library), join(deps, "lib", library));
  const addon = join(installed, "lib", "napi-v8");
  mkdirSync(addon, { recursive: true });
  run(process.env["CXX"] ?? "c++", [
    "-shared",
    "-fPIC",
    "-std=c++17",
    "-O2",
    "-w",
    "-DNAPI_VERSION=8",
    `-I${headers}`,
    `-I${join(deps, "include")}`,
    ...["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => join(installed, "binding", file)),
    "-o",
    join(addon, "tfjs_binding.node"),
    `-L${join(deps, "lib")}`,
    ...libraries.map((library) => `-l:${library}`),
    "-Wl,-rpath,$ORIGIN/../../deps/lib",
  ]);
}

try {
  const folder = resolve(values.folder);
  const tensorflow = unpack(downloadWheel(values.version, folder), folder);
  const installed = installPackage(folder);
  buildAddon(tensorflow, installed);
  const environment = { ...process.env, MIXTURA_TFJS_NODE: installed, TF_CPP_MIN_LOG_LEVEL: "1" };
  const tests = ["exec", "vitest", "run", "--project", "backend-tfjs", ...positionals];
  run("pnpm", tests, { cwd: root, env: environment });
  console.log(
    `✓ tfjs-node ${TFJS_NODE} on TensorFlow ${values.version}: the tests of backend-tfjs passed with MIXTURA_TFJS_NODE=${installed}`,
  );
} catch (error) {
  if (!(error instanceof Obstacle)) throw error;
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
}
