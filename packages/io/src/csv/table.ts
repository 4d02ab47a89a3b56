import { headerTexts, isMissing, cellNumber } from "./cell.ts";
import { detectDelimiter, SAMPLE_BYTES, withoutMark } from "./dialect.ts";
import { readError } from "./errors.ts";
import type { Layout } from "./layout.ts";
import { resolveLayout } from "./layout.ts";
import type { CheckedCSVOptions } from "./options.ts";
import { RecordScanner } from "./scanner.ts";

/** A table whose head was read: what its columns are, and its rows still to come. */
export interface OpenTable {
  readonly layout: Layout;
  /** Stands on the first row of data, or on no row when there are none. */
  readonly scanner: RecordScanner;
  /** Moves the scanner to the next row, reading on as needed. */
  advance(): Promise<boolean> | boolean;
  close(): Promise<void>;
}

/**
 * Reads as far as the first row of data: delimiter, names, columns. Every problem with the head of a file or with the choice of columns
 * shows here, before any work.
 *
 * @throws MixturaError `read-error`, `invalid-option`, `aborted`
 */
export async function openTable(chunks: AsyncGenerator<Uint8Array, void>, options: CheckedCSVOptions): Promise<OpenTable> {
  const close = async (): Promise<void> => void (await chunks.return());
  try {
    const { sample, whole } = await readSample(chunks);
    const text = withoutMark(sample, options.name);
    const delimiter = options.delimiter === "auto" ? detectDelimiter(text, whole, options.decimal) : options.delimiter;
    const scanner = new RecordScanner(delimiter.charCodeAt(0), options.name);
    scanner.push(text);
    if (whole) scanner.end();

    const advance = (): Promise<boolean> | boolean => scanner.next() || readOn();
    let ended = whole;
    async function readOn(): Promise<boolean> {
      while (!ended) {
        const step = await chunks.next();
        if (step.done === true) {
          ended = true;
          scanner.end();
        } else scanner.push(step.value);
        if (scanner.next()) return true;
      }
      return false;
    }

    if (!(await advance())) throw readError(options.name, "the table is empty. Expected at least one row of numbers.");
    const hasHeader = options.header === "auto" ? looksLikeHeader(scanner, options.decimal) : options.header;
    const layout = resolveLayout(scanner.fields, hasHeader ? headerTexts(scanner) : undefined, delimiter, options);
    if (hasHeader && !(await advance())) {
      const hint = options.header === "auto" ? " If its only row is data, pass header: false." : "";
      throw readError(options.name, `there is a header and no row of data.${hint}`);
    }
    return { layout, scanner, advance, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The first bytes, the same ones however the source was cut. */
async function readSample(chunks: AsyncGenerator<Uint8Array, void>): Promise<{ sample: Uint8Array; whole: boolean }> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let whole = false;
  while (length <= SAMPLE_BYTES && !whole) {
    const step = await chunks.next();
    if (step.done === true) whole = true;
    else {
      pieces.push(step.value.slice());
      length += step.value.length;
    }
  }
  const sample = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    sample.set(piece, at);
    at += piece.length;
  }
  return { sample, whole };
}

/** A row of names holds at least one text and no number. Missing cells say nothing. */
function looksLikeHeader(record: RecordScanner, decimal: string): boolean {
  let texts = 0;
  for (let field = 0; field < record.fields; field++) {
    if (isMissing(record, field)) continue;
    if (!Number.isNaN(cellNumber(record, field, decimal.charCodeAt(0)))) return false;
    texts++;
  }
  return texts > 0;
}
