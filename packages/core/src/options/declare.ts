import type * as z from "zod/mini";

/** One option, declared once: validation, error texts, the command line, forms, tables and tests are made from it. */
export interface OptionDeclaration<T = unknown> {
  /** What values are allowed. */
  readonly schema: z.ZodMiniType<T>;
  /** What the option does, in one sentence that also fits a help text. */
  readonly description: string;
  /** The value in its absence. An option without a default stays absent. */
  readonly default?: T;
  /** The unit of the value, where it has one. */
  readonly unit?: string;
  /** `false` for options that only code can give (arrays, models): no flag, no form field. */
  readonly flag?: false;
}

/** The options of one estimator, by name. */
export type OptionDeclarations = Readonly<Record<string, OptionDeclaration>>;

/** Declarations that must name every option of the interface `Options`, and no other. */
export type DeclarationsOf<Options> = { readonly [Name in keyof Required<Options>]: OptionDeclaration<NonNullable<Options[Name]>> };

/** The options after checking: those with a default are always there. */
export type CheckedOptions<Options, Defaulted extends keyof Options> = Readonly<
  Omit<Options, Defaulted> & Required<Pick<Options, Defaulted>>
>;
