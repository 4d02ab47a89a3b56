import type { OptionDeclarations, OptionRange } from "@mixtura/core";
import type { Threshold } from "@mixtura/outliers";
import type { ThresholdKind } from "@mixtura/outliers/internal";
import { cleanFitOptions, mixtureDetectorOptions } from "@mixtura/outliers/internal";
import type { Option } from "commander";
import { CommandError } from "../command-error.ts";
import { declaredFlags } from "../flags/declared.ts";
import { flagName } from "../flags/names.ts";

const MEANING: Readonly<Record<ThresholdKind, string>> = {
  apart: "The training rows that stand apart from the bulk, however many, none among them. The larger the number, the less it takes.",
  contamination: "The fraction of the training rows to call anomalies: always that many, unusual or not.",
  gap: "At most this fraction of the training rows, and only those that a wide gap divides from the rest: none, where there is no gap.",
  fpr: "The rate of false alarms among clean rows, held by calibration on clean rows; needs --train or --novelty.",
  chiSquare: "Rows farther out than this fraction of the rows of a Gaussian; for detectors based on one distance.",
  hardinRocke: "The same with the correction of Hardin & Rocke for few rows; for EllipticEnvelope.",
  logDensity: "Rows whose natural-log density is below this; for detectors that score densities.",
  score: "Rows that score less than this.",
};

/** Threshold rules and what each may name, as thresholds of detectors declare them. */
export const ruleDeclarations: OptionDeclarations = Object.fromEntries(
  (Object.keys(MEANING) as ThresholdKind[]).map((kind) => [kind, { range: amounts()[kind]!, description: MEANING[kind] }]),
);

function amounts(): Readonly<Record<string, OptionRange>> {
  const declared = [mixtureDetectorOptions.threshold.range, cleanFitOptions.rule.range] as readonly OptionRange[];
  return Object.assign({}, ...declared.flatMap(({ alternatives = [] }) => alternatives.map(({ fields = {} }) => fields))) as Record<
    string,
    OptionRange
  >;
}

/** The flags that say where normal ends; at most one of them is given. */
export function ruleFlags(): Option[] {
  return declaredFlags(ruleDeclarations, "Threshold, one of:");
}

/**
 * The one threshold rule that was given.
 *
 * @throws CommandError `usage` for two
 */
export function ruleGiven(flags: Readonly<Record<string, unknown>>): Threshold | undefined {
  const given = (Object.keys(MEANING) as ThresholdKind[]).filter((kind) => flags[kind] !== undefined);
  if (given.length > 1)
    throw new CommandError("usage", `${given.map(flagName).join(" and ")} are different threshold rules. Pass one of them.`);
  const [kind] = given;
  return kind === undefined ? undefined : ({ [kind]: flags[kind] } as unknown as Threshold);
}

/** The kinds of rules that an option's range takes: { contamination: … } or { fpr: … }. */
export function rulesOf(range: OptionRange | undefined): readonly string[] {
  return (range?.alternatives ?? []).flatMap(({ fields = {} }) => Object.keys(fields));
}
