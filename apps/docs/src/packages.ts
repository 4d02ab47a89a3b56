import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Packages } from "./run-example.ts";

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
}

/** Every entry of every package, as it was built, by the name that it is imported under. */
export async function loadPackages(root: string): Promise<Packages> {
  const folders = readdirSync(join(root, "packages"));
  const entries = await Promise.all(folders.map((folder) => loadEntries(join(root, "packages", folder))));
  return Object.fromEntries(entries.flat());
}

async function loadEntries(folder: string): Promise<[name: string, exports: Readonly<Record<string, unknown>>][]> {
  const { name, exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const modules = Object.entries(exports).flatMap(([path, target]) => (typeof target === "string" ? [] : [{ path, file: target.default }]));
  return Promise.all(
    modules.map(async ({ path, file }) => {
      const url = pathToFileURL(join(folder, file)).href;
      return [`${name}${path.slice(1)}`, (await import(/* @vite-ignore */ url)) as Readonly<Record<string, unknown>>];
    }),
  );
}

/** The entries that users import: those for our own packages only are left out. */
export function publicOnly(packages: Packages): Packages {
  return Object.fromEntries(Object.entries(packages).filter(([specifier]) => !/\/internal(\/|$)/.test(specifier)));
}

/** The package whose folder a file is in. */
export function packageOf(root: string, file: string): string | undefined {
  const folder = /^packages\/[^/]+/.exec(file)?.[0];
  return folder === undefined ? undefined : (JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest).name;
}
