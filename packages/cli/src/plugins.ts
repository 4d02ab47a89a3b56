import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { AnyEstimatorPlugin } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { checkPlugins } from "@mixtura/core/internal";
import { plugins as covariancePlugins } from "@mixtura/covariance";
import { plugins as ecodPlugins } from "@mixtura/ecod";
import { plugins as kernelDensityPlugins } from "@mixtura/kernel-density";
import { plugins as mixturePlugins } from "@mixtura/mixture";
import { plugins as outlierPlugins } from "@mixtura/outliers";
import { CommandError } from "./command-error.ts";

/** A module that brings plugins, and the folder that its name is looked up from. */
interface PluginModule {
  readonly name: string;
  readonly folder: string;
  /** Who asked for it, for error texts. */
  readonly asker: string;
}

/**
 * Our plugins, those of `--plugin`, and those that the nearest package.json lists as `{ "mixtura": { "plugins": ["name", …] } }`.
 * A module exports a list named `plugins`.
 *
 * @throws CommandError `plugin` for a module that cannot be loaded or brings no plugins, or a type that is taken
 */
export async function findPlugins(named: readonly string[], folder: string): Promise<readonly AnyEstimatorPlugin[]> {
  const modules = [...named.map((name) => ({ name, folder, asker: "--plugin" })), ...(await listedModules(folder))];
  const found = [...mixturePlugins, ...kernelDensityPlugins, ...ecodPlugins, ...covariancePlugins, ...outlierPlugins];
  for (const module of modules) {
    for (const plugin of await loadPlugins(module)) {
      if (found.includes(plugin)) continue;
      if (found.some(({ type }) => type === plugin.type)) throw broken(module, `its type "${plugin.type}" is taken by another plugin`);
      found.push(plugin);
    }
  }
  return found;
}

async function listedModules(folder: string): Promise<PluginModule[]> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const path = join(at, "package.json");
    const text = await readFile(path, "utf8").catch(() => undefined);
    if (text !== undefined) return namesIn(text, path).map((name) => ({ name, folder: at, asker: path }));
    if (dirname(at) === at) return [];
  }
}

function namesIn(text: string, path: string): string[] {
  let manifest: { mixtura?: { plugins?: unknown } } | null;
  try {
    manifest = JSON.parse(text) as typeof manifest;
  } catch {
    return []; // a broken package.json is not ours to complain about
  }
  const names = manifest?.mixtura?.plugins;
  if (names === undefined) return [];
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string")) {
    throw new CommandError("plugin", `${path}: "mixtura.plugins" must be a list of module names, found ${show(names)}.`);
  }
  return names;
}

async function loadPlugins(module: PluginModule): Promise<readonly AnyEstimatorPlugin[]> {
  let exported: unknown;
  try {
    exported = ((await import(locate(module))) as { plugins?: unknown }).plugins;
  } catch (error) {
    throw broken(module, `it cannot be loaded (${error instanceof Error ? error.message.split("\n")[0] : String(error)})`, {
      cause: error,
    });
  }
  try {
    return checkPlugins(exported);
  } catch (error) {
    if (!isMixturaError(error)) throw error;
    throw broken(module, error.message.replace(/\.$/, ""), { cause: error });
  }
}

/** A path is taken from the folder, a package is looked up from there. */
function locate({ name, folder }: PluginModule): string {
  if (name.startsWith(".") || isAbsolute(name) || existsSync(resolve(folder, name))) return pathToFileURL(resolve(folder, name)).href;
  return pathToFileURL(createRequire(join(resolve(folder), "package.json")).resolve(name)).href;
}

function broken({ name, asker }: PluginModule, problem: string, options?: ErrorOptions): CommandError {
  return new CommandError("plugin", `plugin "${name}" (asked for by ${asker}): ${problem}.`, options);
}
