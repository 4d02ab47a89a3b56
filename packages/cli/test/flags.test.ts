import type { OptionDeclaration } from "@mixtura/core";
import { checkOptions } from "@mixtura/core/authoring";
import { csvOptionDeclarations } from "@mixtura/io/internal";
import { selectMixtureOptions } from "@mixtura/model-selection/internal";
import { describe, expect, it } from "vitest";
import { declaredFlags } from "../src/flags/declared.ts";
import { inFlags } from "../src/flags/in-flags.ts";
import { parseValue, showValue } from "../src/flags/value.ts";

const { nComponents, covarianceType, regCovar, tol } = selectMixtureOptions;
const { header, columns, keep } = csvOptionDeclarations;

describe("flags made from option data", () => {
  it.each<[text: string, option: OptionDeclaration<never>, value: unknown]>([
    ["3", nComponents, [3]],
    ["1:4", nComponents, [1, 2, 3, 4]],
    ["1,4:6", nComponents, [1, 4, 5, 6]],
    ["full,tied", covarianceType, ["full", "tied"]],
    ["all", covarianceType, ["full", "tied", "diag", "tied-diag", "spherical"]],
    ["1e-3", regCovar, 0.001],
    ["relative:1e-4", regCovar, { relative: 1e-4 }],
    ["relative:1e-4,steps:0.1", regCovar, { relative: 1e-4, steps: 0.1 }],
    ["0", tol, 0],
    ["true", header, true],
    ["auto", header, "auto"],
    ['a,"b, c",3', columns, ["a", "b, c", "3"]],
    ["all", keep, "all"],
  ] as unknown as [string, OptionDeclaration<never>, unknown][])("reads %s", (text, option, value) => {
    const parsed = parseValue(text, option.range);

    expect(parsed).toEqual(value);
    expect(checkOptions("test", { option }, { option: parsed })["option"]).toEqual(value);
  });

  it("shows a default in the spelling that is read back as the same value", () => {
    for (const declaration of Object.values(selectMixtureOptions)) {
      if (!("default" in declaration)) continue;
      const { range } = declaration;
      expect(parseValue(showValue(declaration.default, range), range)).toEqual(declaration.default);
    }
  });

  it("has a flag for every option that can be typed and offers a choice", () => {
    const flags = declaredFlags(selectMixtureOptions, "Model:").map(({ long }) => long);

    expect(flags).toEqual([
      "--n-components",
      "--covariance-type",
      "--criterion",
      "--rule",
      "--folds",
      "--split-start",
      "--concurrency",
      "--tol",
      "--reg-covar",
      "--max-iter",
      "--n-init",
      "--init-params",
      "--random-state",
      "--precision",
      "--acceleration",
      "--order",
    ]);
  });

  it("describes flags without empty brackets, and says what a switch takes", () => {
    const described = declaredFlags({ ...csvOptionDeclarations, ...selectMixtureOptions }, "All:");

    expect(described.filter(({ description }) => description.includes("()"))).toEqual([]);
    expect(described.find(({ long }) => long === "--split-start")!.flags).toBe("--split-start <true|false>");
  });

  it.each([
    ['Pass missing: "drop" to leave such rows out.', "Pass --missing drop to leave such rows out."],
    ["Choose with `columns`, or name this one in `drop`.", "Choose with --columns, or name this one in --drop."],
    [
      "Use fewer components, a larger regCovar, or a stiffer covarianceType.",
      "Use fewer components, a larger --reg-covar, or a stiffer --covariance-type.",
    ],
    ['If commas mark decimals here, pass decimal: ",".', 'If commas mark decimals here, pass --decimal ",".'],
    ["has 1 column of header text", "has 1 column of header text"],
    [
      'row 1 (line 2), column "name" is not a number (found "tol"), nor is "maxIter".',
      'row 1 (line 2), column "name" is not a number (found "tol"), nor is "maxIter".',
    ],
    ['2 rows cannot be shared among "nComponents" = 5.', "2 rows cannot be shared among --n-components = 5."],
    ['found "missing: \\"drop\\"" in column "keep"', 'found "missing: \\"drop\\"" in column "keep"'],
  ])("puts the library's advice in the words of the command line: %s", (text, expected) => {
    expect(inFlags(text)).toBe(expected);
  });

  it("knows the option that is complained of from columns of its name (#17)", () => {
    const text = 'a.csv: "drop" asks for column "tol", which is not there. "columns" names column "drop" twice.';

    expect(inFlags(text, { options: ["drop"] })).toBe(
      'a.csv: --drop asks for column "tol", which is not there. "columns" names column "drop" twice.',
    );
  });

  it("leaves names of the data alone, where they are known (#17)", () => {
    const text = "maxIter is constant in all rows; raise maxIter.";

    expect(inFlags(text, { names: ["maxIter"] })).toBe(text);
    expect(inFlags(text)).toBe("--max-iter is constant in all rows; raise --max-iter.");
  });
});
