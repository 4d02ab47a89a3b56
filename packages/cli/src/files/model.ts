import { readFile } from "node:fs/promises";
import type { Backend } from "@mixtura/backend";
import type { AnyEstimatorPlugin, Capability, FittedModel } from "@mixtura/core";
import { isMixturaError, loadModel, MixturaError } from "@mixtura/core";
import { movedTo } from "@mixtura/core/internal";
import { formatOfName } from "@mixtura/io";

/**
 * Reads a model file.
 *
 * @param backend where the model is to compute; absent, where it chooses itself
 * @throws MixturaError `read-error`, `invalid-model`, `unsupported-version`, `unknown-model-type`; all name the file
 */
export async function readModel(
  path: string,
  plugins: readonly AnyEstimatorPlugin[],
  backend?: Backend,
): Promise<{ model: FittedModel; capabilities: readonly Capability[] }> {
  const json = await readText(path);
  try {
    const model = movedTo(loadModel(json, { plugins }), backend);
    return { model, capabilities: plugins.find(({ type }) => type === model.type)!.capabilities };
  } catch (error) {
    if (!isMixturaError(error)) throw error;
    const format = formatOfName(path);
    const swapped =
      format === undefined || format === "json" ? "" : " A table is named after the model, which `mixtura fit --output` writes.";
    throw new MixturaError(error.code, `${path}: ${error.message}${swapped}`, error.detail, { cause: error });
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const problem =
      code === "ENOENT"
        ? "there is no such file."
        : code === "EISDIR"
          ? "this is a folder, not a model file."
          : `the file cannot be read (${message}).`;
    throw new MixturaError("read-error", `${path}: ${problem}`, { source: path }, { cause: error });
  }
}
