import { greatestOf, leastOf } from "@mixtura/core/internal";
import type { Diagnostic, Mixture } from "@mixtura/core";
import type { CovarianceType } from "@mixtura/mixture";
import { covarianceKind } from "@mixtura/mixture";
import type { FittedCandidate } from "@mixtura/model-selection";
import { criterionNames } from "@mixtura/model-selection/internal";
import { counted, criterionText } from "@mixtura/wording/internal";
import { edgeOf, openSentences } from "./group-count.ts";
import type { Outcome } from "./outcome.ts";

/** A mixture's size and form in words: "2 components, full covariance (each component has its own shape and orientation)". */
export function shapeWords(model: Mixture): string {
  const { nComponents, form, components } = model;
  const noun = model.toGaussianMixture === undefined ? `${components[0]!.family} component` : "component";
  const meaning = form?.meaning === undefined ? "" : ` (${form.meaning})`;
  return `${counted(nComponents, noun)}${form === undefined ? "" : `, ${form.name}${meaning}`}`;
}

/** The chosen model in words, and how clear the choice was; options are named as in code. */
export function choiceSentences(outcome: Outcome): string[] {
  const { model, candidates } = outcome;
  const shape = shapeWords(model);
  const fit = model.isPosterior ? `up to ${shape}, by their posterior.` : `${shape}; ${counted(model.nParameters, "free parameter")}.`;
  const belief = model.describe?.() ?? [];
  const warnings = headlineWarnings(model);
  if (candidates.length === 0) {
    return [`Fitted: ${fit}`, ...warnings, ...figures(model), ...belief];
  }
  return [
    `Chosen: ${fit}`,
    ...openSentences(outcome),
    ...warnings,
    ...comparison(outcome),
    ...belief,
    ...edge(outcome),
    ...sameModel(outcome),
  ];
}

/** Whether a finding is so grave that it stands with the result, and not among the others. */
export function isHeadline({ code }: Diagnostic): boolean {
  return code === "few-rows-for-parameters";
}

function headlineWarnings({ trace }: Mixture): string[] {
  return trace.diagnostics.filter(isHeadline).map(({ message }) => `Warning: ${message}`);
}

/** The criteria of a model; nothing for one that was made by hand. */
function figures({ criteria }: Mixture): string[] {
  if (criteria === undefined) return [];
  const { logLikelihood, bic, aic, icl } = criteria;
  return [
    `Log-likelihood ${criterionText(logLikelihood)}, BIC ${criterionText(bic)}, AIC ${criterionText(aic)}, ICL ${criterionText(icl)} (criteria: lower is better).`,
  ];
}

/** A difference below this fraction of the criterion is rounding: the same model under another name. */
const ROUNDING = 1e-9;

/** How far the next best candidate is, with the usual words for differences of BIC (Kass & Raftery 1995, §3.2). */
export function comparison({ model, candidates, criterion }: Outcome): string[] {
  const own = candidates.find((candidate) => candidate.model === model)?.[criterion];
  if (own === undefined) return [];
  const name = criterionNames[criterion];
  const rounding = ROUNDING * Math.max(1, Math.abs(own));
  const others = candidates
    .filter((candidate): candidate is FittedCandidate<Mixture> => candidate.error === undefined && !candidate.degenerate)
    .toSorted((a, b) => a[criterion]! - b[criterion]!);
  const lowest = others[0]!;
  if (own - lowest[criterion]! > rounding) {
    const difference = criterionText(own - lowest[criterion]!);
    return [
      `Lowest ${name}: K = ${lowest.nComponents} ${lowest.form}, by ${difference}; that is within one standard error, so fewer parameters were preferred.`,
    ];
  }
  const next = others.find((candidate) => candidate[criterion]! - own > rounding && Number.isFinite(candidate[criterion]));
  if (next === undefined) return [];
  const difference = next[criterion]! - own;
  if (criterion === "cv") return [`Next best: K = ${next.nComponents} ${next.form}, ${name} higher by ${criterionText(difference)}.`];
  const strength =
    difference < 2 ? "hardly worse, so look at both" : difference < 6 ? "somewhat worse" : difference < 10 ? "clearly worse" : "much worse";
  return [`Next best: K = ${next.nComponents} ${next.form}, ${name} higher by ${criterionText(difference)} (${strength}).`];
}

/** A choice at the edge of what was tried may lie beyond it. */
function edge({ model, candidates }: Outcome): string[] {
  const end = edgeOf(model, candidates);
  if (end !== undefined) {
    const { least, most } = end;
    return [
      `This is the largest K tried, so there may be more groups. Try more: nComponents ${least}:${most + Math.max(3, Math.ceil(most / 2))}.`,
    ];
  }
  if (model.isPosterior) return [];
  const counts = candidates.filter(({ error }) => error === undefined).map(({ nComponents }) => nComponents);
  const [least, most] = [leastOf(counts), greatestOf(counts)];
  if (least === most) return [];
  if (model.nComponents === least && least > 1) return [`This is the smallest K tried. Try fewer: nComponents 1:${most}.`];
  return [];
}

/** Covariance types of equally many blocks with equally many parameters are one model: with one feature, or with one component. */
function sameModel({ model, candidates }: Outcome): string[] {
  const { featureCount, nComponents } = model;
  const blocks = (type: CovarianceType): string => {
    const { shared, blockParameters } = covarianceKind(type);
    return `${shared ? 1 : nComponents} × ${blockParameters(featureCount)}`;
  };
  const own = candidates.find((candidate) => candidate.model === model)?.covarianceType;
  if (own === undefined) return [];
  const types = new Set(candidates.flatMap(({ covarianceType = [] }) => covarianceType));
  const same = [...types].filter((type) => blocks(type) === blocks(own));
  if (same.length < 2) return [];
  const reason = featureCount === 1 ? "one feature" : "one component";
  const names = `${same.slice(0, -1).join(", ")} and ${same.at(-1)!}`;
  return [`With ${reason} ${names} are the same model; among equals the first is named.`];
}
