import type { OptionDeclarations } from "@mixtura/core";
import { checkOptions, describeRange, expectedText, nearest } from "@mixtura/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";

/** One option of each kind that estimators declare. */
const declarations = {
  nComponents: { schema: z.int().check(z.gte(1)), description: "How many components.", default: 1 },
  tol: { schema: z.number().check(z.nonnegative()), description: "When to stop.", default: 1e-5 },
  share: { schema: z.number().check(z.gt(0), z.lt(1)), description: "A share." },
  covarianceType: { schema: z.enum(["full", "diag"]), description: "The shape.", default: "full" },
  verbose: { schema: z.boolean(), description: "Whether to talk.", default: false },
  label: { schema: z.string(), description: "A name." },
  weightsInit: { schema: z.array(z.number()), description: "Starting weights.", flag: false },
  regCovar: {
    schema: z.union([z.number().check(z.gte(0)), z.object({ relative: z.number().check(z.gte(0)) })]),
    description: "What is added.",
    default: 0,
  },
  init: {
    schema: z.custom<object>((value) => typeof value === "object" && value !== null).check(z.describe("a fitted model")),
    description: "A start.",
    flag: false,
  },
} as const satisfies OptionDeclarations;

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
    };

    expect(check(given)).toEqual(given);
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
    ["tol", NaN, 'Test: "tol" must be a number ≥ 0, found NaN. When to stop.'],
    ["share", 1, 'Test: "share" must be a number > 0 and < 1, found 1. A share.'],
    ["covarianceType", "round", 'Test: "covarianceType" must be one of "full", "diag", found "round". The shape.'],
    ["verbose", "yes", 'Test: "verbose" must be true or false, found "yes". Whether to talk.'],
    ["label", 5, 'Test: "label" must be a text, found 5. A name.'],
    ["weightsInit", [1, "a"], 'Test: "weightsInit" must be a list of number, found [1, "a"]. Starting weights.'],
    [
      "regCovar",
      { relative: -1 },
      'Test: "regCovar" must be a number ≥ 0, or { relative: a number ≥ 0 }, found { relative }. What is added.',
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
          const declaration = declarations[option as keyof typeof declarations];
          const allowed = value === undefined || z.safeParse(declaration.schema, value).success;

          if (allowed) expect(() => check({ [option]: value })).not.toThrow();
          else expect(() => check({ [option]: value })).toThrow(expect.objectContaining({ code: "invalid-option" }));
        },
      ),
      { seed: 11, numRuns: 2000 },
    );
  });
});

describe("describeRange", () => {
  it.each<[keyof typeof declarations, object]>([
    ["nComponents", { kind: "integer", minimum: 1 }],
    ["tol", { kind: "number", minimum: 0 }],
    ["share", { kind: "number", minimum: 0, maximum: 1, exclusiveMinimum: true, exclusiveMaximum: true }],
    ["covarianceType", { kind: "choice", choices: ["full", "diag"] }],
    ["verbose", { kind: "boolean" }],
    ["label", { kind: "text" }],
    ["weightsInit", { kind: "list", items: { kind: "number" } }],
    [
      "regCovar",
      {
        kind: "other",
        alternatives: [
          { kind: "number", minimum: 0 },
          { kind: "object", fields: { relative: { kind: "number", minimum: 0 } } },
        ],
      },
    ],
    ["init", { kind: "other", words: "a fitted model" }],
  ])("describes %s as data", (option, range) => {
    expect(describeRange(declarations[option].schema)).toEqual(range);
  });

  it.each([
    ["the tightest of several bounds", z.number().check(z.gte(0), z.gt(0), z.lt(9), z.lte(9)), "a number > 0 and < 9"],
    ["the bounds of a format", z.uint32().check(z.gte(5)), "an integer ≥ 5 and ≤ 4294967295"],
    ["a check that makes a number whole", z.number().check(z.int()), "an integer"],
    ["what is wrapped as read-only", z.readonly(z.array(z.string())), "a list of text"],
  ])("reads %s", (_, schema, words) => {
    expect(expectedText(schema)).toBe(words);
  });

  it("puts a single choice in quotes", () => {
    expect(expectedText(z.union([z.boolean(), z.literal("auto")]))).toBe('true or false, or "auto"');
  });
});
