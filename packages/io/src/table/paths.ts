import type { ColumnChoice } from "./options.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The value of a field, by its name or by the way to it through objects: `res.statusCode`. A field of just that name comes first. */
export function fieldAt(row: Fields, name: string): unknown {
  if (Object.hasOwn(row, name)) return row[name];
  for (let dot = name.indexOf("."); dot !== -1; dot = name.indexOf(".", dot + 1)) {
    const head = name.slice(0, dot);
    const inner = Object.hasOwn(row, head) ? row[head] : undefined;
    if (typeof inner === "object" && inner !== null && !Array.isArray(inner)) {
      const value = fieldAt(inner as Fields, name.slice(dot + 1));
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

/** Names with those of fields within objects that are asked for and that one of the rows has. */
export function withPaths(
  names: readonly string[],
  rows: readonly object[],
  {
    columns = [],
    drop = [],
    keep = [],
    weightColumn,
  }: {
    readonly columns?: readonly ColumnChoice[];
    readonly drop?: readonly ColumnChoice[];
    readonly keep?: readonly ColumnChoice[] | "all";
    readonly weightColumn?: ColumnChoice;
  },
): readonly string[] {
  const asked: readonly unknown[] = [...columns, ...drop, ...(keep === "all" ? [] : keep), weightColumn];
  const paths = new Set(
    asked.filter((choice) => typeof choice === "string" && choice.includes(".") && !names.includes(choice)) as string[],
  );
  return [...names, ...Array.from(paths).filter((path) => rows.some((row) => fieldAt(row as Fields, path) !== undefined))];
}
