import { MixturaError } from "./errors.ts";
import type { Estimator, FittedModel } from "./estimator.ts";
import type { ModelJSON } from "./model-json.ts";
import { readModelHeads } from "./model-json.ts";
import type { OptionDeclarations } from "./options/declare.ts";

/** What an estimator can do; laws, commands and pages apply by these. */
export type Capability =
  | "density" // scoreSamples gives a natural-log density that integrates to 1
  | "clustering" // predict gives a label per row
  | "soft-clustering" // predictProba gives responsibilities per row
  | "outlier" // predict gives +1 / −1
  | "sampling" // sample draws rows
  | "weights" // fit takes sampleWeight
  | "blocks" // fit takes a BlockSource
  | "steps"; // every state of the fit can be walked

/** The version of the plugin contract described here. */
export const PLUGIN_CONTRACT_VERSION = 1;

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
  /** Builds the fitted model from JSON that nobody vouches for. */
  revive(json: ModelJSON): Fitted;
}

/** A plugin of any options and model, as lists hold them. */
// oxlint-disable-next-line typescript/no-explicit-any -- method parameters of a heterogeneous list have no common type but any
export type AnyEstimatorPlugin = EstimatorPlugin<any>;

/**
 * Reads a fitted model of any listed type.
 *
 * @param json a JSON text or the parsed value; nothing in it is trusted
 * @throws MixturaError `invalid-model`, `unsupported-version`, `unknown-model-type`
 * @example
 * ```ts run
 * const model = GaussianMixture.fromParameters({ weights: [1], means: [[0]], covariances: [[[4]]] });
 * loadModel(JSON.stringify(model), { plugins }).type // => "GaussianMixture"
 * loadModel(JSON.stringify(model), { plugins: [] }) // throws unknown-model-type
 * ```
 */
export function loadModel(json: unknown, { plugins }: { readonly plugins: readonly AnyEstimatorPlugin[] }): FittedModel {
  const heads = readModelHeads(json);
  const plugin = plugins.find((candidate) => candidate.type === heads.type);
  if (plugin === undefined) {
    const known = plugins.map((candidate) => candidate.type);
    throw new MixturaError(
      "unknown-model-type",
      `The model is a "${heads.type}"; the plugins at hand read ${known.join(", ") || "nothing"}. Add the plugin that wrote it.`,
      {
        type: heads.type,
        known,
      },
    );
  }
  return plugin.revive(heads);
}
