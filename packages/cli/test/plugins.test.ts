// A folder of somebody else's data must not decide what the program executes (#16). A module tells that it was run by a variable of this process.
import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { mixtura } from "./mixtura.ts";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

let modules = 0;
const runs = globalThis as unknown as { modulesRun?: string[] };
beforeEach(() => (runs.modulesRun = []));

/** A module with a plugin of its own type, which takes note that it was run. */
function moduleText(name: string, type = "Parity"): string {
  return `globalThis.modulesRun?.push(${JSON.stringify(name)});
    export const plugins = [{ contractVersion: 1, type: "${type}", summary: "", options: {}, capabilities: ["clustering"], create() {},
      revive: () => ({ type: "${type}", featureCount: 1, trace: {}, toJSON: () => ({}), predict: async (X) => X.data.map((x) => x % 2) }) }];`;
}

/** A folder that lists a module in its package.json, with a model of the module's type, a Gaussian one, and data. */
function projectFolder(parent = tmpdir()) {
  const folder = realpathSync(mkdtempSync(join(parent, "mixtura-plugins-")));
  folders.push(folder);
  const plugin = `./parity-${modules++}.mjs`; // a module runs once per process: each folder has its own
  const path = (name: string): string => join(folder, name);
  writeFileSync(path(plugin), moduleText(plugin));
  writeFileSync(path("package.json"), JSON.stringify({ mixtura: { plugins: [plugin] } }));
  writeFileSync(path("parity.json"), `{"format":"mixtura-model","version":1,"type":"Parity"}`);
  writeFileSync(path("data.csv"), "a\n1\n2\n3\n4\n5\n7\n");
  return { folder, plugin, path };
}

const run = (args: readonly string[], cwd: string, env: Record<string, string> = {}) => mixtura(args, { cwd, env });
const predict = ["predict", "parity.json", "data.csv"];
const noOwners = process.geteuid === undefined;
/** Folders of other users can be made by the superuser alone. */
const isRoot = process.geteuid?.() === 0;

describe.skipIf(noOwners)("modules of a package.json", () => {
  it("are loaded from a folder of the caller for a model that needs them, and named on standard error", async () => {
    const { folder, plugin, path } = projectFolder();
    mkdirSync(path("below"));

    const { code, stdout, stderr } = await run(["predict", "../parity.json", "../data.csv"], path("below"));

    expect({ code, stdout: stdout.split("\n").length }).toEqual({ code: 0, stdout: 8 });
    expect(stderr).toBe(`note: loading the plugin "${plugin}", which ${join(folder, "package.json")} lists.\n`);
    expect(runs.modulesRun).toEqual([plugin]);
  });

  it.each<[args: string[], code: number]>([
    [["fit", "data.csv", "--n-components", "1", "--output", "model.json"], 0],
    [["detect", "data.csv", "--contamination", "0.2"], 3],
    [["detect", "--help"], 0],
    [["help", "detect"], 0],
    [["fit", "--help"], 0],
    [["fit", "--estimator", "Parity", "--help"], 2],
    [["predict", "-h"], 0],
    [["--help"], 0],
    [["--version"], 0],
  ])("are not loaded by a command that does not need them: %j", async (args, code) => {
    const { folder } = projectFolder();

    const ended = await run(args, folder);

    expect({ code: ended.code, runs: runs.modulesRun }).toEqual({ code, runs: [] });
    expect(ended.stderr).not.toContain("loading");
  });

  it("are not loaded for a model of a known type", async () => {
    const { folder } = projectFolder();
    await run(["fit", "data.csv", "--n-components", "1", "--output", "model.json"], folder);

    for (const command of [
      ["predict", "model.json", "data.csv"],
      ["describe", "model.json"],
      ["sample", "model.json"],
      ["score", "model.json", "data.csv"],
    ])
      expect(await run(command, folder)).toMatchObject({ code: 0 });

    expect(runs.modulesRun).toEqual([]);
  });

  it("are loaded for an estimator that is named and not ours", async () => {
    const { folder, plugin } = projectFolder();

    const { stderr } = await run(["detect", "data.csv", "--estimator", "Parity"], folder);

    expect(runs.modulesRun).toEqual([plugin]);
    expect(stderr).toContain("Parity is not a detector");
  });

  it.each(["folder", "package.json", "module", "module's folder", "folder between"])(
    "are not loaded where anybody may write: the %s",
    async (what) => {
      const { folder, path } = projectFolder();
      mkdirSync(path("lib/deep"), { recursive: true });
      const plugin = "./lib/deep/parity.mjs";
      writeFileSync(path(plugin), moduleText(plugin));
      writeFileSync(path("package.json"), JSON.stringify({ mixtura: { plugins: [plugin] } }));
      const open = {
        folder,
        "package.json": path("package.json"),
        module: path(plugin),
        "module's folder": path("lib/deep"),
        "folder between": path("lib"),
      };
      chmodSync(open[what as keyof typeof open], 0o777);

      const { code, stderr } = await run(predict, folder);

      expect({ code, runs: runs.modulesRun }).toEqual({ code: 1, runs: [] });
      expect(stderr).toMatch(
        /^note: .*package\.json lists "\.\/lib\/deep\/parity\.mjs", not loaded: .* pass --plugin \.\/lib\/deep\/parity\.mjs, or set MIXTURA_PLUGINS\.\nerror\[unknown-model-type\]/,
      );
    },
  );

  it("are not loaded from a parent that lies beyond a folder anybody may write to", async () => {
    const { path } = projectFolder();
    mkdirSync(path("shared/mine"), { recursive: true });
    chmodSync(path("shared"), 0o1777);

    await run(["predict", "../../parity.json", "../../data.csv"], path("shared/mine"));

    expect(runs.modulesRun).toEqual([]);
  });

  it.skipIf(!isRoot).each(["folder", "package.json", "module"])("are not loaded where another user owns the %s", async (what) => {
    const { folder, path, plugin } = projectFolder();
    const foreign = { folder, "package.json": path("package.json"), module: path(plugin) };
    chownSync(foreign[what as keyof typeof foreign], 12345, 12345);

    const { code, stderr } = await run(predict, folder);

    expect({ code, runs: runs.modulesRun }).toEqual({ code: 1, runs: [] });
    expect(stderr).toContain("not loaded");
  });

  it.skipIf(!isRoot)("are not loaded from a parent beyond a folder of another user, nor through a link into one", async () => {
    const { path, folder } = projectFolder();
    mkdirSync(path("theirs/below"), { recursive: true });
    writeFileSync(path("theirs/parity.mjs"), moduleText("theirs"));
    chownSync(path("theirs"), 12345, 12345);
    symlinkSync("theirs/parity.mjs", path("linked.mjs"));
    writeFileSync(path("package.json"), JSON.stringify({ mixtura: { plugins: ["./linked.mjs"] } }));

    await run(["predict", "../parity.json", "../data.csv"], path("theirs"));
    await run(predict, folder);

    expect(runs.modulesRun).toEqual([]);
  });
});

describe("modules that the user names", () => {
  it.each([
    ["--plugin", (plugin: string) => ({ args: ["--plugin", plugin], env: {} as Record<string, string> })],
    ["MIXTURA_PLUGINS", (plugin: string) => ({ args: [], env: { MIXTURA_PLUGINS: `${plugin}` } as Record<string, string> })],
  ])("are loaded from anywhere: %s", async (_, named) => {
    const { folder, plugin } = projectFolder();
    chmodSync(folder, 0o777);
    const { args, env } = named(plugin);

    const { code } = await run([...predict, ...args], folder, env);

    expect({ code, runs: runs.modulesRun }).toEqual({ code: 0, runs: [plugin] });
  });

  it("are loaded from MIXTURA_PLUGINS where they are needed, and named on standard error", async () => {
    const { folder, path } = projectFolder();
    writeFileSync(path("package.json"), "{}");
    writeFileSync(path("one.mjs"), moduleText("one", "One"));
    writeFileSync(path("two.mjs"), moduleText("two"));
    const env = { MIXTURA_PLUGINS: ` ./one.mjs, ${path("two.mjs")},` };

    const help = await run(["detect", "--help"], folder, env);
    const ours = await run(["fit", "data.csv", "--n-components", "1"], folder, env);
    const needed = await run(predict, folder, env);

    expect([help.stderr, ours.stderr]).toEqual(["", ""]);
    expect({ code: needed.code, runs: runs.modulesRun }).toEqual({ code: 0, runs: ["one", "two"] });
    expect(needed.stderr.split("\n")).toHaveLength(3);
  });

  it("are refused with their code where they are no file", async () => {
    const { folder } = projectFolder();

    const { code, stderr } = await run([...predict, "--plugin", "."], folder);

    expect({ code, stderr }).toEqual({ code: 1, stderr: `error[plugin]: plugin "." (asked for by --plugin): it is not a file.\n` });
  });
});

describe.skipIf(noOwners)("TensorFlow.js of the working folder", () => {
  it.each<[mode: number, runs: readonly string[]]>([
    [0o755, ["tfjs"]],
    [0o777, []],
  ])("is run where the folder belongs to the caller alone: mode %o", async (mode, expected) => {
    const { folder, path } = projectFolder();
    const name = "node_modules/@tensorflow/tfjs-node";
    mkdirSync(path(name), { recursive: true });
    writeFileSync(path(`${name}/package.json`), `{"name":"@tensorflow/tfjs-node","version":"9.9.9","main":"index.cjs"}`);
    writeFileSync(path(`${name}/index.cjs`), `globalThis.modulesRun.push("tfjs"); module.exports = {};`);
    chmodSync(folder, mode);

    const { stdout } = await run(["fit", "data.csv", "--n-components", "1", "--backend", "tfjs-node"], folder);

    expect({ stdout, runs: runs.modulesRun }).toEqual({ stdout: "", runs: expected }); // this one is no TensorFlow.js, and ours brings none
  });
});
