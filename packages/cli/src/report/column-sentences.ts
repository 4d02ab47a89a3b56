import type { Diagnostic, FittedModel } from "@mixtura/core";
import { columnsOfRange, csvOptionDeclarations } from "@mixtura/io/internal";
import { inWords } from "../flags/in-flags.ts";
import { spellFlags } from "../flags/spell.ts";
import type { FeatureTable } from "../files/left-out.ts";
import { columnNames, leftOutSentences } from "../files/left-out.ts";
import type { TableChoice } from "../files/table.ts";

/** What a fit finds about columns that a reader should know before the result. */
const SAID_FIRST: readonly string[] = [
  "counting-feature",
  "timestamp-feature",
  "possible-identifier",
  "collinear-features",
  "zero-inflated-feature",
  "skewed-feature",
];

/** What was left out of a fit, and what it found about the columns that are left: a sentence each, with the flag that does what it advises. */
export function columnSentences(model: FittedModel, table: FeatureTable, choice: TableChoice): string[] {
  // Advice that would leave no feature is none.
  const found = model.trace.diagnostics.filter((one) => SAID_FIRST.includes(one.code) && featuresOf(one).length < model.featureCount);
  return [
    ...leftOutSentences(table),
    ...found.map((diagnostic) => {
      const flag = flagWithout(featuresOf(diagnostic), table, choice);
      return inWords(diagnostic.message, model).replace(/\bleave (it|them) out\b/, `${flag} leaves $1 out`);
    }),
  ];
}

/** What a fit met besides what {@link columnSentences} says. */
export function otherDiagnostics({ trace }: FittedModel): readonly Diagnostic[] {
  return trace.diagnostics.filter(({ code }) => !SAID_FIRST.includes(code));
}

/** The features that a finding would have left out: of a dependency the one that follows from the others. */
function featuresOf({ code, detail }: Diagnostic): readonly number[] {
  const { features = [] } = (detail ?? {}) as { readonly features?: readonly number[] };
  return code === "collinear-features" ? features.slice(0, 1) : features;
}

/** The flag that leaves out some features, besides what was left out or chosen before. */
function flagWithout(features: readonly number[], table: FeatureTable, { options }: TableChoice): string {
  const { columns, drop = [], weightColumn } = options;
  const names =
    table.X.featureNames ??
    columns?.flatMap((choice): readonly (string | number)[] => columnsOfRange(choice) ?? [choice]) ??
    columnNames(table, weightColumn);
  const [flag] = spellFlags(
    csvOptionDeclarations,
    columns === undefined
      ? { drop: [...drop, ...features.map((feature) => names[feature]!)].map(String) }
      : { columns: names.filter((_, feature) => !features.includes(feature)).map(String) },
  );
  return flag!;
}
