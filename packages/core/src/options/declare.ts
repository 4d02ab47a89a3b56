import type { OptionRange, RangeOf } from "./range.ts";

/** One option of any type, for programs that list options. */
export interface AnyOptionDeclaration {
  /** What values are allowed. */
  readonly range: OptionRange;
  /** What the option does, in one sentence that also fits a help text. */
  readonly description: string;
  /** The value in its absence. An option without a default stays absent. */
  readonly default?: unknown;
  /** The unit of the value, where it has one. */
  readonly unit?: string;
  /** `false` for options that only code can give (arrays, models): no flag, no form field. */
  readonly flag?: false;
}

/** One option of type `T`, declared once: validation, error texts, the command line, forms, tables and tests are made from it. */
export interface OptionDeclaration<T = unknown> extends AnyOptionDeclaration {
  readonly range: RangeOf<T>;
  readonly default?: T;
}

/** The options of one estimator, by name. */
export type OptionDeclarations = Readonly<Record<string, AnyOptionDeclaration>>;

/** Declarations that must name every option of the interface `Options`, and no other. */
export type DeclarationsOf<Options> = { readonly [Name in keyof Required<Options>]: OptionDeclaration<NonNullable<Options[Name]>> };

/** The names of the options that have a default. */
type DefaultedIn<Declared> = {
  [Name in keyof Declared]: Declared[Name] extends { readonly default: unknown } ? Name : never;
}[keyof Declared];

/** The options after checking: those that are declared with a default are always there. */
export type CheckedOptions<Options, Declared> = Readonly<
  Omit<Options, DefaultedIn<Declared> & keyof Options> & Required<Pick<Options, DefaultedIn<Declared> & keyof Options>>
>;
