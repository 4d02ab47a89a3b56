import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { show } from "@mixtura/core/authoring";
import { CommandError } from "../command-error.ts";
import { isOwnFile, isOwnFolder } from "./owned.ts";

/** The modules that a package.json lists as `{ "mixtura": { "plugins": ["name", …] } }`. */
export interface Manifest {
  readonly path: string;
  /** Where the modules are looked up from. */
  readonly folder: string;
  readonly names: readonly string[];
  /** Whether it and its folder belong to the caller. */
  readonly own: boolean;
}

/** Bytes of a package.json that is read. */
const MOST_BYTES = 2 ** 20;

/**
 * The nearest package.json of a folder or its parents, as far up as they belong to the caller; also that of the first folder that does not, to say
 * why it does not count.
 *
 * @throws CommandError `plugin` where its list is none
 */
export async function nearestManifest(folder: string): Promise<Manifest | undefined> {
  for (let at = await realpath(folder).catch(() => resolve(folder)); ; at = dirname(at)) {
    const path = join(at, "package.json");
    const ownFolder = await isOwnFolder(at);
    const text = await smallFile(path);
    if (text !== undefined) {
      const own = ownFolder && (await isOwnFile(path, at));
      return { path, folder: at, names: namesIn(text, path, own), own };
    }
    if (!ownFolder || dirname(at) === at) return undefined;
  }
}

/** The text of a file; not of a pipe, or of anything that has no end. */
async function smallFile(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile() || found.size > MOST_BYTES) return undefined;
  return readFile(path, "utf8").catch(() => undefined);
}

function namesIn(text: string, path: string, own: boolean): string[] {
  let manifest: { mixtura?: { plugins?: unknown } } | null;
  try {
    manifest = JSON.parse(text) as typeof manifest;
  } catch {
    return []; // a broken package.json is not ours to complain about
  }
  const names = manifest?.mixtura?.plugins;
  if (names === undefined) return [];
  if (Array.isArray(names) && names.every((name) => typeof name === "string")) return names;
  if (!own) return [];
  throw new CommandError("plugin", `${path}: "mixtura.plugins" must be a list of module names, found ${show(names)}.`);
}
