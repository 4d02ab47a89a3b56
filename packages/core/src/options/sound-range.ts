import type { OptionRange } from "./range.ts";

/** What each kind of range must declare. */
const NEEDS: { readonly [Kind in OptionRange["kind"]]: (range: Partial<OptionRange>) => boolean } = {
  integer: hasBounds,
  number: hasBounds,
  boolean: () => true,
  text: () => true,
  choice: ({ choices }) => isList(choices) && choices.every((choice) => typeof choice === "string"),
  list: ({ items, minimumItems }) => isRange(items) && isNumberOrAbsent(minimumItems),
  object: ({ fields }) => typeof fields === "object" && fields !== null && Object.values(fields).every(isRange),
  either: ({ alternatives }) => isList(alternatives) && alternatives.every(isRange),
  other: ({ words, accepts }) =>
    (words === undefined || typeof words === "string") && (accepts === undefined || typeof accepts === "function"),
};

/** Whether a value of unknown origin is a range that values can be checked against. */
export function isRange(value: unknown): value is OptionRange {
  if (typeof value !== "object" || value === null) return false;
  const range = value as Partial<OptionRange>;
  return typeof range.kind === "string" && Object.hasOwn(NEEDS, range.kind) && NEEDS[range.kind](range);
}

function hasBounds({ minimum, maximum }: Partial<OptionRange>): boolean {
  return isNumberOrAbsent(minimum) && isNumberOrAbsent(maximum);
}

function isNumberOrAbsent(value: unknown): boolean {
  return value === undefined || (typeof value === "number" && !Number.isNaN(value));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}
