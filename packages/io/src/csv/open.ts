import { MixturaError } from "@mixtura/core";
import { readError } from "../table/errors.ts";
import { resolveLayout } from "../table/layout.ts";
import type { OpenTable } from "../table/record.ts";
import { readSample, refuseBinary } from "../table/sample.ts";
import type { OpenText } from "../table/source.ts";
import { cellNumber, headerTexts, isMissing } from "./cell.ts";
import { detectDelimiter } from "./dialect.ts";
import type { CheckedCSVOptions } from "./options.ts";
import { CSVRecord } from "./record.ts";
import { RecordScanner } from "./scanner.ts";

/** An open CSV table. */
export interface OpenCSV extends OpenTable {
  readonly delimiter: string;
}

/**
 * Reads as far as the first row of data: delimiter, names, columns. Every problem with the head of a file or with the choice of columns
 * shows here, before any work.
 *
 * @throws MixturaError `read-error`, `invalid-option`, `aborted`
 */
export async function openCSV(text: OpenText, options: CheckedCSVOptions): Promise<OpenCSV> {
  const { chunks } = text;
  const close = async (): Promise<void> => void (await chunks.return());
  try {
    const { sample, whole } = await readSample(chunks);
    refuseBinary(sample, options.name);
    if (options.sheet !== undefined && !text.isSheet) throw noWorkbook(options);
    const delimiter =
      options.delimiter === "auto" ? (text.isSheet ? "," : detectDelimiter(sample, whole, options.decimal)) : options.delimiter;
    const scanner = new RecordScanner(delimiter.charCodeAt(0), options.name);
    scanner.push(sample);
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
    const layout = resolveLayout(scanner.fields, hasHeader ? headerTexts(scanner) : undefined, options);
    const empty = hasHeader && !(await advance());
    if (empty && options.noRows !== "allow") {
      const hint = options.header === "auto" ? " If its only row is data, pass header: false." : "";
      throw readError(options.name, `there is a header and no row of data.${hint}`);
    }
    return { layout, text, delimiter, record: new CSVRecord(scanner, options.decimal), empty, advance, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function noWorkbook({ name, sheet }: CheckedCSVOptions): Error {
  return new MixturaError("invalid-option", `${name}: "sheet" chooses a sheet of an .xlsx workbook, and this is text. Leave it out.`, {
    option: "sheet",
    found: sheet,
  });
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
