import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { AnyEstimatorPlugin } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { checkPlugins } from "@mixtura/core/internal";
import { CommandError } from "../command-error.ts";

/** A module that brings plugins, and the folder that its name is looked up from. */
export interface PluginModule {
  readonly name: string;
  readonly folder: string;
  /** Who asked for it, for error texts. */
  readonly asker: string;
}

/**
 * The file of a module: a path is taken from the folder, a package is looked up from there.
 *
 * @throws CommandError `plugin` where there is none
 */
export function fileOf(module: PluginModule): string {
  const { name, folder } = module;
  try {
    const path = resolve(folder, name);
    const isPath = name.startsWith(".") || isAbsolute(name) || statSync(path, { throwIfNoEntry: false }) !== undefined;
    const file = isPath ? path : createRequire(join(resolve(folder), "package.json")).resolve(name);
    if (statSync(file).isFile()) return file;
  } catch (error) {
    throw cannotLoad(module, error);
  }
  throw broken(module, "it is not a file"); // such as a pipe, which would be waited for
}

/**
 * Runs a module, which exports a list named `plugins`.
 *
 * @param file as of {@link fileOf}
 * @throws CommandError `plugin` for a module that cannot be loaded or brings no plugins
 */
export async function loadPlugins(module: PluginModule, file: string): Promise<readonly AnyEstimatorPlugin[]> {
  let exported: unknown;
  try {
    exported = ((await import(pathToFileURL(file).href)) as { plugins?: unknown }).plugins;
  } catch (error) {
    throw cannotLoad(module, error);
  }
  try {
    return checkPlugins(exported);
  } catch (error) {
    if (!isMixturaError(error)) throw error;
    throw broken(module, error.message.replace(/\.$/, ""), { cause: error });
  }
}

function cannotLoad(module: PluginModule, error: unknown): CommandError {
  const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
  return broken(module, `it cannot be loaded (${reason})`, { cause: error });
}

/** @throws never; it makes the error */
export function broken({ name, asker }: PluginModule, problem: string, options?: ErrorOptions): CommandError {
  return new CommandError("plugin", `plugin ${show(name)} (asked for by ${asker}): ${problem}.`, options);
}
