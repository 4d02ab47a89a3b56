import type { AnyOptionDeclaration, OptionRange } from "@mixtura/core";
import type { DeclaredEstimator } from "./catalogue.ts";

/** A form's field, made from the declaration of an option. */
export interface OptionField {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly unit: string | undefined;
  readonly default: unknown;
  /** The forms of its value that a hand can enter; more than one are chosen among first. */
  readonly inputs: readonly OptionInput[];
  /** Whether it stands with those that are rarely touched. */
  readonly rare: boolean;
}

/** One form of a value. */
export type OptionInput =
  | { readonly kind: "integer" | "number"; readonly label: string; readonly range: OptionRange; readonly field?: string }
  | { readonly kind: "boolean"; readonly label: string }
  | { readonly kind: "choice"; readonly label: string; readonly choices: readonly string[] }
  | { readonly kind: "text"; readonly label: string }
  | { readonly kind: "numbers"; readonly label: string; readonly range: OptionRange };

/** Options that are shown without being asked for, besides the seed. */
const SHOWN = 3;

/** The fields of an estimator's form, in the order of its declarations. What no hand can enter is left out. */
export function fieldsOf({ options }: DeclaredEstimator): OptionField[] {
  let shown = 0;
  return Object.entries(options).flatMap(([name, declaration]) => {
    const inputs = declaration.flag === false ? [] : inputsOf(declaration.range);
    if (inputs.length === 0 || isSettled(inputs)) return [];
    const isMain = name === "randomState" || (shown < SHOWN && !/^(tol|maxIter|regCovar)/.test(name));
    if (isMain && name !== "randomState") shown++;
    return [fieldOf(name, declaration, inputs, !isMain)];
  });
}

function fieldOf(
  name: string,
  { description, unit, default: preset }: AnyOptionDeclaration,
  inputs: readonly OptionInput[],
  rare: boolean,
): OptionField {
  return { name, label: words(name), description, unit, default: preset, inputs, rare };
}

/** "nComponents" as "number of components", "covarianceType" as "covariance type". */
export function words(name: string): string {
  const plain = name.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  const said =
    plain === "random state"
      ? "seed"
      : plain
          .replace(/^n (?=\w)/, "number of ")
          .replace("number of init", "number of starts")
          .replace(/^max iter$/, "most iterations")
          .replace(/^tol$/, "tolerance")
          .replace(/^reg covar$/, "added variance")
          .replace(/^init params$/, "starting points");
  return said.charAt(0).toUpperCase() + said.slice(1);
}

function isSettled(inputs: readonly OptionInput[]): boolean {
  const [only] = inputs;
  return inputs.length === 1 && only?.kind === "choice" && only.choices.length === 1;
}

function inputsOf(range: OptionRange): OptionInput[] {
  switch (range.kind) {
    case "integer":
    case "number":
      return [{ kind: range.kind, label: "a number", range }];
    case "boolean":
      return [{ kind: "boolean", label: "yes or no" }];
    case "text":
      return [{ kind: "text", label: "a text" }];
    case "choice":
      return [{ kind: "choice", label: "a rule", choices: range.choices! }];
    case "either":
      return range.alternatives!.flatMap(inputsOf);
    case "object": {
      const [[field, inner] = ["", undefined], more] = Object.entries(range.fields!);
      if (inner === undefined || more !== undefined || (inner.kind !== "number" && inner.kind !== "integer")) return [];
      return [{ kind: inner.kind, label: field, range: inner, field }];
    }
    case "list":
      return range.items!.kind === "number" || range.items!.kind === "integer"
        ? [{ kind: "numbers", label: "a list of numbers", range: range.items! }]
        : [];
    case "other":
      return [];
  }
}

/** The form that a value has. */
export function inputOfValue(inputs: readonly OptionInput[], value: unknown): number {
  const at = inputs.findIndex((input) => {
    if (input.kind === "integer" || input.kind === "number")
      return input.field === undefined ? typeof value === "number" : typeof value === "object" && value !== null && input.field in value;
    if (input.kind === "boolean") return typeof value === "boolean";
    if (input.kind === "choice") return typeof value === "string" && input.choices.includes(value);
    if (input.kind === "text") return typeof value === "string";
    return Array.isArray(value);
  });
  return Math.max(0, at);
}

/** A value to begin with when a form is chosen. */
export function firstValue(input: OptionInput, preset: unknown): unknown {
  switch (input.kind) {
    case "choice":
      return input.choices[0];
    case "boolean":
      return false;
    case "text":
      return "";
    case "numbers":
      return [];
    default: {
      const { minimum = 0, complement } = input.range;
      const usual = input.kind === "integer" ? 1 : complement === true ? 0.975 : 0.1;
      const value = typeof preset === "number" ? preset : Math.max(minimum, usual);
      return input.field === undefined ? value : { [input.field]: value };
    }
  }
}
