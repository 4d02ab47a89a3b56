import * as z from "zod/mini";

/** The part of JSON Schema that option schemas use. */
interface SchemaNode {
  type?: string;
  enum?: unknown[];
  const?: string | number | boolean | null;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minItems?: number;
  items?: SchemaNode;
  anyOf?: SchemaNode[];
  properties?: Record<string, SchemaNode>;
  description?: string;
}

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
 * @example
 * ```ts run
 * describeRange(gaussianMixtureOptions.nComponents.schema) // => { kind: "integer", minimum: 1 }
 * ```
 */
export function describeRange(schema: z.ZodMiniType): OptionRange {
  return toRange(z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }) as SchemaNode);
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

function toRange(node: SchemaNode): OptionRange {
  if (node.anyOf !== undefined) return { kind: "other", alternatives: node.anyOf.map(toRange) };
  if (node.enum !== undefined) return { kind: "choice", choices: node.enum.map(String) };
  if (node.const !== undefined) return { kind: "choice", choices: [String(node.const)] };
  if (node.type === "integer" || node.type === "number") {
    const minimum = node.exclusiveMinimum ?? node.minimum;
    const maximum = node.exclusiveMaximum ?? node.maximum;
    return {
      kind: node.type,
      ...(minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? {} : { minimum }),
      ...(maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? {} : { maximum }),
      ...(node.exclusiveMinimum === undefined ? {} : { exclusiveMinimum: true }),
      ...(node.exclusiveMaximum === undefined ? {} : { exclusiveMaximum: true }),
    };
  }
  if (node.type === "boolean") return { kind: "boolean" };
  if (node.type === "string") return { kind: "text" };
  if (node.type === "array") return { kind: "list", ...(node.items === undefined ? {} : { items: toRange(node.items) }) };
  if (node.type === "object" && node.properties !== undefined) {
    return { kind: "object", fields: Object.fromEntries(Object.entries(node.properties).map(([name, field]) => [name, toRange(field)])) };
  }
  return { kind: "other", ...(node.description === undefined ? {} : { words: node.description }) };
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
