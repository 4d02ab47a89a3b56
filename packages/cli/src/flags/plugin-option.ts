import { Option } from "commander";

/** `--plugin`, for commands that read models. */
export function pluginOption(): Option {
  return new Option("--plugin <module>", "Load a module with plugins that read further types of models; may be repeated.")
    .argParser((name: string, before: readonly string[]) => [...before, name])
    .default([], "those of mixtura.plugins in the nearest package.json")
    .helpGroup("Model:");
}
