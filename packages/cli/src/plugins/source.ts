import type { AnyEstimatorPlugin } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { plugins as covariancePlugins } from "@mixtura/covariance";
import { plugins as ecodPlugins } from "@mixtura/ecod";
import { plugins as kernelDensityPlugins } from "@mixtura/kernel-density";
import { plugins as mixturePlugins } from "@mixtura/mixture";
import { plugins as outlierPlugins } from "@mixtura/outliers";
import { inSentence } from "@mixtura/wording/internal";
import { shellPath } from "../report/shell-path.ts";
import type { Terminal } from "../terminal.ts";
import type { Manifest } from "./manifest.ts";
import { nearestManifest } from "./manifest.ts";
import type { PluginModule } from "./module.ts";
import { broken, fileOf, loadPlugins } from "./module.ts";
import { isOwnFile } from "./owned.ts";

/** The plugins of a command. */
export interface PluginSource {
  /** Ours, and those of `--plugin`: what was asked for on this command line. */
  readonly plugins: readonly AnyEstimatorPlugin[];
  /**
   * The plugins for a type. Where none of {@link PluginSource.plugins} has it, modules of `MIXTURA_PLUGINS` and of the nearest package.json are loaded,
   * and named on standard error; those of a package.json only where they and it belong to the caller.
   *
   * @throws CommandError `plugin`
   */
  having(type: string): Promise<readonly AnyEstimatorPlugin[]>;
}

/**
 * Loads the modules of `--plugin`, and no others before they are needed.
 *
 * @throws CommandError `plugin` for a module that cannot be loaded or brings no plugins, or a type that is taken
 */
export async function pluginSource(named: readonly string[], terminal: Terminal): Promise<PluginSource> {
  const folder = terminal.host.cwd();
  const ours = [...mixturePlugins, ...kernelDensityPlugins, ...ecodPlugins, ...covariancePlugins, ...outlierPlugins];
  const asked = named.map((name) => ({ name, folder, asker: "--plugin" }));
  const plugins = await withModules(ours, asked, () => undefined);
  let all: Promise<readonly AnyEstimatorPlugin[]> | undefined;
  return {
    plugins,
    having(type) {
      if (plugins.some((plugin) => plugin.type === type)) return Promise.resolve(plugins);
      return (all ??= withImplied(plugins, terminal));
    },
  };
}

async function withModules(
  plugins: readonly AnyEstimatorPlugin[],
  modules: readonly PluginModule[],
  onLoad: (module: PluginModule) => void,
): Promise<readonly AnyEstimatorPlugin[]> {
  const found = [...plugins];
  for (const module of modules) {
    const file = fileOf(module);
    onLoad(module);
    for (const plugin of await loadPlugins(module, file)) {
      if (found.includes(plugin)) continue;
      if (found.some(({ type }) => type === plugin.type)) throw broken(module, `its type "${plugin.type}" is taken by another plugin`);
      found.push(plugin);
    }
  }
  return found;
}

/** The variable that lists modules, with commas between them, as flags do. */
const VARIABLE = "MIXTURA_PLUGINS";

async function withImplied(plugins: readonly AnyEstimatorPlugin[], terminal: Terminal): Promise<readonly AnyEstimatorPlugin[]> {
  const { host } = terminal;
  const folder = host.cwd();
  const names = (host.env[VARIABLE] ?? "").split(",").map((name) => name.trim());
  const consented = names.filter((name) => name !== "").map((name) => ({ name, folder, asker: VARIABLE }));
  const manifest = await nearestManifest(folder);
  const listed = manifest === undefined ? [] : await ownModules(manifest, terminal);
  return withModules(plugins, [...consented, ...listed], ({ name, asker }) =>
    terminal.note(`note: loading the plugin ${show(name)}, which ${asker} lists.`),
  );
}

/** Modules of a package.json that belong to the caller as it does; of the others, what to do to have them. */
async function ownModules({ path, folder, names, own }: Manifest, terminal: Terminal): Promise<PluginModule[]> {
  const modules = names.map((name) => ({ name, folder, asker: path }));
  const verdicts = await Promise.all(modules.map(async (module) => own && (await isOwnFile(fileOf(module), folder))));
  const foreign = modules.filter((_, at) => !verdicts[at]);
  if (foreign.length > 0) {
    const shown = inSentence(
      foreign.map(({ name }) => show(name)),
      "and",
      3,
    );
    const reason =
      process.geteuid === undefined
        ? "this system does not say whose it is"
        : "it lies in a folder that is not yours alone, or is not yours itself";
    terminal.note(
      `note: ${path} lists ${shown}, not loaded: ${reason}. Where you trust it, pass --plugin ${shellPath(foreign[0]!.name)}, or set ${VARIABLE}.`,
    );
  }
  return modules.filter((_, at) => verdicts[at]);
}
