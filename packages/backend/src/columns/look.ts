import type { Matrix } from "@mixtura/core";
import { weightedQuantile } from "@mixtura/core/authoring";
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
  /** The median of the sampled rows. */
  readonly median: number;
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
const SAMPLED_ROWS = 1024;
/** Above 500, values of the sample at most. */
const SAMPLED_VALUES = 2 ** 20;

/**
 * Starts a look at columns: one pass, about as long as an EM pass of one full component or shorter.
 *
 * @param rows how many there are at least
 * @remarks O(n·d) time, and O(m·d² + d³) once for the dependencies of at most 500 columns, m = max(1024, 20·d). O(d²) memory.
 */
export function createColumnLooker(columns: number, rows = 0): ColumnLooker {
  const readers: ColumnReader[] = Array.from({ length: columns }, createColumnReader);
  const wide = columns > WIDEST;
  const most = wide ? Math.max(64, 2 * Math.floor(SAMPLED_VALUES / columns / 2)) : Math.max(SAMPLED_ROWS, 20 * columns);
  const sampler = createRowSampler(columns, most);
  const repeats = createRepeatCounter(columns, rows);

  return {
    add({ data, rows }, sampleWeight) {
      for (let j = 0; j < columns; j++) readers[j]!.add(data, j, columns, rows, sampleWeight);
      sampler.add(data, rows, sampleWeight);
      repeats.add(data, rows, sampleWeight);
    },
    finish(profile) {
      if (profile.countedRows === 0) return { columns: [], dependencies: [], repeated: 0, repeatedByChance: 0 };
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
  profile: ColumnProfile,
): { readonly column: LookedAtColumn; readonly tied: number } {
  const { countedRows, variances, steps, ranges, least } = profile;
  const sampled = columnOf(sample, j);
  const frequencies = frequenciesOf(sampled, sample.weights);
  const form = values.few === undefined ? columnForm(sampled, sample.weights) : undefined;
  const kind = kindOf({
    values,
    least: least[j]!,
    greatest: least[j]! + ranges[j]!,
    rows: countedRows,
    step: steps[j]!,
    spread: Math.sqrt(variances[j]!),
    ...frequencies,
    form: form?.kind,
  });
  const { median, tied } = frequencies;
  return { column: { kind, values, median, form: kind === form?.kind ? form : undefined }, tied };
}

/** How often sampled values agree. */
interface Frequencies {
  readonly distinct: boolean;
  readonly zeros: number;
  readonly mostFrequent: number;
  readonly tied: number;
  readonly median: number;
}

function frequenciesOf(values: Float64Array, weights: Float64Array): Frequencies {
  const [sorted, own] = sortedWithWeights(values, weights);
  let [total, zeros, most, tied, different] = [0, 0, 0, 0, 0];
  for (let i = 0; i < sorted.length;) {
    const value = sorted[i]!;
    let weight = 0;
    for (; i < sorted.length && sorted[i] === value; i++) weight += own[i]!;
    total += weight;
    tied += weight ** 2;
    different++;
    if (value === 0) zeros = weight;
    else if (weight > most) most = weight;
  }
  // A column of nothing but different values has no ties, though each value agrees with itself.
  return {
    distinct: different === values.length,
    zeros: zeros / total,
    mostFrequent: most / total,
    median: weightedQuantile({ values: sorted, weights: own }, 0.5),
    tied: Math.max(0, tied / total ** 2 - 1 / Math.max(1, values.length)),
  };
}

/** Ascending values, each with its weight; equal weights need no comparing of places, which takes ten times as long. */
function sortedWithWeights(values: Float64Array, weights: Float64Array): readonly [Float64Array, Float64Array] {
  if (weights.every((weight) => weight === weights[0])) return [values.toSorted(), weights];
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  return [Float64Array.from(order, (at) => values[at]!), Float64Array.from(order, (at) => weights[at]!)];
}

function dependenciesOf(
  looked: readonly LookedAtColumn[],
  sample: RowSample,
  { variances, steps, ranges, least }: ColumnProfile,
): Dependency[] {
  const varied = Array.from(looked.keys()).filter((j) => looked[j]!.kind !== "constant");
  const roundings = steps.map((step, j) => roundingOf(step, Math.max(Math.abs(least[j]!), Math.abs(least[j]! + ranges[j]!))));
  return findDependencies(sample, { varied, spreads: variances.map(Math.sqrt), roundings });
}
