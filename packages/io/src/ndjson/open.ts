import { readError } from "../table/errors.ts";
import type { JSONRow } from "../table/json-record.ts";
import { isJSONRow, JSONRecord, namesOf, rowLocator, textFields } from "../table/json-record.ts";
import { chosenNames, resolveLayout, withoutColumns } from "../table/layout.ts";
import type { CheckedTableOptions } from "../table/options.ts";
import type { OpenTable, RowProblem } from "../table/record.ts";
import { MissingTexts } from "../table/missing.ts";
import { withPaths } from "../table/paths.ts";
import { readSample, refuseBinary } from "../table/sample.ts";
import type { OpenText } from "../table/source.ts";
import { afterBlanks } from "../table/json-source.ts";
import { LineReader } from "./lines.ts";

/** Rows that the names of the fields are gathered from. */
const FIRST_ROWS = 100;

/**
 * Reads as far as the names of the fields are known: those of the first hundred rows that lie within the first 64 KiB.
 *
 * @throws MixturaError `read-error`, `invalid-option`, `aborted`
 */
export async function openNDJSON(text: OpenText, options: CheckedTableOptions): Promise<OpenTable> {
  const { chunks } = text;
  const close = async (): Promise<void> => void (await chunks.return());
  try {
    const { sample, whole } = await readSample(chunks);
    const lines = new LineReader(options.name);
    refuseBinary(sample, options.name);
    lines.push(sample);
    if (whole) lines.end();
    let ended = whole;
    async function nextLine(): Promise<string | undefined> {
      for (;;) {
        const line = lines.next();
        if (line !== undefined || ended) return line;
        const step = await chunks.next();
        if (step.done === true) {
          ended = true;
          lines.end();
        } else lines.push(step.value);
      }
    }
    const reported = options.badRows === "report";
    let rows = 0;
    const parsed = (source: string): ParsedLine => {
      const { line } = lines;
      rows++;
      const value = parseRow(source, line);
      if ("row" in value) return { ...value, line, source };
      if (reported) return { row: [], problem: value, line, source };
      throw lineError(value, line, rows, options.name);
    };

    const first: ParsedLine[] = [];
    // Without one good row there are no names.
    for (let line = await nextLine(); line !== undefined; line = await nextLine()) {
      first.push(parsed(line));
      if (first.at(-1)!.problem === undefined || first.length === FIRST_ROWS) break;
    }
    if (first.length === 0 && options.noRows !== "allow")
      throw readError(options.name, "there are no rows. Expected one JSON object per line.");
    while (first.length > 0 && first.length < FIRST_ROWS) {
      const line = lines.next();
      if (line === undefined) break;
      first.push(parsed(line));
    }
    const good = first.filter(({ problem }) => problem === undefined).map(({ row }) => row);
    const empty = first.length === 0;
    if (good.length === 0 && !empty) throw lineError(first[0]!.problem!, first[0]!.line, 1, options.name);
    const own = empty ? chosenNames(options) : namesOf(good, options.name);
    const names = own && withPaths(own, good, options);
    const width = names?.length ?? (good[0] as readonly unknown[]).length;
    const missing = new MissingTexts(options.na);
    const layout = names?.length === 0 ? withoutColumns : resolveLayout(width, names, options, textFields(good, names, width, missing));
    const fieldsOf = rowLocator(names);
    let current = first[0]!;
    const record = new JSONRecord(names, width, missing, (spans) => fieldsOf(current.source, afterBlanks(current.source, 0), spans));

    let at = 0;
    const stand = (next: ParsedLine): true => {
      current = next;
      record.row = next.row;
      record.line = next.line;
      record.problem = next.problem;
      if (options.columns === undefined && at >= first.length) record.noteStrangers();
      return true;
    };
    if (!empty) stand(first[at++]!);
    const advance = (): Promise<boolean> | boolean => {
      if (at < first.length) return stand(first[at++]!);
      const line = lines.next();
      return line === undefined ? readOn() : stand(parsed(line));
    };
    async function readOn(): Promise<boolean> {
      const line = await nextLine();
      return line !== undefined && stand(parsed(line));
    }
    return { layout, text, record, empty, advance, close, remarks: () => record.remarks(layout) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A row with the line that it was parsed from. */
interface ParsedLine {
  readonly row: JSONRow;
  readonly problem?: RowProblem;
  readonly line: number;
  readonly source: string;
}

/** The row of a line, or why it is none. */
function parseRow(text: string, line: number): { readonly row: JSONRow } | RowProblem {
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch (error) {
    return { reason: `is not JSON (${(error as Error).message})`, advice: adviceFor(text, line) };
  }
  if (isJSONRow(row)) return { row };
  return { reason: `is ${row === null ? "null" : `a ${typeof row}`}`, advice: "Expected an object, or a list of numbers, on each line." };
}

function lineError({ reason, advice }: RowProblem, line: number, row: number, source: string): Error {
  return readError(source, `row ${row} (line ${line}) ${reason}.${advice === "" ? "" : ` ${advice}`}`, { row: row - 1 });
}

function adviceFor(text: string, line: number): string {
  if (/(?<!["\w])(NaN|-?Infinity)(?!["\w])/.test(text)) return "NaN and Infinity are no JSON: write null where a value is missing.";
  if (line === 1 && /^\s*[[{]\s*(\{|\[|"[^"]*"\s*:)?[^}\]]*$/.test(text))
    return "If the file is one JSON value over several lines, read it as json.";
  return "";
}
