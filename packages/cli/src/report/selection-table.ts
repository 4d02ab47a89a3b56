import type { Mixture } from "@mixtura/core";
import type { Candidate, MixtureSelection } from "@mixtura/model-selection";
import { criterionNames } from "@mixtura/model-selection/internal";
import { criterionText, wrap } from "@mixtura/wording/internal";
import { inFlags } from "../flags/in-flags.ts";
import { tableLines } from "./layout.ts";

/** Every candidate with all its criteria, the best one first, with a legend. */
export function selectionTable({ candidates, criterion, winner }: MixtureSelection<Mixture>, width: number): string[] {
  const valueOf = (candidate: Candidate<Mixture>): number => candidate[criterion] ?? Infinity;
  const rank = (candidate: Candidate<Mixture>): number => (candidate.error !== undefined ? 2 : Number(candidate.degenerate));
  const sorted = candidates.toSorted((a, b) => rank(a) - rank(b) || valueOf(a) - valueOf(b));
  const names = (["bic", "aic", "aicc", "icl", "cv"] as const).filter((name) =>
    candidates.some((candidate) => candidate[name] !== undefined),
  );
  const plugins = new Set(candidates.map(({ estimator }) => estimator)).size > 1;
  const forms = candidates.some(({ covarianceType }) => covarianceType !== undefined);
  const head = [
    "",
    "K",
    ...(forms ? ["covariance"] : []),
    ...(plugins ? ["estimator"] : []),
    "parameters",
    "log L",
    ...names.map((name) => criterionNames[name]),
    "seconds",
  ];
  const rows = sorted.map((candidate) => [
    marksOf(candidate, winner),
    String(candidate.nComponents),
    ...(forms ? [candidate.covarianceType ?? ""] : []),
    ...(plugins ? [candidate.estimator] : []),
    candidate.nParameters === undefined ? "failed" : String(candidate.nParameters),
    text(candidate.logLikelihood),
    ...names.map((name) => text(candidate[name]) + (name === "cv" && candidate.crossValidation !== undefined ? error(candidate) : "")),
    candidate.seconds.toFixed(candidate.seconds < 10 ? 2 : 0),
  ]);
  const right = head.map((name) => (name === "covariance" || name === "estimator" ? ("left" as const) : ("right" as const)));
  const used = new Set(rows.flatMap(([marks = ""]) => marks.split("")));
  const legend = Object.entries(MEANING).flatMap(([mark, meaning]) => (used.has(mark) ? [`${mark} ${meaning}`] : []));
  return [
    ...tableLines([head, ...rows], right),
    ...[legend.join("; "), ...reasons(candidates)].flatMap((line) => wrap(line, width, { first: "  ", rest: "    " })),
  ];
}

const MEANING = {
  "*": "the choice",
  "!": "degenerate (a component on too few rows or hardly any spread, or as many parameters as numbers: its values mean nothing, so it cannot win)",
  "~": "stopped at --max-iter before it converged",
};

function marksOf(candidate: Candidate<Mixture>, winner: Candidate<Mixture>): string {
  if (candidate.error !== undefined) return "";
  return (candidate === winner ? "*" : "") + (candidate.degenerate ? "!" : "") + (candidate.converged ? "" : "~");
}

function text(value: number | undefined): string {
  if (value === undefined) return "";
  return criterionText(value);
}

function error({ crossValidation }: Candidate<Mixture>): string {
  const { weight, standardError } = crossValidation!;
  return ` ± ${text(2 * weight * standardError)}`;
}

/** Why candidates failed, each reason once. */
function reasons(candidates: readonly Candidate<Mixture>[]): string[] {
  const found = new Map<string, string[]>();
  for (const { nComponents, form, error: failure } of candidates) {
    if (failure === undefined) continue;
    const reason = failure.message.replace(/^\w+\.fit: /, "");
    found.set(reason, [...(found.get(reason) ?? []), `K = ${nComponents} ${form}`]);
  }
  return [...found].map(([reason, which]) => `failed: ${which.join(", ")}: ${inFlags(reason)}`);
}
