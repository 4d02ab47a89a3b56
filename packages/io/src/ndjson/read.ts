import type { DeclarationsOf } from "@mixtura/core";
import { checkOptions } from "@mixtura/core/authoring";
import type { TableBlockSource } from "../table/blocks.ts";
import { blockSource } from "../table/blocks.ts";
import type { BlockSize, TableOptions } from "../table/options.ts";
import { blockSizeDeclarations, tableOptionDeclarations } from "../table/options.ts";
import type { TextOpener, TextSource } from "../table/source.ts";
import { openText } from "../table/source.ts";
import type { ReadContext } from "../table/source.ts";
import type { Table } from "../table/whole.ts";
import { readWhole } from "../table/whole.ts";
import { openNDJSON } from "./open.ts";

/** How NDJSON is read in blocks. */
export interface NDJSONBlockOptions extends TableOptions, BlockSize {}

const declarations = {
  ...tableOptionDeclarations,
  name: { ...tableOptionDeclarations.name, default: "the NDJSON text" },
} as const satisfies DeclarationsOf<TableOptions>;
const blockDeclarations = { ...declarations, ...blockSizeDeclarations } as const satisfies DeclarationsOf<NDJSONBlockOptions>;

/**
 * Reads NDJSON (also called JSON Lines: one JSON value per line) into memory.
 *
 * Each line is an object, whose fields are found by name, or a list of numbers. The fields are those of the first hundred rows; one that a row
 * lacks, or that is null, is missing. Blank lines and a byte order mark are passed over. A feature must be a JSON number, not a text. What is kept
 * is handed on as it was written: a number with all its digits.
 *
 * @param source text or bytes, whole or as a stream cut anywhere
 * @returns new memory throughout; nothing refers to the source
 * @throws MixturaError rejects with `unknown-option`, `invalid-option` (also a chosen field that is not there), `read-error` (no rows, a line that
 *   is not JSON, bytes that are not UTF-8, lists of different length, a field that the first rows lack), `not-finite` (a feature that is no number; names row, line and
 *   field), `invalid-weight`, `aborted`
 * @example
 * ```ts run
 * const text = `{"name":"ann","height":1.7}
 * {"name":"bob","height":null}
 * {"height":1.6,"name":"eve"}
 * `;
 * const table = await readNDJSON(text, {
 *   keep: ["name"],
 *   missing: "drop",
 * });
 * table.X
 * // => {
 * //     data: [1.7, 1.6],
 * //     rows: 2,
 * //     columns: 1,
 * //     featureNames: ["height"],
 * //   }
 * table.kept // => [{ name: "name", cells: ["ann", "eve"] }]
 * table.rowIndices // => Int32Array.of(0, 2)
 * ```
 */
export async function readNDJSON(source: TextSource, options?: TableOptions, context?: ReadContext): Promise<Table> {
  const checked = checkOptions("readNDJSON", declarations, options);
  const text = openText(() => source, checked, context);
  return readWhole(await openNDJSON(text, checked), checked, context);
}

/**
 * NDJSON that is read anew for each walk, so that it need not fit in memory.
 *
 * @param open gives the source from its start, each time it is called
 * @throws MixturaError rejects with `unknown-option`, `invalid-option`, `read-error`, `aborted`
 * @remarks Memory is one block and one piece of the source.
 * @example
 * ```ts run
 * const source = await ndjsonBlockSource(
 *   () => '{"a":1}\n{"a":2}\n{"a":3}\n',
 *   { blockRows: 2 },
 * );
 * const sizes = [];
 * for await (const { X } of source.blocks({})) sizes.push(X.rows);
 * sizes // => [2, 1]
 * ```
 */
export async function ndjsonBlockSource(open: TextOpener, options?: NDJSONBlockOptions, context?: ReadContext): Promise<TableBlockSource> {
  const checked = checkOptions("ndjsonBlockSource", blockDeclarations, options);
  const { source } = await blockSource(
    (reading) => openNDJSON(openText(open, checked, reading), checked),
    checked,
    () => true,
    context,
  );
  return source;
}
