import type { FittedModel } from "@mixtura/core";
import { MixturaError, show } from "@mixtura/core";
import type { CSVBlockOptions, CSVBlockSource } from "@mixtura/io";
import { csvBlockSource } from "@mixtura/io";
import { csvBlocks } from "@mixtura/io/node";
import { standardInput } from "../files/stdin.ts";
import { isStdin, sourceName } from "../files/table.ts";
import type { Terminal } from "../terminal.ts";

/**
 * Opens the rows that a model is applied to. A model that knows its features by name takes the columns of these names, in whatever order
 * they stand and whatever stands beside them; otherwise the columns are taken as they come and must be as many as the model has features.
 *
 * @throws MixturaError `feature-mismatch`, before any row is read; what `csvBlocks` throws
 */
export async function openRows(
  path: string | undefined,
  options: CSVBlockOptions,
  model: FittedModel,
  terminal: Terminal,
): Promise<CSVBlockSource> {
  const open = opener(path, terminal);
  const first = await open.head(options);
  const { featureNames: wanted } = model;
  if (wanted !== undefined && first.header !== undefined && options.columns === undefined) {
    const missing = wanted.filter((name) => !first.header!.includes(name));
    if (missing.length > 0) {
      throw new MixturaError(
        "feature-mismatch",
        `${sourceName(path)}: the model needs the column${missing.length > 1 ? "s" : ""} ${missing.map(show).join(", ")}, which the data lacks. It has ${first.header.join(", ")}. ` +
          `Rename the columns, or choose the model's ${wanted.length} features in their order with --columns.`,
        { expected: wanted, found: first.header },
      );
    }
    return open.rows({ ...options, columns: wanted });
  }
  if (first.columns !== model.featureCount) {
    const features = wanted === undefined ? "" : ` (${wanted.join(", ")})`;
    throw new MixturaError(
      "feature-mismatch",
      `${sourceName(path)}: the model has ${model.featureCount} features${features}, the data ${first.columns} columns. Choose the columns with --columns or --drop.`,
      { expected: wanted ?? model.featureCount, found: first.featureNames ?? first.columns },
    );
  }
  return withoutNames(await open.rows(options));
}

/** A source whose head can be read before its rows are, even where it can be read only once. */
function opener(
  path: string | undefined,
  terminal: Terminal,
): { head(o: CSVBlockOptions): Promise<CSVBlockSource>; rows(o: CSVBlockOptions): Promise<CSVBlockSource> } {
  const context = { signal: terminal.signal };
  if (!isStdin(path)) {
    const open = (options: CSVBlockOptions): Promise<CSVBlockSource> => csvBlocks(path, options, context);
    return { head: open, rows: open };
  }
  const input = standardInput(terminal);
  const open = (options: CSVBlockOptions): Promise<CSVBlockSource> =>
    csvBlockSource(() => input.open(), { name: sourceName(path), ...options }, context);
  return {
    head: open,
    async rows(options) {
      const source = await open(options);
      input.commit();
      return source;
    },
  };
}

/** Columns that were chosen by hand serve as the model's features in their order, whatever they are called. */
function withoutNames(source: CSVBlockSource): CSVBlockSource {
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
