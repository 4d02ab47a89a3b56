import * as z from "zod/mini";
import type { $ZodChecks, $ZodNumber, $ZodNumberFormat, $ZodType, $ZodTypes } from "zod/v4/core";

/** An option's allowed values as data: what forms, help texts and generated tests read. */
export interface OptionRange {
  readonly kind: "integer" | "number" | "boolean" | "text" | "choice" | "list" | "object" | "other";
  readonly choices?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Whether the bound itself is left out. */
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly items?: OptionRange;
  /** The fields of an object. */
  readonly fields?: Readonly<Record<string, OptionRange>>;
  /** Where there are several forms. */
  readonly alternatives?: readonly OptionRange[];
  /** In words, for a kind that has no other description. */
  readonly words?: string;
}

/**
 * What a schema allows, as data. Custom schemas describe themselves through `z.describe` metadata.
 *
 * Read off the schema itself rather than its JSON Schema, whose writer would be a third of every program that fits a mixture.
 *
 * @example
 * ```ts run
 * describeRange(gaussianMixtureOptions.nComponents.schema) // => { kind: "integer", minimum: 1 }
 * ```
 */
export function describeRange(schema: z.ZodMiniType): OptionRange {
  return toRange(schema);
}

/**
 * What a schema allows, in words: "an integer ≥ 1", "one of "full", "tied"".
 *
 * @example
 * ```ts run
 * expectedText(gaussianMixtureOptions.nComponents.schema) // => "an integer ≥ 1"
 * expectedText(gaussianMixtureOptions.covarianceType.schema) // => 'one of "full", "tied", "diag", "spherical"'
 * ```
 */
export function expectedText(schema: z.ZodMiniType): string {
  return inWords(describeRange(schema));
}

function toRange(schema: $ZodType): OptionRange {
  const { def } = (schema as $ZodTypes)._zod;
  switch (def.type) {
    case "number":
      return numberRange(schema as $ZodNumber | $ZodNumberFormat);
    case "boolean":
      return { kind: "boolean" };
    case "string":
      return { kind: "text" };
    case "enum":
      return { kind: "choice", choices: Object.values(def.entries).map(String) };
    case "literal":
      return { kind: "choice", choices: def.values.map(String) };
    case "array":
      return { kind: "list", items: toRange(def.element) };
    case "object":
      return { kind: "object", fields: Object.fromEntries(Object.entries(def.shape).map(([name, field]) => [name, toRange(field)])) };
    case "union":
      return { kind: "other", alternatives: def.options.map(toRange) };
    case "readonly":
      return toRange(def.innerType);
    default: {
      const words = z.globalRegistry.get(schema)?.description;
      return { kind: "other", ...(words === undefined ? {} : { words }) };
    }
  }
}

/** The tightest bounds among a number's checks. Where an open and a closed one meet, the open one is tighter. */
function numberRange(schema: $ZodNumber | $ZodNumberFormat): OptionRange {
  let integer = false;
  let least = { value: Number.MIN_SAFE_INTEGER, open: false };
  let most = { value: Number.MAX_SAFE_INTEGER, open: false };
  const atLeast = (value: number, open: boolean): void => {
    if (value > least.value || (open && value === least.value)) least = { value, open };
  };
  const atMost = (value: number, open: boolean): void => {
    if (value < most.value || (open && value === most.value)) most = { value, open };
  };
  const { def } = schema._zod;
  // z.int() is its own first check.
  for (const check of ["check" in def ? (schema as $ZodNumberFormat) : undefined, ...(def.checks ?? [])]) {
    const rule = (check as $ZodChecks | undefined)?._zod.def;
    if (rule?.check === "greater_than") atLeast(Number(rule.value), !rule.inclusive);
    if (rule?.check === "less_than") atMost(Number(rule.value), !rule.inclusive);
    if (rule?.check !== "number_format" || !rule.format.includes("int")) continue;
    integer = true;
    const [lowest, highest] = z.util.NUMBER_FORMAT_RANGES[rule.format];
    atLeast(lowest, false);
    atMost(highest, false);
  }
  return {
    kind: integer ? "integer" : "number",
    ...(least.value <= Number.MIN_SAFE_INTEGER ? {} : { minimum: least.value }),
    ...(most.value >= Number.MAX_SAFE_INTEGER ? {} : { maximum: most.value }),
    ...(least.open ? { exclusiveMinimum: true } : {}),
    ...(most.open ? { exclusiveMaximum: true } : {}),
  };
}

function inWords(range: OptionRange): string {
  if (range.alternatives !== undefined) return range.alternatives.map(inWords).join(", or ");
  switch (range.kind) {
    case "integer":
    case "number":
      return `${range.kind === "integer" ? "an integer" : "a number"}${bounds(range)}`;
    case "choice":
      return range.choices!.length === 1 ? `"${range.choices![0]}"` : `one of ${range.choices!.map((choice) => `"${choice}"`).join(", ")}`;
    case "boolean":
      return "true or false";
    case "text":
      return "a text";
    case "list":
      return `a list${range.items === undefined ? "" : ` of ${inWords(range.items).replace(/^an? /, "")}`}`;
    case "object":
      return `{ ${Object.entries(range.fields ?? {})
        .map(([name, field]) => `${name}: ${inWords(field)}`)
        .join(", ")} }`;
    case "other":
      return range.words ?? "a valid value";
  }
}

function bounds(range: OptionRange): string {
  const least = range.minimum === undefined ? undefined : `${range.exclusiveMinimum ? ">" : "≥"} ${range.minimum}`;
  const most = range.maximum === undefined ? undefined : `${range.exclusiveMaximum ? "<" : "≤"} ${range.maximum}`;
  const parts = [least, most].filter((part) => part !== undefined);
  return parts.length === 0 ? "" : ` ${parts.join(" and ")}`;
}
