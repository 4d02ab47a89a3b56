import { readFile } from "node:fs/promises";
import type { Backend } from "@mixtura/backend";
import type { AnyEstimatorPlugin, Capability, FittedModel } from "@mixtura/core";
import { isMixturaError, loadModel, MixturaError } from "@mixtura/core";
import { movedTo } from "@mixtura/core/internal";
import { formatOfName } from "@mixtura/io";
import type { PluginSource } from "../plugins/source.ts";
import type { Terminal } from "../terminal.ts";
import { cannotRead } from "./cannot-read.ts";
import { onceInput } from "./once.ts";
import { isPipe } from "./pipe.ts";

/** A model, and the plugin that read it. */
export interface ReadModel {
  readonly model: FittedModel;
  readonly plugin: AnyEstimatorPlugin;
  readonly capabilities: readonly Capability[];
  /** Bytes of its file. */
  readonly bytes: number;
}

/**
 * Reads a model file, or what comes out of a pipe.
 *
 * @param source is asked for more where the model's type needs them
 * @param backend where the model is to compute; absent, where it chooses itself
 * @throws MixturaError `read-error`, `invalid-model`, `unsupported-version`, `unknown-model-type`; all name the file
 */
export async function readModel(path: string, source: PluginSource, terminal: Terminal, backend?: Backend): Promise<ReadModel> {
  const json = await readText(path, terminal);
  try {
    const { model, plugins } = await load(json, source);
    const plugin = plugins.find(({ type }) => type === model.type)!;
    return { model: movedTo(model, backend), plugin, capabilities: plugin.capabilities, bytes: Buffer.byteLength(json) };
  } catch (error) {
    if (!isMixturaError(error)) throw error;
    const format = formatOfName(path);
    const swapped =
      format === undefined || format === "json" ? "" : " A table is named after the model, which `mixtura fit --output` writes.";
    throw new MixturaError(error.code, `${path}: ${error.message}${swapped}`, error.detail, { cause: error });
  }
}

/** A model by the plugins at hand; by further ones only where it, or a model inside it, is of none of their types. */
async function load(
  json: string,
  source: PluginSource,
): Promise<{ readonly model: FittedModel; readonly plugins: readonly AnyEstimatorPlugin[] }> {
  try {
    return { model: loadModel(json, source), plugins: source.plugins };
  } catch (error) {
    if (!isMixturaError(error, "unknown-model-type")) throw error;
    const more = await source.having(error.detail.type);
    if (more.length === source.plugins.length) throw error;
    return { model: loadModel(json, { plugins: more }), plugins: more };
  }
}

async function readText(path: string, terminal: Terminal): Promise<string> {
  try {
    if (!(await isPipe(path))) return await readFile(path, { encoding: "utf8", signal: terminal.signal });
    const pieces: Uint8Array[] = [];
    for await (const piece of (await onceInput(path, terminal))!.open()) pieces.push(piece);
    return Buffer.concat(pieces).toString("utf8");
  } catch (error) {
    if (isMixturaError(error)) throw error;
    throw cannotRead(path, "model file", error);
  }
}
