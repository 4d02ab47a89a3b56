import { readError } from "../table/errors.ts";
import type { JSONRow } from "../table/json-record.ts";
import { isJSONRow, JSONRecord, namesOf, rowLocator } from "../table/json-record.ts";
import { resolveLayout } from "../table/layout.ts";
import type { CheckedTableOptions } from "../table/options.ts";
import type { OpenTable } from "../table/record.ts";
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
    let rows = 0;
    const parsed = (source: string): ParsedLine => ({
      row: parseRow(source, lines.line, ++rows, options.name),
      line: lines.line,
      source,
    });

    const firstLine = await nextLine();
    if (firstLine === undefined) throw readError(options.name, "there are no rows. Expected one JSON object per line.");
    const first = [parsed(firstLine)];
    while (first.length < FIRST_ROWS) {
      const line = lines.next();
      if (line === undefined) break;
      first.push(parsed(line));
    }
    const names = namesOf(
      first.map(({ row }) => row),
      options.name,
    );
    const width = names?.length ?? (first[0]!.row as readonly unknown[]).length;
    const layout = resolveLayout(width, names, options);
    const fieldsOf = rowLocator(names);
    let current = first[0]!;
    const record = new JSONRecord(names, width, options.columns === undefined || options.keep === "all", (spans) =>
      fieldsOf(current.source, afterBlanks(current.source, 0), spans),
    );

    let at = 0;
    const stand = (next: ParsedLine): true => {
      current = next;
      record.row = next.row;
      record.line = next.line;
      return true;
    };
    stand(first[at++]!);
    const advance = (): Promise<boolean> | boolean => {
      if (at < first.length) return stand(first[at++]!);
      const line = lines.next();
      return line === undefined ? readOn() : stand(parsed(line));
    };
    async function readOn(): Promise<boolean> {
      const line = await nextLine();
      return line !== undefined && stand(parsed(line));
    }
    return { layout, text, record, advance, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A row with the line that it was parsed from. */
interface ParsedLine {
  readonly row: JSONRow;
  readonly line: number;
  readonly source: string;
}

function parseRow(text: string, line: number, row: number, source: string): JSONRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw readError(
      source,
      `row ${row} (line ${line}) is not JSON (${(error as Error).message}).${adviceFor(text, line)}`,
      { row: row - 1 },
      { cause: error },
    );
  }
  if (!isJSONRow(value))
    throw readError(
      source,
      `row ${row} (line ${line}) is ${value === null ? "null" : `a ${typeof value}`}. Expected an object, or a list of numbers, on each line.`,
      {
        row: row - 1,
      },
    );
  return value;
}

function adviceFor(text: string, line: number): string {
  if (/(?<!["\w])(NaN|-?Infinity)(?!["\w])/.test(text)) return " NaN and Infinity are no JSON: write null where a value is missing.";
  if (line === 1 && /^\s*[[{]\s*(\{|\[|"[^"]*"\s*:)?[^}\]]*$/.test(text))
    return " If the file is one JSON value over several lines, read it as json.";
  return "";
}
