import type { Matrix } from "@mixtura/core";
import type { ColumnProfile } from "../rows/profile.ts";
import { columnForm, columnOf } from "./column-form.ts";
import type { ColumnForm } from "./column-form.ts";
import type { ColumnKind } from "./column-kinds.ts";
import { kindOf } from "./column-kinds.ts";
import type { ColumnReader, ColumnValues } from "./column-values.ts";
import { createColumnReader } from "./column-values.ts";
import type { Dependency } from "./dependency.ts";
import { roundingOf } from "./dependency.ts";
import { findDependencies } from "./find-dependencies.ts";
import { createRepeatCounter } from "./repeated-rows.ts";
import type { RowSample } from "./row-sample.ts";
import { createRowSampler } from "./row-sample.ts";

/** One column of a table, looked at. */
export interface LookedAtColumn {
  /** What the column seems to be, besides a measurement. */
  readonly kind: ColumnKind | undefined;
  readonly values: ColumnValues;
  readonly form: ColumnForm | undefined;
}

/** What the columns of a table look like, from one pass. */
export interface ColumnLook {
  readonly columns: readonly LookedAtColumn[];
  /** Columns that follow from others in the rows of a sample; {@link confirmed} says which hold in all rows. */
  readonly dependencies: readonly Dependency[];
  /** Rows that repeat an earlier one, as a fraction. */
  readonly repeated: number;
  /** The same to be expected where the values of each column stand in any order. */
  readonly repeatedByChance: number;
}

/** Collects a {@link ColumnLook}. The result does not depend on how the rows were cut. */
export interface ColumnLooker {
  add(X: Matrix, sampleWeight: Float64Array | undefined): void;
  finish(profile: ColumnProfile): ColumnLook;
}

/** Above this number of columns, dependencies are not looked for: that costs d² values. */
const WIDEST = 500;
/** Rows of the sample; twenty for each column where that is more. Between half of them and all are held. */
const SAMPLED_ROWS = 4096;
/** Above 500, values of the sample at most. */
const SAMPLED_VALUES = 2 ** 20;

/**
 * Starts a look at columns: one pass, about as long as an EM pass of one full component or shorter.
 *
 * @remarks O(n·d) time, and O(m·d² + d³) once for the dependencies of at most 500 columns, m = max(4096, 20·d). O(d²) memory.
 */
export function createColumnLooker(columns: number): ColumnLooker {
  const readers: ColumnReader[] = Array.from({ length: columns }, createColumnReader);
  const wide = columns > WIDEST;
  const most = wide ? Math.max(64, 2 * Math.floor(SAMPLED_VALUES / columns / 2)) : Math.max(SAMPLED_ROWS, 20 * columns);
  const sampler = createRowSampler(columns, most);
  const repeats = createRepeatCounter(columns);

  return {
    add({ data, rows }, sampleWeight) {
      for (let j = 0; j < columns; j++) readers[j]!.add(data, j, columns, rows, sampleWeight);
      sampler.add(data, rows, sampleWeight);
      repeats.add(data, rows, sampleWeight);
    },
    finish(profile) {
      const sample = sampler.finish();
      const looked: LookedAtColumn[] = [];
      let chance = profile.countedRows / 2;
      for (const [j, reader] of readers.entries()) {
        const { column, tied } = lookAt(reader.finish(), j, sample, profile);
        looked.push(column);
        chance *= tied;
      }
      return {
        columns: looked,
        dependencies: wide ? [] : dependenciesOf(looked, sample, profile),
        repeated: repeats.finish(),
        repeatedByChance: Math.min(1, chance),
      };
    },
  };
}

/** A column, and how often two of its sampled values agree. */
function lookAt(
  values: ColumnValues,
  j: number,
  sample: RowSample,
  { countedRows, weight, variances, steps }: ColumnProfile,
): { readonly column: LookedAtColumn; readonly tied: number } {
  const sampled = columnOf(sample, j);
  const { distinct, mostFrequent, tied } = frequenciesOf(sampled, sample.weights);
  const form = values.few === undefined ? columnForm(sampled, sample.weights) : undefined;
  const spread = Math.sqrt(variances[j]!);
  const kind = kindOf({ values, rows: countedRows, weight, step: steps[j]!, spread, distinct, mostFrequent, form: form?.kind });
  return { column: { kind, values, form: kind === form?.kind ? form : undefined }, tied };
}

function frequenciesOf(
  values: Float64Array,
  weights: Float64Array,
): { readonly distinct: boolean; readonly mostFrequent: number; readonly tied: number } {
  const held = new Map<number, number>();
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    total += weights[i]!;
    held.set(values[i]!, (held.get(values[i]!) ?? 0) + weights[i]!);
  }
  let most = 0;
  let tied = 0;
  for (const [value, weight] of held) {
    if (value !== 0) most = Math.max(most, weight / total);
    tied += (weight / total) ** 2;
  }
  // A column of nothing but different values has no ties, though each value agrees with itself.
  return { distinct: held.size === values.length, mostFrequent: most, tied: Math.max(0, tied - 1 / Math.max(1, values.length)) };
}

function dependenciesOf(looked: readonly LookedAtColumn[], sample: RowSample, { variances, steps }: ColumnProfile): Dependency[] {
  const varied = Array.from(looked.keys()).filter((j) => looked[j]!.kind !== "constant");
  const roundings = steps.map((step, j) =>
    roundingOf(step, Math.max(Math.abs(looked[j]!.values.least), Math.abs(looked[j]!.values.greatest))),
  );
  return findDependencies(sample, { varied, spreads: variances.map(Math.sqrt), roundings });
}
