import type { TableBlockSource } from "../table/blocks.ts";
import { blockSource } from "../table/blocks.ts";
import type { TextOpener } from "../table/source.ts";
import { openText } from "../table/source.ts";
import type { ReadContext } from "../table/source.ts";
import type { CSVBlockOptions } from "./options.ts";
import { checkCSVBlockOptions, textChoice } from "./options.ts";
import { withHint } from "./hint.ts";
import type { OpenCSV } from "./open.ts";
import { openCSV } from "./open.ts";

/** A CSV file as rows that come in blocks and may be walked many times. */
export interface CSVBlockSource extends TableBlockSource {
  /** The delimiter that was given or found. */
  readonly delimiter: string;
  /** The decimal mark that was given or found. */
  readonly decimal: "." | ",";
}

/**
 * A CSV table that is read anew for each walk, so that it need not fit in memory.
 *
 * The head is read at once: names, delimiter and choice of columns are checked before any work. Values are checked as a walk meets them.
 *
 * @param open gives the source from its start, each time it is called, such as `() => file` for a `File` of a browser
 * @throws MixturaError rejects with `unknown-option`, `invalid-option`, `read-error`, `aborted`
 * @remarks Memory is one block and one piece of the source.
 * @example
 * ```ts run
 * const source = await csvBlockSource(() => "a,b\n1,2\n3,4\n5,6\n", {
 *   blockRows: 2,
 * });
 * source.columns // => 2
 * const sizes = [];
 * for await (const { X } of source.blocks({})) sizes.push(X.rows);
 * sizes // => [2, 1]
 * source.rows // => 3
 * ```
 */
export async function csvBlockSource(open: TextOpener, options?: CSVBlockOptions, context?: ReadContext): Promise<CSVBlockSource> {
  const checked = checkCSVBlockOptions("csvBlockSource", options);
  const start = async (reading: ReadContext): Promise<OpenCSV> => {
    try {
      return await openCSV(openText(open, textChoice(checked), reading), checked);
    } catch (error) {
      throw await withHint(error, undefined, checked);
    }
  };
  const sameHead = (before: OpenCSV, now: OpenCSV): boolean => before.delimiter === now.delimiter;
  const { source, first } = await blockSource(start, checked, sameHead, context, (error, table) => withHint(error, table, checked));
  return Object.assign(source, { delimiter: first.delimiter, decimal: first.decimal });
}
