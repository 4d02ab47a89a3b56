import { isMixturaError, MixturaError } from "@mixtura/core";
import { greatestOf } from "@mixtura/core/internal";
import { readError } from "../table/errors.ts";
import type { WhyLeftOut } from "../table/layout.ts";
import { resolveLayout } from "../table/layout.ts";
import { MissingTexts } from "../table/missing.ts";
import type { OpenTable } from "../table/record.ts";
import { readSample, refuseBinary } from "../table/sample.ts";
import type { OpenText } from "../table/source.ts";
import type { ColumnForm } from "./form.ts";
import { beginning, headRow, headRows, studyHead } from "./head.ts";
import type { CheckedCSVOptions } from "./options.ts";
import { CSVRecord } from "./record.ts";
import { csvRemarks } from "./remarks.ts";
import { FIELD_PLAIN, RecordScanner } from "./scanner.ts";

const LF = 10;

/** An open CSV table. */
export interface OpenCSV extends OpenTable {
  readonly text: OpenText;
  readonly delimiter: string;
  /** The decimal mark of most columns of numbers. */
  readonly decimal: "." | ",";
  /** The first bytes, as far as whole rows go. */
  readonly sample: Uint8Array;
  /** Whether these are all. */
  readonly whole: boolean;
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
  let first = new Uint8Array(0);
  try {
    const { sample, whole } = await readSample(chunks);
    refuseBinary(sample, options.name);
    if (options.sheet !== undefined && !text.isSheet) throw noWorkbook(options);
    first = wholeLines(sample, whole);
    const before = beginning(sample, whole, text.isSheet && options.delimiter === "auto" ? { ...options, delimiter: "," } : options);
    const { delimiter } = before;
    const rows = headRows(sample.subarray(before.start), whole, before);
    const scanner = new RecordScanner(delimiter, options.name, before.passed);
    scanner.push(sample.subarray(before.start));
    if (whole) scanner.end();

    const nextRecord = (): Promise<boolean> | boolean => scanner.next() || readOn();
    let ended = whole;
    let hold = (): void => undefined;
    async function readOn(): Promise<boolean> {
      hold();
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

    let more = await nextRecord();
    if (!more) throw readError(options.name, "the table is empty. Expected at least one row of numbers.");
    if (rows.length === 0) rows.push(headRow(scanner)); // a first row longer than the sample
    const missing = new MissingTexts(options.na);
    const head = studyHead(rows, before, options, missing);
    const { forms, header, notData } = head;
    const layout = resolveLayout(forms.length, header, options, unfitColumns(forms));
    const record = new CSVRecord(scanner, forms, missing.numbers);
    hold = () => record.hold();
    const lastPassed = greatestOf([0, ...notData]);
    const comment = options.comment.charCodeAt(0); // NaN where there is none
    let comments = 0;

    /** Whether the record is a row of data rather than names, units or a comment. */
    const isData = (): boolean => {
      if (scanner.line <= lastPassed && notData.has(scanner.line)) return false;
      if (scanner.bytes[scanner.starts[0]!] !== comment || scanner.forms[0] !== FIELD_PLAIN) return true;
      if (!record.text(0).startsWith(options.comment) || (record.fields === forms.length && forms[0]!.numbers === 0)) return true;
      comments++;
      return false;
    };
    const toData = async (): Promise<boolean> => {
      while (more && !isData()) more = await nextRecord();
      return more;
    };
    const empty = !(await toData());
    if (empty && options.noRows !== "allow") throw readError(options.name, "there is a header and no row of data.");
    const advance = (): Promise<boolean> | boolean => {
      if (!scanner.next()) return advanceOn(readOn());
      // Nearly every row is data, and shows it at once.
      if (scanner.bytes[scanner.starts[0]!] !== comment && scanner.line > lastPassed) return true;
      return isData() || advanceOn(true);
    };
    const advanceOn = async (step: boolean | Promise<boolean>): Promise<boolean> => {
      more = await step;
      return toData();
    };
    return {
      layout,
      text,
      delimiter,
      get decimal() {
        const commas = layout.features.filter((column) => forms[column]!.decimal === ",").length;
        return 2 * commas > layout.features.length ? "," : ".";
      },
      sample: first,
      whole,
      record,
      empty,
      advance,
      close,
      remarks: () => csvRemarks(layout, head, { separator: before.separator !== undefined, comments: head.comments + comments }, options),
    };
  } catch (error) {
    await close();
    if (isMixturaError(error)) samples.set(error, first);
    throw error;
  }
}

function noWorkbook({ name, sheet }: CheckedCSVOptions): Error {
  return new MixturaError("invalid-option", `${name}: "sheet" chooses a sheet of an .xlsx workbook, and this is text. Leave it out.`, {
    option: "sheet",
    found: sheet,
  });
}

const samples = new WeakMap<object, Uint8Array>();

/** The first bytes of a table whose head was refused, where these are text. */
export function sampleOf(error: object): Uint8Array | undefined {
  return samples.get(error);
}

/** Bytes as far as their last line goes to its end. */
function wholeLines(sample: Uint8Array, whole: boolean): Uint8Array<ArrayBuffer> {
  return sample.slice(0, whole ? sample.length : sample.lastIndexOf(LF) + 1);
}

/** Columns that hold no numbers. What is missing in the first rows may come later. */
function unfitColumns(forms: readonly ColumnForm[]): Map<number, WhyLeftOut> {
  const unfit = new Map<number, WhyLeftOut>();
  for (const [column, { texts, numbers, dates, currencies }] of forms.entries()) {
    if (texts > numbers) unfit.set(column, dates ? "dates" : "text");
    else if (currencies.length > 1) unfit.set(column, "currencies");
  }
  return unfit;
}
