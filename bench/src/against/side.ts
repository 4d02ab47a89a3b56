// One side of a comparison: a process that holds the packages of one checkout and runs jobs by name.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Modules, Work } from "./jobs.ts";
import { jobs } from "./jobs.ts";

const root = process.argv[2]!;
const load = async <Name extends keyof Modules>(name: Name, folder: string = name): Promise<Modules[Name]> =>
  (await import(pathToFileURL(join(root, "packages", folder, "dist", "index.js")).href)) as Modules[Name];
const modules: Modules = {
  mixture: await load("mixture"),
  covariance: await load("covariance"),
  core: await load("core"),
  backend: await load("backend"),
  wasm: await load("wasm", "backend-wasm"),
};
const prepared = new Map<string, Work>();

process.on("message", (name: string) => {
  void (async () => {
    let work = prepared.get(name);
    if (work === undefined) {
      work = jobs[name]!(modules);
      prepared.set(name, work);
    }
    const before = process.cpuUsage();
    const value = await work();
    const { user, system } = process.cpuUsage(before);
    process.send!({ seconds: (user + system) / 1e6, value });
  })();
});
process.send!("ready");
