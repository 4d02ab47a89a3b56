import { Option } from "commander";
import { shellPath } from "../report/shell-path.ts";

/** `--plugin`, for commands that read models. */
export function pluginOption(): Option {
  return new Option("--plugin <module>", "Load a module of plugins for further types of models; may be repeated.")
    .argParser((name: string, before: readonly string[]) => [...before, name])
    .default([], "as needed, those of MIXTURA_PLUGINS and of mixtura.plugins in a package.json of yours")
    .helpGroup("Model:");
}

/** The flags that bring plugins again, for a command to repeat. */
export function pluginFlags(modules: readonly string[]): string[] {
  return modules.map((name) => `--plugin ${shellPath(name)}`);
}
