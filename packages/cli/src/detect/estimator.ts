import type { Backend } from "@mixtura/backend";
import type { AnyEstimatorPlugin, Estimator, OptionDeclarations } from "@mixtura/core";
import { present, show } from "@mixtura/core/authoring";
import { nearest } from "@mixtura/core/internal";
import type { CleanFitOptions, Threshold } from "@mixtura/outliers";
import { RefitOnInliers } from "@mixtura/outliers";
import { CommandError } from "../command-error.ts";
import { flagName } from "../flags/names.ts";
import { givenOptions } from "../flags/declared.ts";
import { ruleDeclarations, rulesOf } from "./rule-flags.ts";

/** The detector when none is named. */
export const DEFAULT_DETECTOR = "EllipticEnvelope";

/** Names of plugins that detect by themselves. */
export function detectorTypes(plugins: readonly AnyEstimatorPlugin[]): string[] {
  return plugins.filter(({ capabilities }) => capabilities.includes("outlier")).map(({ type }) => type);
}

/** Whether there is a plugin of this name. */
export function hasPlugin(plugins: readonly AnyEstimatorPlugin[], name: string): boolean {
  return findPlugin(plugins, name) !== undefined;
}

function findPlugin(plugins: readonly AnyEstimatorPlugin[], name: string): AnyEstimatorPlugin | undefined {
  return plugins.find(({ type }) => type === name) ?? plugins.find(({ type }) => type.toLowerCase() === name.toLowerCase());
}

/**
 * The plugin of `--estimator`.
 *
 * @throws CommandError `usage` for a name that no plugin has
 */
export function namedPlugin(plugins: readonly AnyEstimatorPlugin[], name: string): AnyEstimatorPlugin {
  const found = findPlugin(plugins, name);
  if (found !== undefined) return found;
  const types = detectorTypes(plugins);
  const near = nearest(
    name,
    plugins.map(({ type }) => type),
  );
  throw new CommandError(
    "usage",
    `there is no estimator ${show(name)}. ${near === undefined ? `Choose ${types.join(", ")}; --plugin brings others.` : `Did you mean ${near}?`}`,
  );
}

/** Options of detectors that flags of their own stand for, for any detector. */
const ROUTED = new Set(["threshold", "novelty", "constants", ...Object.keys(ruleDeclarations)]);

/** The options of a plugin that its own flags stand for. */
export function ownDeclarations({ options }: AnyEstimatorPlugin): OptionDeclarations {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !ROUTED.has(name)));
}

/** What is asked of a detector. */
export interface DetectorCall {
  readonly plugin: AnyEstimatorPlugin;
  /** Options by the plugin's own flags. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** Options that the rows chose. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly backend: Backend | undefined;
  readonly rule: Threshold | undefined;
  /** Whether the training rows are clean. */
  readonly novelty: boolean;
  /** How rows are cleaned, where the estimator is to be fitted again without the most extreme ones. */
  readonly clean: Pick<CleanFitOptions, "rounds"> | undefined;
}

/**
 * The estimator that was asked for, with the threshold where it has one.
 *
 * @throws CommandError `usage`, MixturaError `invalid-option`
 */
export function detectorOf({ plugin, flags, options = {}, backend, rule, novelty, clean }: DetectorCall): Estimator {
  const own = { ...options, ...givenOptions(ownDeclarations(plugin), flags), ...(backend === undefined ? {} : { backend }) };
  const given = present({ constants: flags["constants"] as "leave-out" | "strict" | undefined });
  if (clean !== undefined) {
    if (novelty)
      throw new CommandError("usage", "--clean removes unusual rows, and --novelty declares that there are none: leave out one of them.");
    const { capabilities, type } = plugin;
    if (!capabilities.includes("outlier") && !capabilities.includes("density"))
      throw new CommandError("usage", `${type} has no scoreSamples, so it cannot be used for cleaning. Choose a density or a detector.`);
    return new RefitOnInliers({ estimator: plugin.create(own), ...given, ...(rule === undefined ? {} : { rule }), ...clean });
  }
  requireDetector(plugin);
  return plugin.create({ ...own, ...(plugin.options["constants"] === undefined ? {} : given), ...judgementOf(plugin, rule, novelty) });
}

function requireDetector({ capabilities, type }: AnyEstimatorPlugin): void {
  if (capabilities.includes("outlier")) return;
  const way = capabilities.includes("density")
    ? `--estimator MixtureDetector judges by a mixture's density, --clean --estimator ${type} by a cleaned ${type}.`
    : `Choose ${DEFAULT_DETECTOR}, MixtureDetector or ECOD.`;
  throw new CommandError("usage", `${type} is not a detector: it does not flag anomalies. ${way}`);
}

/** The threshold rule, as an option of the plugin that takes it. */
function judgementOf({ options, type }: AnyEstimatorPlugin, rule: Threshold | undefined, novelty: boolean): object {
  const declared = options;
  const clean = novelty && declared["novelty"] !== undefined ? { novelty: true } : {};
  if (rule === undefined) return clean;
  const [[kind, amount]] = Object.entries(rule) as [[string, number]];
  const kinds = rulesOf(declared["threshold"]?.range);
  if (kinds.includes(kind)) return { ...clean, threshold: rule };
  if (declared[kind] !== undefined) return { ...clean, [kind]: amount };
  const taken = [...kinds, ...Object.keys(ruleDeclarations).filter((name) => declared[name] !== undefined)];
  const ways = taken.length === 0 ? "It has a threshold of its own." : `It takes ${taken.map(flagName).join(", ")}.`;
  throw new CommandError("usage", `${flagName(kind)} is not defined for ${type}. ${ways}`);
}
