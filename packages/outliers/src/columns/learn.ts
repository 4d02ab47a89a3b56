import type { ColumnLook, Dependency, Naming } from "@mixtura/backend/internal/columns";
import { columnFindings, equation, lookAt, mostOff, namer, roundingOf } from "@mixtura/backend/internal/columns";
import type { Diagnostic, Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";
import { inSentence, plural } from "@mixtura/wording/internal";
import type { WeightedRows } from "../detector/rows.ts";
import { roundingsOff } from "./breach.ts";
import { hostOf } from "./guarded.ts";
import type { ConstantsRule } from "./options.ts";
import type { KnownColumns, KnownDependency } from "./known.ts";
import { NOTHING_KNOWN } from "./known.ts";

/** Names of a list that are written out. */
const MOST_NAMES = 12;

/** What rows show about their columns. */
export interface LearnedColumns {
  readonly known: KnownColumns;
  /** What else there is to say about them. */
  readonly findings: readonly Diagnostic[];
}

/** Of rows that were not looked at. */
export const NOTHING_LEARNED: LearnedColumns = Object.freeze({ known: NOTHING_KNOWN, findings: Object.freeze([]) });

/** What rows show about their columns: which hold one value, and which follow from others in every row. */
export async function learnColumns({ X, weights }: WeightedRows, rule: ConstantsRule, pace: Pace): Promise<LearnedColumns> {
  const host = hostOf(X);
  const { look, least, variances, steps } = await lookAt(host, weights, pace);
  const constants = constantsOf(look).map((feature) => ({ feature, value: least[feature]! + 0 }));
  const dependencies: KnownDependency[] = [];
  for (const dependency of look.dependencies) {
    const exact: KnownDependency = { ...dependency, offset: dependency.offset + 0, rounding: unitOf(dependency, variances), allowed: 0 };
    // What was recorded in steps and is exact in every row has no rounding; other numbers may come again in single precision.
    const stepped = [dependency.left, ...dependency.columns].every((column) => steps[column]! > 0);
    const isExact = stepped && (await keptByAll(exact, host, weights, pace));
    dependencies.push(Object.freeze(isExact ? exact : { ...exact, allowed: mostOff(dependency, variances) }));
  }
  const findings = columnFindings(look, namer(host.featureNames));
  if (rule === "leave-out") return { known: { dependencies, constants }, findings };
  const judged = constants.map(({ feature: left, value: offset }): KnownDependency => ({
    left,
    columns: [],
    coefficients: [],
    offset,
    rounding: roundingOf(0, Math.abs(offset)) || 1,
    allowed: 0,
  }));
  return { known: { dependencies: [...dependencies, ...judged], constants: [] }, findings };
}

function constantsOf({ columns }: ColumnLook): number[] {
  return Array.from(columns.keys()).filter((j) => columns[j]!.kind === "constant");
}

/** What breaches are measured in. */
function unitOf(dependency: Dependency, variances: Float64Array): number {
  return dependency.rounding > 0 ? dependency.rounding : mostOff(dependency, variances);
}

async function keptByAll(
  dependency: KnownDependency,
  { data, rows, columns }: Matrix,
  weights: Float64Array | undefined,
  pace: Pace,
): Promise<boolean> {
  let kept = true;
  await inStrides(rows, pace, (start, end) => {
    for (let i = start; i < end && kept; i++) kept = weights?.[i] === 0 || roundingsOff(dependency, data, i * columns) === 0;
  });
  return kept;
}

/** Findings that {@link withLearned} has other words for. */
const REPLACED = ["constant-feature", "collinear-features"];

/** What a fit found, with what the detector makes of its columns in place of advice to leave them out, and what only the detector saw of them. */
export function withLearned(
  found: readonly Diagnostic[],
  { known: { dependencies, constants }, findings }: LearnedColumns,
  featureNames: readonly string[] | undefined,
): readonly Diagnostic[] {
  const name = namer(featureNames);
  const seen = found.map(({ code }) => code);
  const all = [...findings.filter(({ code }) => !seen.includes(code)), ...found];
  const kept = all.filter((finding) => !REPLACED.includes(finding.code) && !dependencies.some((known) => isFitOn(known, finding)));
  return [
    ...kept,
    ...constantFindings(
      constants.map(({ feature }) => feature),
      "left-out",
      name,
    ),
    ...dependencyFindings(dependencies, name),
  ];
}

/** Whether a finding says that rows lie on the hyperplane of a dependency, which is said here. */
function isFitOn({ left, columns }: KnownDependency, { code, detail }: Diagnostic): boolean {
  if (code !== "exact-fit" || !Array.isArray(detail?.features)) return false;
  return (
    detail.features.length === columns.length + 1 && [left, ...columns].every((column) => (detail.features as unknown[]).includes(column))
  );
}

function constantFindings(features: readonly number[], fate: "left-out" | "judged", name: Naming): Diagnostic[] {
  if (features.length === 0) return [];
  const names = inSentence(features.map(name), "and", MOST_NAMES);
  const hold = plural(features.length, "holds one value", "hold one value each");
  const leftOut = `${plural(features.length, "is", "are")} left out: another value there is no anomaly. constants: "strict" judges ${plural(features.length, "it", "them")}.`;
  return [
    {
      code: "constant-feature",
      severity: "warning",
      message: `${capitalised(names)} ${hold} in all training rows and ${fate === "left-out" ? leftOut : `${plural(features.length, "is", "are")} judged: another value there is an anomaly.`}`,
      detail: { features: [...features] },
    },
  ];
}

function dependencyFindings(dependencies: readonly KnownDependency[], name: Naming): Diagnostic[] {
  const linear = dependencies.filter(({ columns }) => columns.length > 0);
  const judged = dependencies.filter(({ columns }) => columns.length === 0).map(({ left }) => left);
  return [
    ...constantFindings(judged, "judged", name),
    ...linear.map((dependency): Diagnostic => ({
      code: "collinear-features",
      severity: "info",
      message: `${capitalised(equation(dependency, name))} in every training row${dependency.allowed > 0 ? ", up to rounding" : ""}: rows that break it are more unusual than all others.`,
      detail: {
        features: [dependency.left, ...dependency.columns],
        coefficients: [1, ...dependency.coefficients.map((value) => -value)],
        offset: dependency.offset,
      },
    })),
  ];
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
