import { allocated } from "../allocate.ts";
import { listed, MixturaError, show } from "../errors.ts";
import type { Matrix } from "../matrix.ts";
import { numberAt } from "./rows.ts";

/**
 * Rows given as records. Without `wanted`, the first record's keys become the features and every record must have just those;
 * with `wanted` (a model's feature names) those are read by name and other fields are passed over.
 */
export function fromRecords(records: readonly Readonly<Record<string, number>>[], caller: string, wanted?: readonly string[]): Matrix {
  const featureNames = wanted ?? Object.keys(records[0] ?? {});
  const columns = featureNames.length;
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
      data[i * columns + j] = numberAt(fields[name], i, j, caller, name);
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
