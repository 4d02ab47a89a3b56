import type { Mixture, MixturePlugin, OptionDeclarations } from "@mixtura/core";
import { isMixturePlugin } from "@mixtura/core/internal";
import { gaussianMixturePlugin } from "@mixtura/mixture";
import type { SelectMixtureOptions } from "@mixtura/model-selection";
import { selectMixtureOptions } from "@mixtura/model-selection/internal";
import type { Command } from "commander";
import { Option } from "commander";
import { CommandError } from "../command-error.ts";
import { declaredFlags, givenOptions } from "../flags/declared.ts";
import { asksForHelp, flagValues } from "../flags/unparsed.ts";
import { flagName } from "../flags/names.ts";
import { pluginOption } from "../flags/plugin-option.ts";
import type { PluginSource } from "../plugins/source.ts";
import { pluginSource } from "../plugins/source.ts";
import type { Terminal } from "../terminal.ts";

/** What a posterior is fitted with where nothing is said: its number of components is the most it may use. */
const POSTERIOR_COMPONENTS = 10;

/** The plugins that a command can fit mixtures with. */
export interface MixtureTypes {
  /** Where plugins come from that read models. */
  readonly source: PluginSource;
  /** Those of mixtures, the default first. */
  readonly mixtures: readonly MixturePlugin[];
}

/** A fit as the flags ask for it. */
export interface MixtureChoice {
  readonly plugin: MixturePlugin;
  /** The options of a selection, or of the fit that it comes down to. */
  readonly options: SelectMixtureOptions<Mixture>;
  /** Those that only this estimator has. */
  readonly own: Readonly<Record<string, unknown>>;
  /** The modules that bring plugins, as they were named. */
  readonly modules: readonly string[];
}

/** The mixtures that there are, with those of the modules that a command line names. */
export async function mixtureTypes(terminal: Terminal, args: readonly string[]): Promise<MixtureTypes> {
  const source = await pluginSource(flagValues(args, "--plugin"), terminal);
  const named = flagValues(args, "--estimator").at(-1);
  const plugins = named === undefined || asksForHelp(args) ? source.plugins : await source.having(named);
  return {
    source,
    mixtures: [gaussianMixturePlugin, ...plugins.filter(isMixturePlugin).filter((plugin) => plugin !== gaussianMixturePlugin)],
  };
}

/** The options that an estimator has besides those of selections. */
export function ownOptions({ options }: MixturePlugin): OptionDeclarations {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !(name in selectMixtureOptions)));
}

/** `--estimator`, `--plugin` and the flags that single estimators have. */
export function addEstimatorFlags(command: Command, { mixtures }: MixtureTypes): void {
  const types = mixtures.map(({ type }) => type);
  command
    .addOption(
      new Option(
        "--estimator <type>",
        "What is fitted: by maximum likelihood, the posterior of up to --n-components components, or a mixture of a plugin",
      )
        .choices(types)
        .default(types[0])
        .helpGroup("Model:"),
    )
    .addOption(pluginOption());
  for (const plugin of mixtures) {
    const taken = new Set(command.options.map(({ long }) => long));
    for (const option of declaredFlags(ownOptions(plugin), `With --estimator ${plugin.type}:`))
      if (!taken.has(option.long)) command.addOption(option);
  }
}

/**
 * What the flags ask for.
 *
 * @throws CommandError `usage` for flags that the estimator does not have
 */
export function mixtureChoice(flags: Readonly<Record<string, unknown>>, { mixtures }: MixtureTypes): MixtureChoice {
  const plugin = mixtures.find(({ type }) => type === flags["estimator"])!;
  // The flag names a type where the option of that name is a list of plugins.
  const options = givenOptions(selectMixtureOptions, { ...flags, estimator: undefined }) as SelectMixtureOptions<Mixture>;
  const { criterion = "cv" } = options;
  if (plugin.mixture.isPosterior && criterion !== "cv")
    throw new CommandError("usage", `A posterior has no ${criterion.toUpperCase()}: leave out --criterion, or use --criterion cv.`);
  for (const other of mixtures) {
    const [foreign] = Object.keys(givenOptions(ownOptions(other), flags)).filter((name) => plugin.options[name] === undefined);
    if (foreign === undefined) continue;
    const whose = other.mixture.isPosterior ? "posteriors" : other.type;
    throw new CommandError("usage", `${flagName(foreign)} is a flag of ${whose}: add --estimator ${other.type}, or leave it out.`);
  }
  return { plugin, options, own: givenOptions(ownOptions(plugin), flags), modules: flags["plugin"] as readonly string[] };
}

/** The names of the flags that say what is to be fitted. */
export function fitFlags(flags: Readonly<Record<string, unknown>>, { mixtures }: MixtureTypes): string[] {
  const all = Object.assign({}, ...mixtures.map(ownOptions), selectMixtureOptions) as OptionDeclarations;
  const others = Object.keys(givenOptions(all, { ...flags, estimator: undefined }));
  return flags["estimator"] === mixtures[0]!.type ? others : ["estimator", ...others];
}

/** The options of the selection that a choice comes to. */
export function selectionOptions({ plugin, options, own }: MixtureChoice): SelectMixtureOptions<Mixture> {
  const made: MixturePlugin = { ...plugin, create: (given) => plugin.create({ ...(given as object), ...own } as never) };
  return { ...(plugin.mixture.isPosterior ? { criterion: "cv" } : {}), ...options, estimator: [made] };
}

/** The one number of components and form that a choice comes to, where it is one. */
export function singleChoice({ plugin, options }: MixtureChoice) {
  const { isPosterior } = plugin.mixture;
  const counts = [options.nComponents ?? (isPosterior ? POSTERIOR_COMPONENTS : [])].flat();
  if (counts.length !== 1) return undefined;
  const nComponents = counts[0]!;
  if (plugin.options["covarianceType"] === undefined) return { nComponents };
  const types = [options.covarianceType ?? (isPosterior ? "full" : [])].flat();
  return types.length === 1 ? { nComponents, covarianceType: types[0]! } : undefined;
}
