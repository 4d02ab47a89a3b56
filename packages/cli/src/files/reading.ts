import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { LoadLibrary } from "@mixtura/io/internal";
import type { Terminal } from "../terminal.ts";

/** What a reading takes besides its options. Packages for files that few have may also be installed in the folder where the command is called. */
export function readingContext({ signal, host }: Terminal): { readonly signal: AbortSignal; readonly loadLibrary: LoadLibrary } {
  return { signal, loadLibrary: (name) => libraryIn(host.cwd(), name) };
}

/** A package as it is installed in a folder, or one above it. */
export async function libraryIn(folder: string, name: string): Promise<object> {
  const file = createRequire(join(folder, "package.json")).resolve(name);
  const found = (await import(pathToFileURL(file).href)) as { readonly default?: object };
  return { ...found.default, ...found }; // what was written for `require` may have all its names there
}
