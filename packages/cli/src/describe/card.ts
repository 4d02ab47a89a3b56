import { greatestOf } from "@mixtura/core/internal";
import type { Capability, Clustering, Diagnostic, FittedModel, Mixture } from "@mixtura/core";
import { isClustering, isIterative, isMixture } from "@mixtura/core";
import type { ComponentDescription } from "@mixtura/report/internal";
import { describeComponents, occupiedComponents, shapeWords } from "@mixtura/report/internal";
import { counted, criterionText, fileSize, percent, significant } from "@mixtura/wording/internal";
import { isDetector } from "../detect/detector.ts";
import { thresholdSentence } from "../detect/words.ts";
import { shownNames } from "../flags/feature-values.ts";
import { inWords } from "../flags/in-flags.ts";
import { pluginFlags } from "../flags/plugin-option.ts";
import { shellPath } from "../report/shell-path.ts";

/** A group of the model, in words and numbers. */
interface CardGroup {
  readonly label: number;
  readonly weight?: number;
  readonly words: string;
  readonly correlation?: string;
  readonly features: readonly { readonly name: string; readonly mean: number; readonly deviation?: number; readonly text: string }[];
}

/** What a model card tells. */
export interface Card {
  readonly file: string;
  readonly size: string;
  readonly type: string;
  readonly summary: string;
  readonly features: readonly string[];
  /** What the model is, in sentences. */
  readonly model: readonly string[];
  readonly groups: readonly CardGroup[];
  /** How it was fitted, fact by fact. */
  readonly fit: readonly (readonly [name: string, value: string])[];
  /** Where it comes from, fact by fact. */
  readonly origin: readonly (readonly [name: string, value: string])[];
  readonly diagnostics: readonly Pick<Diagnostic, "severity" | "code" | "message">[];
  readonly commands: readonly string[];
  readonly code: string;
}

/** What is known of a model, besides the model itself. */
interface CardContext {
  readonly path: string;
  readonly bytes: number;
  readonly summary: string;
  readonly capabilities: readonly Capability[];
  /** How the user calls the command line. */
  readonly program: string;
  /** The modules that bring plugins, as they were named. */
  readonly modules: readonly string[];
}

/** The card of a model of any type; with the components of mixtures and the centres of k-means. */
export function cardOf(model: FittedModel, { path, bytes, summary, capabilities, program, modules }: CardContext): Card {
  const features = shownNames(model);
  const { sentences, groups } = contents(model, features);
  if (isDetector(model, capabilities)) sentences.push(thresholdSentence(model));
  return {
    file: path,
    size: fileSize(bytes),
    type: model.type,
    summary,
    features,
    model: sentences,
    groups,
    fit: fitFacts(model),
    origin: originFacts(model),
    diagnostics: model.trace.diagnostics.map(({ severity, code, message }) => ({
      severity,
      code,
      message: inWords(message, model),
    })),
    commands: [
      ...(capabilities.includes("outlier") ? ["detect new.csv --model MODEL --output judged.csv"] : []),
      ...(capabilities.includes("clustering") ? ["predict MODEL data.csv --output labels.csv"] : []),
      ...(capabilities.includes("density") ? ["score MODEL data.csv"] : []),
      ...(capabilities.includes("sampling") ? ["sample MODEL -n 100 --seed 1"] : []),
      ...(isMixture(model) ? ["report MODEL data.csv --output report.html"] : []),
    ].map((command) => [program, command.replace("MODEL", shellPath(path)), ...pluginFlags(modules)].join(" ")),
    code: `const model = loadModel(await readFile(${JSON.stringify(path)}, "utf8"), { plugins });`,
  };
}

function contents(model: FittedModel, features: readonly string[]): { sentences: string[]; groups: CardGroup[] } {
  if (isMixture(model)) return mixtureContents(model, features);
  if (isClustering(model) && model.clusterCenters !== undefined) return centreContents(model, model.clusterCenters.data, features);
  return { sentences: [], groups: [] };
}

function mixtureContents(model: Mixture, features: readonly string[]): { sentences: string[]; groups: CardGroup[] } {
  const { nComponents, nParameters, isPosterior, occupiedComponents: occupied, criteria } = model;
  const all = describeComponents(model, features);
  const size = isPosterior
    ? `The posterior of up to ${shapeWords(model)}${occupied === undefined ? "" : `; ${counted(occupied.length, "component")} above 1% of the rows`}.`
    : `${shapeWords(model)}; ${counted(nParameters, "free parameter")}.`;
  const figures =
    criteria === undefined
      ? []
      : [
          `On its training rows: log-likelihood ${criterionText(criteria.logLikelihood)}, BIC ${criterionText(criteria.bic)}, AIC ${criterionText(criteria.aic)}, ICL ${criterionText(criteria.icl)}.`,
        ];
  return {
    sentences: [size, ...figures, ...(model.describe?.() ?? [])],
    groups: occupiedComponents(model, new Float64Array(nComponents)).map((k) => groupOf(all[k]!)),
  };
}

function centreContents(
  { labelCount, inertia }: Clustering,
  centres: Float64Array,
  features: readonly string[],
): { sentences: string[]; groups: CardGroup[] } {
  const d = features.length;
  return {
    sentences: [`${counted(labelCount, "cluster")} around centres${inertia === undefined ? "" : `; inertia ${significant(inertia)}`}.`],
    groups: Array.from({ length: labelCount }, (_, label) => {
      const own = features.map((name, j) => ({ name, mean: centres[label * d + j]!, text: significant(centres[label * d + j]!, 5) }));
      return {
        label,
        words: own
          .slice(0, 3)
          .map(({ name, text }) => `${name} ${text}`)
          .join(", "),
        features: own,
      };
    }),
  };
}

function groupOf({ component, weight, words, correlation, features: own }: ComponentDescription): CardGroup {
  return {
    label: component,
    weight,
    words,
    ...(correlation === undefined ? {} : { correlation }),
    features: own.map(({ name, mean, deviation, text }) => ({ name, mean, deviation, text })),
  };
}

function fitFacts(model: FittedModel): [string, string][] {
  const { trace } = model;
  if (!isIterative(trace)) return [["how", "fitted in one go"]];
  const { backend, seed, restarts, iterations, converged } = trace;
  // A mixture made by hand says so; an estimator without starts was fitted in one go.
  if (restarts.length === 0)
    return [["how", isMixture(model) && model.objective === undefined ? "made from parameters, not fitted" : "fitted in one go"]];
  const chosen = restarts.find((restart) => restart.chosen);
  const scores = restarts.map(({ score }) => score);
  const same = scores.filter((score) => greatestOf(scores) - score < 1e-3).length;
  return [
    ...fact("seed", seed),
    ...fact("backend", backend),
    [
      "starts",
      restarts.length === 1 ? "1" : `${restarts.length}; ${percent(same / restarts.length)} of them came within 0.001 of the best`,
    ],
    ["iterations", `${iterations}, ${converged ? "converged" : "stopped at the limit before it converged"}`],
    ...fact("score", chosen && `${significant(chosen.score)} per row`),
    ...fact("degenerate", chosen?.degenerate === true ? "yes: a component rests on too few rows or hardly any spread" : undefined),
  ];
}

/** Where the model comes from, fact by fact; nothing for files of version 1 and for models that no fit made. */
function originFacts({ provenance }: FittedModel): [string, string][] {
  if (provenance === undefined) return [];
  const { source, rows, leftOut = [], leftOutColumns = [], options, version, checksum, created } = provenance;
  const without = leftOut.map((part) => `${counted(part.rows, "row")} left out (${part.reason})`);
  const changed = Object.entries(options).map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`);
  return [
    ...fact("source", source),
    ["rows", [counted(rows, "row"), ...without].join("; ")],
    ...fact(
      "left out",
      leftOutColumns.length === 0 ? undefined : leftOutColumns.map(({ column, reason }) => `${column} (${reason})`).join("; "),
    ),
    ["options", changed.length === 0 ? "the defaults" : changed.join(", ")],
    ["checksum", checksum],
    ["version", version],
    ...fact("created", created),
  ];
}

/** A fact where there is one. */
function fact(name: string, value: string | number | undefined): [string, string][] {
  return value === undefined ? [] : [[name, String(value)]];
}
