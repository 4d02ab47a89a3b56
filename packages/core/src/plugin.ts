import { MixturaError, show } from "./errors.ts";
import type { Estimator, FittedModel } from "./estimator.ts";
import type { ModelJSON } from "./model-json.ts";
import { readModelHeads } from "./model-json.ts";
import type { AnyOptionDeclaration, OptionDeclarations } from "./options/declare.ts";
import { inRange } from "./options/in-range.ts";
import { isRange } from "./options/sound-range.ts";

/** What an estimator can do; it decides which conformance tests, commands and pages apply. */
export type Capability =
  | "density" // scoreSamples gives a natural-log density that integrates to 1
  | "clustering" // predict gives a label per row
  | "soft-clustering" // predictProba gives responsibilities per row
  | "mixture" // a weighted sum of densities: see `Mixture`; its plugin is a `MixturePlugin`
  | "outlier" // predict gives +1 / −1
  | "transform" // apply changes coordinates: see `Transformer`
  | "sampling" // sample draws rows
  | "weights" // fit takes sampleWeight
  | "blocks" // fit takes a BlockSource or a RowSource
  | "steps"; // every state of the fit can be walked

/** The version of the plugin contract described here. */
export const PLUGIN_CONTRACT_VERSION = 1;

/** What reading a model may need in addition to its JSON. */
export interface ReviveContext {
  /** Readers of the models that a model holds, such as the density inside a detector. */
  readonly plugins: readonly AnyEstimatorPlugin[];
}

/**
 * One estimator, as a plain object that tools can list: check it with `satisfies EstimatorPlugin`.
 * Nothing registers itself on import; packages export a list named `plugins`.
 */
export interface EstimatorPlugin<Options extends object = never, Fitted extends FittedModel = FittedModel> {
  readonly contractVersion: typeof PLUGIN_CONTRACT_VERSION;
  /** The name in models and on the command line: "GaussianMixture". */
  readonly type: string;
  /** One sentence for lists. */
  readonly summary: string;
  readonly options: OptionDeclarations;
  readonly capabilities: readonly Capability[];
  /** A new estimator. Throws `invalid-option` or `unknown-option`. */
  create(options: Options): Estimator<Fitted>;
  /** Builds the fitted model from untrusted JSON. `loadModel` passes the plugins that it was given, for models that hold others. */
  revive(json: ModelJSON, context?: ReviveContext): Fitted;
}

/** A plugin of any options and model, as lists hold them. */
// oxlint-disable-next-line typescript/no-explicit-any -- method parameters of a heterogeneous list have no common type but any
export type AnyEstimatorPlugin = EstimatorPlugin<any>;

/**
 * Reads a fitted model of any listed type.
 *
 * @param json a JSON text or the parsed value; nothing in it is trusted
 * @throws MixturaError `invalid-model`, `unsupported-version`, `unknown-model-type`; `invalid-option` for a list of plugins that is not sound
 * @example
 * ```ts run
 * import { GaussianMixture, plugins } from "@mixtura/mixture";
 *
 * const model = GaussianMixture.fromParameters({
 *   weights: [1],
 *   means: [[0]],
 *   covariances: [[[4]]],
 * });
 * loadModel(JSON.stringify(model), { plugins }).type
 * // => "GaussianMixture"
 * loadModel(JSON.stringify(model), { plugins: [] })
 * // throws unknown-model-type
 * ```
 */
export function loadModel(json: unknown, context: { readonly plugins: readonly AnyEstimatorPlugin[] }): FittedModel {
  const heads = readModelHeads(json);
  const plugins = checkPlugins((context as typeof context | null | undefined)?.plugins);
  const plugin = plugins.find((candidate) => candidate.type === heads.type);
  if (plugin === undefined) {
    const known = plugins.map((candidate) => candidate.type);
    throw new MixturaError(
      "unknown-model-type",
      `The model is a ${show(heads.type)}; the plugins at hand read ${known.join(", ") || "nothing"}. Add the plugin that wrote it.`,
      {
        type: heads.type,
        known,
      },
    );
  }
  return plugin.revive(heads, { plugins });
}

/**
 * Checks that a list from outside holds plugins that can be worked with: contract version, type, option declarations with defaults that fit them,
 * `create` and `revive`. The same plugin may be listed twice; two plugins of one type may not.
 *
 * @param plugins what a module exports under that name; nothing in it is trusted
 * @returns the same list
 * @throws MixturaError `unsupported-version` for another contract version, else `invalid-option`; the message names the plugin and what to do
 * @remarks O(options) time; no plugin's code is called.
 * @example
 * ```ts run
 * checkPlugins(plugins) === plugins // => true
 * checkPlugins([{ ...plugins[0], contractVersion: 2 }])
 * // throws unsupported-version
 * checkPlugins([plugins[0], { ...plugins[0] }]) // throws invalid-option
 * ```
 */
export function checkPlugins(plugins: unknown): readonly AnyEstimatorPlugin[] {
  if (!Array.isArray(plugins)) {
    throw new MixturaError("invalid-option", `"plugins" must be a list of plugins, found ${show(plugins)}. Export them as one list.`, {
      option: "plugins",
      found: plugins,
    });
  }
  const seen = new Map<string, unknown>();
  for (const [index, plugin] of (plugins as unknown[]).entries()) {
    const type = checkPlugin(plugin, index);
    const other = seen.get(type);
    if (other !== undefined && other !== plugin)
      throw refusal(index, type, "type", type, "another plugin has the same type. Rename one, or list only one");
    seen.set(type, plugin);
  }
  return plugins as AnyEstimatorPlugin[];
}

/** Returns the plugin's type. */
function checkPlugin(plugin: unknown, index: number): string {
  if (typeof plugin !== "object" || plugin === null) throw refusal(index, undefined, "", plugin, `it is no object, but ${show(plugin)}`);
  const { contractVersion, type, summary, options, capabilities, create, revive } = plugin as Readonly<Record<string, unknown>>;
  const name = typeof type === "string" && type !== "" ? type : undefined;
  const refuse = (field: string, found: unknown, problem: string): MixturaError => refusal(index, name, field, found, problem);
  if (contractVersion !== PLUGIN_CONTRACT_VERSION) {
    throw new MixturaError(
      "unsupported-version",
      `${named(index, name)}: its contractVersion is ${show(contractVersion)}, this release takes ${PLUGIN_CONTRACT_VERSION}. ` +
        "Install versions of the plugin and of Mixtura that belong together.",
      { found: contractVersion, supported: PLUGIN_CONTRACT_VERSION },
    );
  }
  if (name === undefined) throw refuse("type", type, `its type must be a text such as "GaussianMixture", found ${show(type)}`);
  if (typeof summary !== "string") throw refuse("summary", summary, `its summary must be a sentence, found ${show(summary)}`);
  if (!Array.isArray(capabilities) || !capabilities.every((item) => typeof item === "string"))
    throw refuse("capabilities", capabilities, `its capabilities must be a list such as ["density"], found ${show(capabilities)}`);
  if (capabilities.includes("mixture")) {
    const { mixture } = plugin as { readonly mixture?: { readonly isPosterior?: unknown } };
    if (typeof mixture?.isPosterior !== "boolean")
      throw refuse("mixture", mixture, `with the capability "mixture" it must say { mixture: { isPosterior } }, found ${show(mixture)}`);
  }
  for (const [field, value] of Object.entries({ create, revive }))
    if (typeof value !== "function") throw refuse(field, value, `it lacks the method ${field}, found ${show(value)}`);
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw refuse("options", options, `its options must be declarations by name, found ${show(options)}`);
  for (const [option, declaration] of Object.entries(options)) {
    const problem = declarationProblem(declaration);
    if (problem !== undefined) throw refuse(`options.${option}`, declaration, `the declaration of its option "${option}" ${problem}`);
  }
  return name;
}

/** What is wrong with an option's declaration, as the rest of a sentence. */
function declarationProblem(declaration: unknown): string | undefined {
  if (typeof declaration !== "object" || declaration === null)
    return `must be { range, description, default? }, found ${show(declaration)}`;
  const { range, description, default: preset } = declaration as Partial<AnyOptionDeclaration>;
  if (!isRange(range))
    return `has a range that cannot be read, found ${show(range)}. Declare it as data, such as { kind: "number", minimum: 0 }`;
  if (typeof description !== "string" || description === "") return "lacks its description, from which help texts are made";
  if (preset !== undefined && !inRange(range, preset)) return `has a default outside its own range: ${show(preset)}. Change one of them`;
  return undefined;
}

function named(index: number, type: string | undefined): string {
  return type === undefined ? `plugins[${index}]` : `plugins[${index}], "${type}"`;
}

function refusal(index: number, type: string | undefined, field: string, found: unknown, problem: string): MixturaError<"invalid-option"> {
  const option = field === "" ? `plugins[${index}]` : `plugins[${index}].${field}`;
  return new MixturaError("invalid-option", `${named(index, type)}: ${problem}.`, { option, found });
}
