import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Backend } from "@mixtura/backend";
import type { TensorFlow, TfjsPackage } from "@mixtura/backend-tfjs";
import type { BackendName as KnownName } from "@mixtura/backends";
import { backendsOn } from "@mixtura/backends";
import type { BackendCandidate } from "@mixtura/backend/trial";
import { isOwnFile, isOwnFolder } from "./plugins/owned.ts";

/** The names of `--backend`; "auto" leaves the choice to the estimator, which weighs the work and stays in float64. */
export type BackendName = "auto" | KnownName;

/** The backends of `--backend`, loaded when they are asked for: TensorFlow.js from the folder that the command runs in, else from the folder of this file. */
export const CANDIDATES: readonly BackendCandidate[] = backendsOn("node").map(({ name, precision, load }) => ({
  name,
  precision,
  load: () => load({ tensorFlow: (from) => fromFolder(from, process.cwd()) }),
}));

/** All that `--backend` takes. */
export const BACKEND_NAMES: readonly string[] = ["auto", ...CANDIDATES.map(({ name }) => name)];

/** Loads the backend that was asked for by name; undefined for "auto". */
export async function loadBackend(name: BackendName): Promise<Backend | undefined> {
  return CANDIDATES.find((known) => known.name === name)?.load();
}

/** A package as a program in the folder would get it; undefined where it is not installed there, or where the folder or the package is not the caller's own. */
async function fromFolder(name: TfjsPackage, folder: string): Promise<TensorFlow | undefined> {
  let path: string;
  try {
    path = createRequire(join(resolve(folder), "package.json")).resolve(name);
  } catch {
    return undefined;
  }
  if (!(await isOwnFolder(folder)) || !(await isOwnFile(path, folder))) return undefined;
  // Else newer NVIDIA processors multiply with 10 binary digits of 24. TensorFlow looks once, when it is loaded.
  if (name === "@tensorflow/tfjs-node-gpu") process.env["NVIDIA_TF32_OVERRIDE"] ??= "0";
  const loaded = (await import(pathToFileURL(path).href)) as TensorFlow & { readonly default?: TensorFlow };
  return loaded.default ?? loaded;
}
