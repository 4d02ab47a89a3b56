import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { option } from "./components.ts";

/** What {@link readNumbers} asks of its numbers. */
export interface NumberRules {
  readonly least?: number;
  /** Whether ±Infinity may be among them. */
  readonly infinite?: boolean;
  /** How many there must be. */
  readonly count?: number;
}

/**
 * Reads a list of at least one number.
 *
 * @throws MixturaError `invalid-option` for what is no such list, `not-finite` for a number that is none
 */
export function readNumbers(
  given: unknown,
  name: string,
  caller: string,
  { least = -Infinity, infinite = false, count }: NumberRules = {},
): Float64Array {
  const list = given as ArrayLike<unknown> | null | undefined;
  const length = typeof list === "object" && list !== null ? list.length : undefined;
  if (!(typeof length === "number" && length > 0) || (count !== undefined && length !== count))
    throw option(caller, name, count === undefined ? "a list of at least one number" : `${count} numbers`, given);
  const numbers = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    const value = list![row];
    const sound = typeof value === "number" && (Number.isFinite(value) || (infinite && !Number.isNaN(value)));
    if (!sound) {
      const expected = infinite ? "a number" : "a finite number";
      throw new MixturaError("not-finite", `${caller}: "${name}[${row}]" must be ${expected}, found ${show(value)}.`, {
        row,
        column: 0,
        found: value,
      });
    }
    if (value < least) throw option(caller, `${name}[${row}]`, `at least ${least}`, value);
    numbers[row] = value;
  }
  return numbers;
}

/**
 * Reads one number, or nothing.
 *
 * @throws MixturaError `invalid-option`
 */
export function readNumber(given: unknown, name: string, caller: string, least = -Infinity): number | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== "number" || !Number.isFinite(given) || given < least)
    throw option(caller, name, least === -Infinity ? "a finite number" : `a finite number ≥ ${least}`, given);
  return given;
}

/** What rows are called in a picture: names or numbers of their own, else their index. */
export type RowNames = ArrayLike<string | number>;

/**
 * Reads the names of rows.
 *
 * @throws MixturaError `invalid-option`
 */
export function readRowNames(given: RowNames | undefined, rows: number, caller: string): (row: number) => string {
  if (given === undefined) return String;
  if (typeof given !== "object" || given === null || given.length !== rows)
    throw option(caller, "rowNames", `${rows} names, one per row`, given);
  return (row) => String(given[row]);
}
