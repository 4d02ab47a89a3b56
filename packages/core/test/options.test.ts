import type { DeclarationsOf, OptionDeclarations, OptionRange } from "../src/index.ts";
import { checkOptions } from "../src/authoring.ts";
import { expectedText, nearest } from "../src/internal.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** One option of each kind that estimators declare. */
const declarations = {
  nComponents: { range: { kind: "integer", minimum: 1 }, description: "How many components.", default: 1 },
  tol: { range: { kind: "number", minimum: 0 }, description: "When to stop.", default: 1e-5 },
  share: {
    range: { kind: "number", minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: true },
    description: "A share.",
  },
  covarianceType: { range: { kind: "choice", choices: ["full", "diag"] }, description: "The shape.", default: "full" },
  verbose: { range: { kind: "boolean" }, description: "Whether to talk.", default: false },
  label: { range: { kind: "text" }, description: "A name." },
  weightsInit: { range: { kind: "list", items: { kind: "number" }, minimumItems: 1 }, description: "Starting weights.", flag: false },
  regCovar: {
    range: {
      kind: "either",
      alternatives: [
        { kind: "number", minimum: 0 },
        { kind: "object", fields: { relative: { kind: "number", minimum: 0 } } },
      ],
    },
    description: "What is added.",
    default: 0,
  },
  init: {
    range: { kind: "other", words: "a fitted model", accepts: (value) => typeof value === "object" && value !== null },
    description: "A start.",
    flag: false,
  },
  data: { range: { kind: "other" }, description: "What is checked elsewhere." },
} satisfies OptionDeclarations;

const isNumber = (value: unknown): value is number => typeof value === "number" && value - value === 0;

/** What each option allows, said once more without ranges. */
const allowed: { readonly [Name in keyof typeof declarations]: (value: unknown) => boolean } = {
  nComponents: (value) => isNumber(value) && value % 1 === 0 && value >= 1 && value < 2 ** 53,
  tol: (value) => isNumber(value) && value >= 0,
  share: (value) => isNumber(value) && value > 0 && value < 1,
  covarianceType: (value) => value === "full" || value === "diag",
  verbose: (value) => value === true || value === false,
  label: (value) => typeof value === "string",
  weightsInit: (value) => Array.isArray(value) && value.length > 0 && value.findIndex((item) => !isNumber(item)) === -1,
  regCovar: (value) =>
    (isNumber(value) && value >= 0) ||
    (Object.prototype.toString.call(value) === "[object Object]" &&
      Object.keys(value as object).join() === "relative" &&
      allowed.tol((value as { relative: unknown }).relative)),
  init: (value) => typeof value === "object" && value !== null,
  data: () => true,
};

const check = (given: object | undefined): Readonly<Record<string, unknown>> => checkOptions("Test", declarations, given);

describe("checkOptions", () => {
  it("fills in defaults, leaves other options absent and freezes the result", () => {
    const options = check(undefined);

    expect(options).toEqual({ nComponents: 1, tol: 1e-5, covarianceType: "full", verbose: false, regCovar: 0 });
    expect(Object.isFrozen(options)).toBe(true);
    expect(check({ tol: undefined, label: undefined })).toEqual(options);
  });

  it("keeps allowed values of every kind", () => {
    const given = {
      nComponents: 3,
      tol: 0,
      share: 0.5,
      covarianceType: "diag",
      verbose: true,
      label: "x",
      weightsInit: [0.5, 0.5],
      regCovar: { relative: 1e-6 },
      init: {},
      data: null,
    };

    expect(check(given)).toEqual(given);
  });

  it("keeps a copy of lists and objects that nobody else can change", () => {
    const given = { weightsInit: [0.5, 0.5], regCovar: { relative: 1 } };
    const options = check(given);

    given.weightsInit[0] = 9;
    given.regCovar.relative = 9;

    expect(options).toMatchObject({ weightsInit: [0.5, 0.5], regCovar: { relative: 1 } });
    expect(Object.isFrozen(options["weightsInit"]) && Object.isFrozen(options["regCovar"])).toBe(true);
  });

  it.each([
    ["ncomponents", "nComponents"],
    ["n_components", "nComponents"],
    ["covariance_type", "covarianceType"],
    ["weightInit", "weightsInit"],
  ])("suggests a name for %s", (name, suggestion) => {
    expect(() => check({ [name]: 1 })).toThrow(
      expect.objectContaining({
        code: "unknown-option",
        message: `Test: there is no option "${name}". Did you mean "${suggestion}"?`,
        detail: expect.objectContaining({ option: name, suggestion }),
      }),
    );
  });

  it("lists the known options where no name is near", () => {
    expect(() => check({ zebra: 1 })).toThrow(`Test: there is no option "zebra". Known options: ${Object.keys(declarations).join(", ")}.`);
    expect(nearest("zebra", [])).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ["nComponents", 0, 'Test: "nComponents" must be an integer ≥ 1, found 0. How many components.'],
    ["nComponents", 1.5, 'Test: "nComponents" must be an integer ≥ 1, found 1.5. How many components.'],
    ["tol", -1, 'Test: "tol" must be a number ≥ 0, found -1. When to stop.'],
    ["nComponents", 2 ** 53, 'Test: "nComponents" must be an integer ≥ 1, found 9007199254740992. How many components.'],
    ["tol", Infinity, 'Test: "tol" must be a number ≥ 0, found Infinity. When to stop.'],
    ["tol", NaN, 'Test: "tol" must be a number ≥ 0, found NaN. When to stop.'],
    ["share", 1, 'Test: "share" must be a number > 0 and < 1, found 1. A share.'],
    ["covarianceType", "round", 'Test: "covarianceType" must be one of "full", "diag", found "round". The shape.'],
    ["verbose", "yes", 'Test: "verbose" must be true or false, found "yes". Whether to talk.'],
    ["label", 5, 'Test: "label" must be a text, found 5. A name.'],
    ["weightsInit", [1, "a"], 'Test: "weightsInit" must be a list of number, found [1, "a"]. Starting weights.'],
    ["regCovar", { relative: -1 }, 'Test: "regCovar" must be { relative: a number ≥ 0 }, found { relative: -1 }. What is added.'],
    ["weightsInit", [], 'Test: "weightsInit" must be a list of number, found []. Starting weights.'],
    // oxlint-disable-next-line no-sparse-arrays -- a hole is no number
    ["weightsInit", [1, , 2], 'Test: "weightsInit" must be a list of number, found [1, , 2]. Starting weights.'],
    [
      "regCovar",
      { relative: 1, absolute: 1 },
      'Test: "regCovar" must be a number ≥ 0, or { relative: a number ≥ 0 }, found { relative, absolute }. What is added.',
    ],
    ["init", null, 'Test: "init" must be a fitted model, found null. A start.'],
  ])("refuses a bad value of %s and says what is allowed", (option, value, message) => {
    expect(() => check({ [option]: value })).toThrow(
      expect.objectContaining({ code: "invalid-option", message, detail: { option, found: value } }),
    );
  });

  it.each([[null], [5], ["text"], [[]]])("refuses options that are no object: %j", (given) => {
    expect(() => check(given as object)).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });

  it("takes names of Object's own for unknown options", () => {
    for (const name of ["constructor", "toString", "hasOwnProperty"]) {
      expect(() => check({ [name]: 1 })).toThrow(expect.objectContaining({ code: "unknown-option" }));
    }
    expect(() => check(JSON.parse('{"__proto__": {"tol": 1}}') as object)).toThrow(expect.objectContaining({ code: "unknown-option" }));
  });

  it("answers any value at all with a checked option or a typed error", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(declarations)),
        fc.anything({ withBigInt: true, withTypedArray: true, withNullPrototype: true }),
        (option, value) => {
          if (value === undefined || allowed[option as keyof typeof declarations](value))
            expect(() => check({ [option]: value })).not.toThrow();
          else expect(() => check({ [option]: value })).toThrow(expect.objectContaining({ code: "invalid-option" }));
        },
      ),
      { seed: 11, numRuns: 2000 },
    );
  });
});

describe("expectedText", () => {
  it.each<[words: string, range: OptionRange]>([
    ["an integer", { kind: "integer" }],
    ["an integer ≥ 5 and ≤ 4294967295", { kind: "integer", minimum: 5, maximum: 4294967295 }],
    ["a number > 0 and < 9", { kind: "number", minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: true }],
    ["a number ≤ 9", { kind: "number", maximum: 9 }],
    ["a list of text", { kind: "list", items: { kind: "text" } }],
    ['true or false, or "auto"', { kind: "either", alternatives: [{ kind: "boolean" }, { kind: "choice", choices: ["auto"] }] }],
    ["a valid value", { kind: "other" }],
  ])("says %s", (words, range) => {
    expect(expectedText(range)).toBe(words);
  });
});

describe("declarations of an interface", () => {
  interface Options {
    size?: number;
    shape?: "round" | "square";
    names?: readonly string[];
    scale?: number | { relative: number };
    deep?: boolean;
  }
  const text = "A sentence.";

  it("are taken by the compiler where every value in the range and the default belong to the option's type", () => {
    const sound = {
      size: { range: { kind: "integer", minimum: 1 }, default: 3, description: text },
      shape: { range: { kind: "choice", choices: ["round"] }, default: "square", description: text },
      names: { range: { kind: "list", items: { kind: "text" } }, default: ["a"], description: text },
      scale: {
        range: { kind: "either", alternatives: [{ kind: "number" }, { kind: "object", fields: { relative: { kind: "number" } } }] },
        description: text,
      },
      deep: { range: { kind: "other", words: "yes or no" }, description: text },
    } satisfies DeclarationsOf<Options>;

    expect(checkOptions("Test", sound, {})).toEqual({ size: 3, shape: "square", names: ["a"] });
  });

  it("are refused by the compiler where they do not", () => {
    const one: DeclarationsOf<Pick<Options, "size">>[] = [
      // @ts-expect-error -- a text is no number
      { size: { range: { kind: "text" }, description: text } },
      // @ts-expect-error -- numbers have no choices
      { size: { range: { kind: "integer", choices: ["1"] }, description: text } },
      // @ts-expect-error -- the default is no number
      { size: { range: { kind: "integer" }, default: "3", description: text } },
      // @ts-expect-error -- one of the alternatives is no number
      { size: { range: { kind: "either", alternatives: [{ kind: "number" }, { kind: "boolean" }] }, description: text } },
    ];
    const others: Partial<DeclarationsOf<Options>>[] = [
      // @ts-expect-error -- "flat" is none of the shapes
      { shape: { range: { kind: "choice", choices: ["round", "flat"] }, description: text } },
      // @ts-expect-error -- any text is more than the shapes
      { shape: { range: { kind: "text" }, description: text } },
      // @ts-expect-error -- numbers are no names
      { names: { range: { kind: "list", items: { kind: "number" } }, description: text } },
      // @ts-expect-error -- the field is missing
      { scale: { range: { kind: "object", fields: {} }, description: text } },
    ];

    expect([...one, ...others]).toHaveLength(8);
  });
});
