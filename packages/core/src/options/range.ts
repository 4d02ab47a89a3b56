/**
 * An option's allowed values, as plain data: the check, error texts, the command line, forms, tables and generated tests all read it.
 *
 * Numbers are finite, integers safe; an object has exactly the fields that are named.
 */
export interface OptionRange {
  readonly kind: "integer" | "number" | "boolean" | "text" | "choice" | "list" | "object" | "either" | "other";
  readonly minimum?: number;
  readonly maximum?: number;
  /** Whether the bound itself is left out. */
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  /** Whether a number is a large fraction, so that a small one was probably meant as the rest up to 1: 0.05 for 0.95. */
  readonly complement?: boolean;
  readonly choices?: readonly string[];
  /** What a list holds. */
  readonly items?: OptionRange;
  /** The fewest items of a list. Default 0. */
  readonly minimumItems?: number;
  /** The fields of an object. */
  readonly fields?: Readonly<Record<string, OptionRange>>;
  /** The forms of which a value must have one. */
  readonly alternatives?: readonly OptionRange[];
  /** In words, for what no other kind describes. */
  readonly words?: string;
  /** Whether such a value is allowed. Without it everything is, and whoever reads the option checks it. */
  readonly accepts?: (value: unknown) => boolean;
}

/**
 * The ranges that an option of type `T` may be declared with: none of them lets a value through that is no `T`, as far as the compiler can see.
 *
 * @example
 * ```ts
 * const iterations: RangeOf<number> = { kind: "integer", minimum: 1 };
 * const shape: RangeOf<"full" | "diag"> = {
 *   kind: "choice",
 *   choices: ["full", "round"],
 * }; // an error: "round" is none of them
 * ```
 */
export type RangeOf<T> = unknown extends T
  ? OptionRange
  : | (number extends T ? NumberRange : never)
    | (boolean extends T ? { readonly kind: "boolean" } : never)
    | (string extends T ? { readonly kind: "text" } : never)
    | { readonly kind: "choice"; readonly choices: readonly Extract<T, string>[] }
    | StructureOf<T>
    | { readonly kind: "either"; readonly alternatives: readonly RangeOf<T>[] }
    | { readonly kind: "other"; readonly words?: string; readonly accepts?: (value: unknown) => boolean };

interface NumberRange extends Pick<OptionRange, "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "complement"> {
  readonly kind: "integer" | "number";
}

/** Lists and objects, for every member of a union by itself. */
type StructureOf<T> = T extends readonly (infer Item)[]
  ? { readonly kind: "list"; readonly items: RangeOf<Item>; readonly minimumItems?: number }
  : T extends object
    ? { readonly kind: "object"; readonly fields: { readonly [Name in keyof T]-?: RangeOf<T[Name]> } }
    : never;
