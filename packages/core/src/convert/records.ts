import { allocated } from "../allocate.ts";
import { listed, MixturaError, show } from "../errors.ts";
import type { Matrix, RecordField } from "../matrix.ts";
import { badCell, exactly } from "./rows.ts";

/** How records are read. */
export interface RecordReading {
  readonly caller: string;
  /** A fitted model's features: its names are read, and other fields are passed over. */
  readonly features?: { readonly count: number; readonly names?: readonly string[] };
  /** Whether decimal numbers may be texts. */
  readonly numericStrings?: boolean | undefined;
}

/**
 * Rows given as records. Without names of a model, the first record's keys become the features and every record must have just those.
 */
export function fromRecords(records: readonly Readonly<Record<string, RecordField>>[], reading: RecordReading): Matrix {
  const { caller, features } = reading;
  const wanted = features?.names;
  const featureNames = wanted ?? Object.keys(records[0] ?? {});
  const columns = featureNames.length;
  if (features !== undefined && wanted === undefined && columns > 1) throw withoutNames(features.count, featureNames, caller);
  const data = allocated(records.length * columns, caller);
  for (let i = 0; i < records.length; i++) {
    const record = records[i] as unknown;
    if (record === null || typeof record !== "object") {
      throw new MixturaError("invalid-shape", `${caller}: row ${i} is not a record (found ${show(record)}).`, {
        expected: "a record",
        found: show(record),
      });
    }
    const fields = record as Readonly<Record<string, unknown>>;
    for (let j = 0; j < columns; j++) {
      const name = featureNames[j]!;
      if (!Object.hasOwn(fields, name)) throw missingField(caller, i, name, featureNames, fields);
      const value = fields[name];
      data[i * columns + j] = typeof value === "number" ? value : fieldNumber(value, i, j, name, reading);
    }
    if (wanted === undefined && Object.keys(fields).length !== columns) {
      const expected = new Set(featureNames);
      const extra = Object.keys(fields).find((key) => !expected.has(key)) ?? "";
      throw new MixturaError(
        "feature-mismatch",
        `${caller}: row ${i} has a field ${show(extra)} that row 0 lacks. All records need the same fields.`,
        {
          expected: featureNames,
          found: Object.keys(fields),
        },
      );
    }
  }
  return { data, rows: records.length, columns, featureNames };
}

/** A decimal number as databases write it: no hexadecimal, no words. */
const DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;

/** A field that is no number as one. */
function fieldNumber(value: unknown, row: number, column: number, name: string, { caller, numericStrings }: RecordReading): number {
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "bigint") return exactly(value, row, column, name, caller);
  const isDecimal = typeof value === "string" && DECIMAL.test(value);
  if (isDecimal && numericStrings === true) return Number(value);
  const advice = isDecimal
    ? "Pass numericStrings: true to read such texts as numbers."
    : value instanceof Date
      ? "Pass what matters of it as a number, such as getTime() or the hour of the day."
      : "Remove or convert the cell.";
  throw badCell(caller, row, column, name, value, `is not a number (found ${show(value)}). ${advice}`);
}

/** Without names of its own a model would read fields in whatever order they come. */
function withoutNames(count: number, found: readonly string[], caller: string): MixturaError {
  return new MixturaError(
    "feature-mismatch",
    `${caller}: the model knows its ${count} features by their order alone, and records have names: ${listed(found)}. Pass rows as lists in the order of the fit, or fit on records.`,
    { expected: count, found },
  );
}

function missingField(caller: string, row: number, name: string, expected: readonly string[], fields: object): MixturaError {
  return new MixturaError(
    "feature-mismatch",
    `${caller}: row ${row} has no field ${show(name)}. Expected the fields ${listed(expected)}.`,
    {
      expected,
      found: Object.keys(fields),
    },
  );
}
