import type { FittedModel } from "@mixtura/core";
import { isMixturaError, MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { CSVBlockOptions, TableBlockSource, TableFormat } from "@mixtura/io";
import { csvBlockSource, jsonBlockSource, ndjsonBlockSource } from "@mixtura/io";
import { csvBlocks, jsonBlocks, ndjsonBlocks } from "@mixtura/io/node";
import { listed, plural, shortened } from "@mixtura/wording/internal";
import { withoutCSVOptions } from "../files/format.ts";
import { leftOutNumbers } from "../files/left-out.ts";
import type { OnceInput } from "../files/once.ts";
import { onceInput } from "../files/once.ts";
import { aboutId } from "../files/row-ids.ts";
import type { TableChoice } from "../files/table.ts";
import { readingContext } from "../files/reading.ts";
import { formatOf, sourceName } from "../files/table.ts";
import type { Terminal } from "../terminal.ts";

/**
 * Opens the rows that a model is applied to. A model that knows its features by name takes the columns of these names, in any order
 * and among any other columns; otherwise the columns are taken as they come and must be as many as the model has features.
 *
 * @param input what comes once, where it was looked into before
 * @throws MixturaError `feature-mismatch`, before any row is read; what `csvBlocks` throws
 */
export async function openRows(
  path: string | undefined,
  choice: TableChoice,
  model: FittedModel,
  terminal: Terminal,
  input?: OnceInput,
): Promise<TableBlockSource> {
  const { format, options } = choice;
  const open = await opener(path, format, terminal, input);
  const { featureNames: wanted } = model;
  const first = await open.head(options).catch((error: unknown) => {
    if (wanted === undefined || !isMixturaError(error, "read-error")) throw aboutId(error, choice);
    return open.head({ ...options, columns: [1] }); // where no column looks like numbers, the names still say which are the model's
  });
  if (wanted !== undefined && first.header !== undefined && options.columns === undefined) {
    const missing = wanted.filter((name) => !first.header!.includes(name));
    // Fields within fields are found once they are asked for.
    if (missing.some((name) => open.format === "csv" || !name.includes("."))) {
      throw new MixturaError(
        "feature-mismatch",
        `${sourceName(path)}: the model needs the ${plural(missing.length, "column")} ${listed(missing.map(show))}, which the data lacks. It has ${listed(first.header.map((name) => shortened(name, 60)))}. ` +
          `Rename the columns, or choose the model's ${wanted.length} features in their order with --columns.`,
        { expected: wanted, found: first.header },
      );
    }
    return open.rows({ ...options, columns: wanted });
  }
  // An empty list of JSON has no columns either; it has those of the model.
  if (first.columns === 0) return open.rows(wanted === undefined ? options : { ...options, columns: options.columns ?? wanted });
  const left = leftOutNumbers(model);
  if (options.columns === undefined && first.header === undefined && left.length > 0 && first.columns === model.featureCount + left.length)
    return open.rows({ ...options, drop: [...(options.drop ?? []), ...left] });
  if (first.columns !== model.featureCount) {
    const features = wanted === undefined ? "" : ` (${listed(wanted.map((name) => shortened(name, 60)))})`;
    throw new MixturaError(
      "feature-mismatch",
      `${sourceName(path)}: the model has ${model.featureCount} features${features}, the data ${first.columns} columns. Choose the columns with --columns or --drop.`,
      { expected: wanted ?? model.featureCount, found: first.featureNames ?? first.columns },
    );
  }
  return withoutNames(await open.rows(options));
}

/** Opens the rows of a format from a file, or from bytes that are at hand. */
const READERS = {
  csv: { file: csvBlocks, bytes: csvBlockSource },
  ndjson: { file: ndjsonBlocks, bytes: ndjsonBlockSource },
  json: { file: jsonBlocks, bytes: jsonBlockSource },
} as const;

/** A source whose head can be read before its rows are, even where it can be read only once. */
async function opener(
  path: string | undefined,
  format: TableFormat | undefined,
  terminal: Terminal,
  given?: OnceInput,
): Promise<{
  readonly format: TableFormat;
  head(o: CSVBlockOptions): Promise<TableBlockSource>;
  rows(o: CSVBlockOptions): Promise<TableBlockSource>;
}> {
  const context = readingContext(terminal);
  const checked = (found: TableFormat, options: CSVBlockOptions): CSVBlockOptions =>
    found === "csv" ? options : withoutCSVOptions(options, found);
  const input = given ?? (await onceInput(path, terminal));
  const found = format ?? (await formatOf(path, input));
  if (input === undefined) {
    const open = (options: CSVBlockOptions): Promise<TableBlockSource> => READERS[found].file(path!, checked(found, options), context);
    return { format: found, head: open, rows: open };
  }
  const open = (options: CSVBlockOptions): Promise<TableBlockSource> =>
    READERS[found].bytes(() => input.open(), checked(found, { name: sourceName(path), ...options }), context);
  return {
    format: found,
    head: open,
    async rows(options) {
      if (found === "json") return open(options); // read whole, so what was kept is given again
      const source = await open(options);
      input.commit();
      return source;
    },
  };
}

/** Columns that were chosen by hand serve as the model's features in their order, under any names. */
function withoutNames(source: TableBlockSource): TableBlockSource {
  const blocks = source.blocks.bind(source);
  source.blocks = async function* (options) {
    const walk = blocks(options);
    for (;;) {
      const next = await walk.next();
      if (next.done === true) return next.value;
      const { featureNames: _, ...X } = next.value.X;
      yield { ...next.value, X };
    }
  };
  return source;
}
