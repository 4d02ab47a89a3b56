import type { Mixture } from "@mixtura/core";
import type { Candidate, FittedCandidate } from "@mixtura/model-selection";
import type { Outcome } from "@mixtura/report/internal";
import { inFlags } from "../flags/in-flags.ts";
import { tableLines } from "./layout.ts";
import { failuresOf } from "@mixtura/report/internal";
import { criterionText, listed, wrap } from "@mixtura/wording/internal";

/** What stands behind a value, and what it means. */
const MARKS = [
  {
    mark: "*",
    meaning: "the choice",
    applies: (candidate: FittedCandidate<Mixture>, { model }: Outcome) => candidate.model === model,
  },
  {
    mark: "!",
    meaning:
      "degenerate (a component on too few rows or hardly any spread, or as many parameters as numbers: its value means nothing, so it cannot win)",
    applies: (candidate: FittedCandidate<Mixture>) => candidate.degenerate,
  },
  {
    mark: "~",
    meaning: "stopped at --max-iter before it converged",
    applies: (candidate: FittedCandidate<Mixture>) => !candidate.converged,
  },
] as const;

/** The criterion of every candidate, numbers of components down and covariance types across, with a legend. */
export function criterionTable(outcome: Outcome, width: number): string[] {
  const { candidates } = outcome;
  const counts = [...new Set(candidates.map(({ nComponents }) => nComponents))].toSorted((a, b) => a - b);
  const types = [...new Set(candidates.map(({ form }) => form))];
  const cell = (count: number, type: string): string => {
    const candidate = candidates.find(({ nComponents, form }) => nComponents === count && form === type);
    return candidate === undefined ? "" : cellText(candidate, outcome);
  };
  const table = [
    ["K", ...types.map((type) => `${type} `)],
    ...counts.map((count) => [String(count), ...types.map((type) => cell(count, type))]),
  ];
  return [
    ...tableLines(table, ["right", ...types.map(() => "right" as const)]),
    ...legend(outcome).flatMap((line) => wrap(line, width, { first: "  ", rest: "    " })),
  ];
}

function cellText(candidate: Candidate<Mixture>, outcome: Outcome): string {
  if (candidate.error !== undefined) return "failed ";
  const value = candidate[outcome.criterion]!;
  return criterionText(value) + (marksOf(candidate, outcome) || " ");
}

function marksOf(candidate: FittedCandidate<Mixture>, outcome: Outcome): string {
  return MARKS.filter(({ applies }) => applies(candidate, outcome))
    .map(({ mark }) => mark)
    .join("");
}

function legend(outcome: Outcome): string[] {
  const fitted = outcome.candidates.filter((candidate): candidate is FittedCandidate<Mixture> => candidate.error === undefined);
  const used = MARKS.filter(({ applies }) => fitted.some((candidate) => applies(candidate, outcome))).map(
    ({ mark, meaning }) => `${mark} ${meaning}`,
  );
  const failures = failuresOf(outcome.candidates).map(
    ({ message, counts }) => `failed for K = ${listed(counts.map(String))}: ${inFlags(message)}`,
  );
  return [used.join("; "), ...failures];
}
