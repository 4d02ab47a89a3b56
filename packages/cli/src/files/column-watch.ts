import { createRowSampler } from "@mixtura/backend/internal/columns";
import type { RowSampler } from "@mixtura/backend/internal/columns";
import type { ColumnRanges, FittedModel, Matrix } from "@mixtura/core";
import { greatestOf, leastOf } from "@mixtura/core/internal";
import { viewOf } from "@mixtura/outliers/internal";
import { percent, significant } from "@mixtura/wording/internal";
import { shownNames } from "../flags/feature-values.ts";

/** Rows that a column is judged by at least: fewer may all be far out by themselves. */
const LEAST_ROWS = 3;
/** Of fewer training rows the range says little. */
const LEAST_TRAINED = 20;
/** Rows that medians are found among. */
const SAMPLED_ROWS = 1024;
/** Standard deviations within which a component's rows are taken to lie, where a model does not say what its rows ranged over. */
const WITHIN = 4;
/** A factor this near to a power of ten, in decades, is called that power: 97 is "100 times". */
const NEAR_POWER = 0.15;
/** Medians whose ratio is smaller say nothing of units. */
const LEAST_FACTOR = 2;

/** A column that left the range of the training rows in most rows. */
export interface ColumnElsewhere {
  readonly column: string;
  /** What is said of it, without the name of the data. */
  readonly message: string;
}

/** Watches rows for columns that are not where they were when the model was fitted, as amounts in another unit are. */
export class ColumnWatch {
  readonly #names: readonly string[];
  readonly #ranges: ColumnRanges | undefined;
  readonly #outside: Float64Array;
  readonly #sampler: RowSampler;
  #rows = 0;

  constructor(model: FittedModel) {
    const { featureCount } = model;
    this.#names = shownNames(model);
    this.#ranges = keptRanges(model) ?? likelyRanges(model);
    this.#outside = new Float64Array(featureCount);
    this.#sampler = createRowSampler(featureCount, SAMPLED_ROWS);
  }

  add({ data, rows, columns }: Matrix): void {
    if (this.#ranges === undefined) return;
    const { minimum, maximum } = this.#ranges;
    for (let at = 0, row = 0; row < rows; row++)
      for (let j = 0; j < columns; j++, at++) if (!(data[at]! >= minimum[j]! && data[at]! <= maximum[j]!)) this.#outside[j]!++;
    this.#sampler.add(data, rows, undefined);
    this.#rows += rows;
  }

  /** The columns that most rows hold values of which no training row had. */
  elsewhere(): ColumnElsewhere[] {
    if (this.#ranges === undefined || this.#rows < LEAST_ROWS) return [];
    const { data, rows, columns } = this.#sampler.finish();
    const ranges = this.#ranges;
    return Array.from(this.#outside.keys()).flatMap((j) => {
      const fraction = this.#outside[j]! / this.#rows;
      if (fraction <= 0.5) return [];
      const values = Float64Array.from({ length: rows }, (_, row) => data[row * columns + j]!).toSorted();
      const now = values[rows >> 1]!;
      const before = { least: ranges.minimum[j]!, median: ranges.median[j]!, most: ranges.maximum[j]! };
      return [{ column: this.#names[j]!, message: `${this.#names[j]!}: ${sentence(now, before, fraction)}` }];
    });
  }
}

function sentence(now: number, { least, median, most }: { least: number; median: number; most: number }, fraction: number): string {
  const medians = `(Its median is ${significant(now, 4)}, that of the training rows ${significant(median, 4)}.)`;
  const ratio = now / median;
  const factor = ratio >= 1 ? ratio : 1 / ratio;
  if (factor >= LEAST_FACTOR && Number.isFinite(factor))
    return `${rounded(factor)} times ${ratio > 1 ? "larger" : "smaller"}: another unit? ${medians}`;
  return `${percent(fraction)} of the rows are outside ${significant(least, 4)} to ${significant(most, 4)}, where all training rows were: another unit, or other rows? ${medians}`;
}

/** A factor in as many digits as it is worth. */
function rounded(factor: number): string {
  const decades = Math.log10(factor);
  const power = Math.round(decades);
  return power > 0 && Math.abs(decades - power) <= NEAR_POWER ? significant(10 ** power, 2) : significant(factor, 2);
}

/** What the rows of a model ranged over, as it or the model inside it keeps it: one of them may have been made of a few rows, to set a threshold. */
function keptRanges(model: FittedModel): ColumnRanges | undefined {
  const {
    featureCount,
    mixture,
    model: inner = mixture,
  } = model as FittedModel & { readonly mixture?: FittedModel; readonly model?: FittedModel };
  return [model, inner]
    .map((one) => one?.provenance)
    .find((found) => found !== undefined && found.rows >= LEAST_TRAINED && found.columnRanges?.minimum.length === featureCount)
    ?.columnRanges;
}

/** Where the rows of a model lay, as far as its components tell; nothing where it has none. */
function likelyRanges(model: FittedModel): ColumnRanges | undefined {
  const view = viewOf(model);
  if (view === undefined) return undefined;
  const d = model.featureCount;
  const { weights, means } = view;
  const spreads = Array.from(weights, (_, k) => view.covariance(k).data);
  const over = (j: number, take: (value: number, spread: number) => number): number[] =>
    Array.from(weights, (_, k) => take(means.data[k * d + j]!, Math.sqrt(spreads[k]![j * (d + 1)]!)));
  const features = Array.from({ length: d }, (_, j) => j);
  return {
    minimum: features.map((j) => leastOf(over(j, (mean, spread) => mean - WITHIN * spread))),
    maximum: features.map((j) => greatestOf(over(j, (mean, spread) => mean + WITHIN * spread))),
    median: features.map((j) =>
      middle(
        over(j, (mean) => mean),
        weights,
      ),
    ),
  };
}

/** The weighted median of the components' means. */
function middle(values: readonly number[], weights: ArrayLike<number>): number {
  const order = values.map((_, k) => k).toSorted((a, b) => values[a]! - values[b]!);
  let passed = 0;
  return values[order.find((k) => (passed += weights[k]!) >= 0.5) ?? order.at(-1)!]!;
}
