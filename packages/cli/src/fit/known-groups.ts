import { adjustedRandScore } from "@mixtura/metrics";
import type { FeatureTable } from "../files/left-out.ts";
import { namingRows } from "../files/row-ids.ts";
import type { TableChoice } from "../files/table.ts";
import { readFeatures } from "../files/table.ts";
import type { Terminal } from "../terminal.ts";

/** The groups that a column names, compared with what the model found. */
export interface Agreement {
  readonly column: string;
  readonly groups: number;
  readonly adjustedRand: number;
}

/** A column of known groups, a text per row. */
export interface KnownGroups {
  readonly column: string;
  readonly cells: readonly string[];
}

/** Reads a table and, where one is named, its column of known groups, which is then no feature. */
export async function readLabelled(
  path: string | undefined,
  choice: TableChoice,
  labelColumn: string | undefined,
  terminal: Terminal,
): Promise<{ readonly table: FeatureTable; readonly known?: KnownGroups }> {
  const named = namingRows(choice);
  if (labelColumn === undefined) return { table: await readFeatures(path, named, terminal) };
  const keep = [...new Set([labelColumn, ...((named.options.keep ?? []) as readonly string[])])];
  const table = await readFeatures(path, { ...named, options: { ...named.options, keep } }, terminal);
  const [column] = table.kept!;
  return { table, known: { column: column!.name, cells: column!.cells } };
}

/** How far the model's labels agree with known groups. */
export function agreementWith({ column, cells }: KnownGroups, labels: Int32Array): Agreement {
  return { column, groups: new Set(cells).size, adjustedRand: adjustedRandScore(cells, labels) };
}
