import type { Dependency } from "@mixtura/backend/internal/columns";
import type { FieldReader } from "@mixtura/core/authoring";
import { present } from "@mixtura/core/authoring";
import { readObject } from "@mixtura/core/internal";

/** A linear dependency that all training rows keep, and how far a row may be off. A constant feature that is judged is one without columns. */
export interface KnownDependency extends Dependency {
  /** In the units of the left feature, in addition to the rounding of the sum. */
  readonly allowed: number;
}

/** A feature that holds one value in all training rows, and that value. */
export interface KnownConstant {
  readonly feature: number;
  readonly value: number;
}

/** What a detector knows about its features besides the model that it scores by. */
export interface KnownColumns {
  /** A row that breaks one of them scores below every row that does not. */
  readonly dependencies: readonly KnownDependency[];
  /** Features that are left out: any value there counts as that of the training rows. */
  readonly constants: readonly KnownConstant[];
}

/** Of a detector that knows nothing. */
export const NOTHING_KNOWN: KnownColumns = Object.freeze({ dependencies: Object.freeze([]), constants: Object.freeze([]) });

/** The same as plain JSON data; no field where nothing is known. */
export function knownToJSON({ dependencies, constants }: KnownColumns): { readonly columns?: KnownColumns } {
  return present({ columns: dependencies.length + constants.length === 0 ? undefined : { dependencies, constants } });
}

/** Reads what {@link knownToJSON} wrote, from JSON that is not trusted. */
export function readKnown(reader: FieldReader, features: number): KnownColumns {
  const feature = (of: FieldReader, key: string): number => {
    const value = of.count(key, 0);
    if (value >= features) throw of.fail(key, `one of ${features} features`);
    return value;
  };
  return {
    dependencies: list(reader, "dependencies", (of) => {
      const left = feature(of, "left");
      const columns = [...of.numbers("columns")];
      if (
        columns.some(
          (column, i) => !Number.isInteger(column) || column < 0 || column >= features || column === left || columns.indexOf(column) < i,
        )
      )
        throw of.fail("columns", "other features, each once");
      const [rounding, allowed] = [of.number("rounding"), of.number("allowed")];
      if (!(rounding > 0)) throw of.fail("rounding", "a number above 0");
      if (!(allowed >= 0)) throw of.fail("allowed", "a number from 0 on");
      return {
        left,
        columns,
        coefficients: [...of.numbers("coefficients", columns.length)],
        offset: of.number("offset"),
        rounding,
        allowed,
      };
    }),
    constants: list(reader, "constants", (of) => ({ feature: feature(of, "feature"), value: of.number("value") })),
  };
}

function list<Item>(reader: FieldReader, key: string, read: (item: FieldReader) => Item): readonly Item[] {
  return reader.has(key)
    ? Object.freeze(reader.list(key).map((item, index) => Object.freeze(read(readObject(item, `${key}[${index}]`)))))
    : [];
}
