import type { OptionRange } from "@mixtura/core";
import { inSentence } from "@mixtura/wording/internal";

/**
 * A flag's text as the value its option wants. Text that fits nothing is handed on as it is, for the option's own check to refuse.
 *
 * Lists are written `1,2,5`, whole numbers also `1:9`, choices also `all`; an object is written `relative:1e-6,steps:0.25`.
 */
export function parseValue(text: string, range: OptionRange): unknown {
  const forms = range.alternatives ?? [range];
  const list = forms.find(({ kind }) => kind === "list");
  if (list?.items !== undefined && !forms.some(({ kind, choices }) => kind === "choice" && choices?.includes(text) === true))
    return parseList(text, list.items);
  if (forms.some(({ kind }) => kind === "text")) return text; // a column may be called "7"
  for (const form of forms) {
    if ((form.kind === "integer" || form.kind === "number") && isNumber(text)) return Number(text);
    if (form.kind === "boolean" && (text === "true" || text === "false")) return text === "true";
    const fields = form.kind === "object" ? parseFields(text, Object.keys(form.fields ?? {})) : undefined;
    if (fields !== undefined) return fields;
  }
  return text;
}

/** `relative:1e-6,steps:0.25` as an object of these fields; nothing where others are given, or no numbers. */
function parseFields(text: string, names: readonly string[]): Record<string, number> | undefined {
  const given = text.split(",").map((part) => part.split(":", 2).map((side) => side.trim()));
  const fits = given.length === names.length && names.every((name) => given.some(([key, value]) => key === name && isNumber(value ?? "")));
  return fits ? Object.fromEntries(given.map(([name, value]) => [name, Number(value)])) : undefined;
}

/** A value as it would be typed. */
export function showValue(value: unknown, range: OptionRange): string {
  if (Array.isArray(value)) return showList(value, (range.alternatives ?? [range]).find(({ kind }) => kind === "list")?.items);
  if (typeof value === "number") return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value);
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([name, field]) => `${name}:${showValue(field, range)}`)
      .join(",");
  return String(value);
}

/** What may be typed, in words. */
export function describeValue(range: OptionRange): string {
  const forms = range.alternatives ?? [range];
  const items = forms.find(({ kind }) => kind === "list")?.items;
  if (items?.kind === "integer") return `integers${bound(items)}, such as 3, 1:9 or 1,2,5`;
  if (items?.choices !== undefined) return `${inSentence(items.choices, "or")}, several joined by commas, or all`;
  if (forms.some(({ kind }) => kind === "text")) return "";
  return inSentence(forms.flatMap(formWords), "or");
}

/** The placeholder in `--flag <placeholder>`. */
export function placeholder(range: OptionRange): string {
  const forms = range.alternatives ?? [range];
  if (forms.some(({ kind }) => kind === "list")) return "list";
  const [first] = forms;
  if (forms.length > 1) return forms.some(({ kind }) => kind === "text") ? "text" : "value";
  return first?.kind === "integer" || first?.kind === "number"
    ? first.kind
    : first?.kind === "choice"
      ? "name"
      : first?.kind === "boolean"
        ? "true|false"
        : "text";
}

function formWords(form: OptionRange): string[] {
  switch (form.kind) {
    case "choice":
      return (form.choices ?? []).map((choice) => (/^[\w+-]+$/.test(choice) ? choice : `"${choice}"`));
    case "list":
      return ["several joined by commas"];
    case "object":
      return [
        Object.entries(form.fields ?? {})
          .map(([name, field]) => `${name}:${field.kind}`)
          .join(","),
      ];
    case "boolean":
      return ["true", "false"];
    case "integer":
    case "number":
      return [`${form.kind}${bound(form)}`];
    case "either":
      return (form.alternatives ?? []).flatMap(formWords);
    case "text":
    case "other":
      return form.words === undefined ? [] : [form.words];
  }
}

/** " from 0 to 1", " above 0 and at most 0.5", " ≥ 1". */
function bound({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: OptionRange): string {
  if (minimum !== undefined && maximum !== undefined && exclusiveMinimum !== true && exclusiveMaximum !== true)
    return ` from ${minimum} to ${maximum}`;
  if (maximum === undefined) return minimum === undefined ? "" : ` ${exclusiveMinimum === true ? "above" : "≥"} ${minimum}`;
  const least = minimum === undefined ? [] : [`${exclusiveMinimum === true ? "above" : "at least"} ${minimum}`];
  return ` ${[...least, `${exclusiveMaximum === true ? "below" : "at most"} ${maximum}`].join(" and ")}`;
}

/** The most numbers that a range `a:b` may stand for. */
const LONGEST_RANGE = 10_000;

function parseList(text: string, items: OptionRange): unknown {
  if (items.choices !== undefined && text === "all") return [...items.choices];
  return splitList(text).flatMap((part): unknown[] => {
    const range = items.kind === "integer" ? /^(\d+):(\d+)$/.exec(part) : null;
    if (range === null) return [parseValue(part, items)];
    const [first, last] = [Number(range[1]), Number(range[2])];
    if (last < first || last - first >= LONGEST_RANGE) return [part];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** Parts between commas; a part in double quotes may hold commas itself. */
export function splitList(text: string): string[] {
  const parts = [...text.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"|([^,]*))/g)];
  return parts.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!.trim());
}

function showList(values: readonly unknown[], items: OptionRange | undefined): string {
  if (items?.choices !== undefined && values.length === items.choices.length) return "all";
  const consecutive =
    values.length > 2 && values.every((value, index) => typeof value === "number" && value === (values[0] as number) + index);
  return consecutive ? `${String(values[0])}:${String(values.at(-1))}` : values.map(String).join(",");
}

function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}
