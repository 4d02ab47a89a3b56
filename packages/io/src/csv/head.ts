import { SAMPLE_BYTES } from "../table/sample.ts";
import { cellText } from "./cell.ts";
import { detectDelimiter, mostFrequent } from "./dialect.ts";
import type { FormOptions } from "./form.ts";
import { ColumnForm } from "./form.ts";
import { headerColumns, isHeader } from "./header.ts";
import type { MissingTexts } from "../table/missing.ts";
import { BLANKS, FIELD_PLAIN, RecordScanner } from "./scanner.ts";
import { writtenNumber } from "./written.ts";

/** Rows that are looked at before a table is read. */
const HEAD_ROWS = 1000;

const LF = 10;
const CR = 13;
const HASH = 35;

/** A row of the head. */
export interface HeadRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** For each cell whether it stands in quotes. */
  readonly quoted: readonly boolean[];
}

/** What of the options decides how a head is read. */
export interface HeadOptions extends FormOptions {
  readonly delimiter: string;
  readonly header: boolean | "auto";
  readonly skipRows: number;
  readonly comment: string;
}

/** What stands before the rows, and how these are parted. */
export interface Beginning extends Lead {
  readonly delimiter: string;
}

/** Where the rows begin in a text, and what parts their fields. */
export function beginning(sample: Uint8Array, whole: boolean, options: HeadOptions): Beginning {
  const before = lead(sample, options);
  const found = (): string => before.separator ?? detectDelimiter(sample.subarray(before.start), whole, options.decimal);
  return { ...before, delimiter: options.delimiter === "auto" ? found() : options.delimiter };
}

/** How the rows of a CSV text are read. */
export interface CSVHead {
  readonly header: readonly string[] | undefined;
  /** One for each column. */
  readonly forms: readonly ColumnForm[];
  /** Lines among the first rows that are no data: of names, of units. */
  readonly notData: ReadonlySet<number>;
  readonly units: number;
  /** Comments before the rows, without one that held the names. */
  readonly comments: number;
  /** Whether some of the names are numbers. */
  readonly namedByNumbers: boolean;
}

/** Looks at the first rows of a text: what names its columns, what stands around the table, how its numbers are written. */
export function studyHead(rows: readonly HeadRow[], before: Beginning, options: HeadOptions, missing: MissingTexts): CSVHead {
  const { width: usual } = mostFrequent(rows.slice(1).map(({ cells }) => cells.length));
  const table = rows.filter((row) => row.cells.length === usual || !isComment(row, options.comment));
  const [first] = table;
  const named = first === undefined || options.header !== "auto" ? undefined : namesOfComment(before, first, options.comment);
  const has =
    options.header === "auto" ? named === undefined && first !== undefined && isHeader(first, table.slice(1), missing) : options.header;
  const data = has ? table.slice(1) : table;
  const most = mostFrequent(data.map(({ cells }) => cells.length));
  // One odd row does not make a width, nor do rows of which no two agree.
  const width = 2 * most.count > data.length ? most.width : (first?.cells.length ?? 1);
  const header = named ?? (has && first !== undefined ? headerColumns(namesOf(first), width, data) : undefined);
  const columns = header?.length ?? width;
  const even = data.filter(({ cells }) => cells.length === columns);
  const learn = (from: readonly HeadRow[]): ColumnForm[] =>
    Array.from(
      { length: columns },
      (_, column) =>
        new ColumnForm(
          from.map(({ cells }) => cells[column]!),
          options,
          missing,
        ),
    );
  const mayBeUnits = header !== undefined && even.length > 2 && even[0] === data[0] && even[0]!.cells.some(isWord);
  const hasUnits = mayBeUnits && isUnitsRow(even[0]!, learn(even.slice(1)), missing);
  const notData = new Set<number>();
  if (has && first !== undefined) notData.add(first.line);
  if (hasUnits) notData.add(even[0]!.line);
  return {
    header,
    forms: learn(hasUnits ? even.slice(1) : even),
    notData,
    units: hasUnits ? 1 : 0,
    comments: before.comments - (named === undefined ? 0 : 1),
    namedByNumbers: options.header === "auto" && has && first!.cells.some((cell) => writtenNumber(cell) !== undefined),
  };
}

function isComment({ quoted, cells }: HeadRow, comment: string): boolean {
  return comment !== "" && quoted[0] !== true && cells[0]!.startsWith(comment);
}

/** Names in a row: without the spaces around them, unless these are quoted. */
function namesOf({ cells, quoted }: HeadRow): string[] {
  return cells.map((cell, column) => (quoted[column] === true ? cell : cell.trim()));
}

function isWord(cell: string): boolean {
  return cell.trim() !== "" && Number.isNaN(Number(cell));
}

/** A second row of texts above nothing but numbers, such as "cm" and "kg". */
function isUnitsRow({ cells }: HeadRow, below: readonly ColumnForm[], missing: MissingTexts): boolean {
  let texts = 0;
  for (const [column, { numbers, texts: others }] of below.entries()) {
    if (numbers === 0 || others > 0) continue; // no column of numbers
    const cell = cells[column]!;
    const alone = new ColumnForm([cell], { decimal: "auto", thousands: "auto" }, missing);
    if (alone.numbers > 0) return false;
    if (alone.texts > 0) texts++;
  }
  return texts > 0;
}

/** Lines before a table: those to be skipped, comments, and a line that names the delimiter. */
interface Lead {
  readonly start: number;
  readonly passed: number;
  readonly separator: string | undefined;
  readonly comments: number;
  /** The last comment, which may hold names. */
  readonly titles: string | undefined;
}

function lead(sample: Uint8Array, { skipRows, comment }: Pick<HeadOptions, "skipRows" | "comment">): Lead {
  const decoder = new TextDecoder();
  let start = 0;
  let passed = 0;
  const next = (): number => {
    let at = start;
    while (at < sample.length && sample[at] !== LF && sample[at] !== CR) at++;
    return at;
  };
  const pass = (end: number): void => {
    start = sample[end] === CR && sample[end + 1] === LF ? end + 2 : Math.min(end + 1, sample.length);
    passed++;
  };
  for (let row = 0; row < skipRows && start < sample.length; row++) pass(next());
  let separator: string | undefined;
  let comments = 0;
  let titles: string | undefined;
  for (; start < sample.length;) {
    const end = next();
    const line = end - start > 10_000 ? "" : decoder.decode(sample.subarray(start, end));
    const mark = separator === undefined ? /^"?sep=(.)"?\s*$/i.exec(line) : null;
    if (mark !== null) separator = mark[1]!;
    else if (comment !== "" && line.startsWith(comment)) {
      const following = end + (sample[end] === CR && sample[end + 1] === LF ? 2 : 1);
      if (isNumberSign(line, comment) && sample[following] !== comment.charCodeAt(0)) break; // a column called "#"
      comments++;
      titles = line;
    } else if (!(line.trim() === "" && end < sample.length && comments > 0)) break;
    pass(end);
  }
  return { start, passed, separator, comments, titles };
}

/** A name such as "#" or "#id" at the front of several rather than a comment. */
function isNumberSign(line: string, comment: string): boolean {
  return comment.charCodeAt(0) === HASH && /^#"?\s*[,;\t|]/.test(line);
}

/** The names in a comment above the numbers, as NumPy writes them: `# a,b`. */
function namesOfComment({ titles, delimiter }: Beginning, { cells }: HeadRow, comment: string): string[] | undefined {
  if (titles === undefined || cells.length < 2 || !cells.some((cell) => writtenNumber(cell) !== undefined)) return undefined;
  const text = titles.slice(comment.length).trim();
  const names = (delimiter === BLANKS ? text.split(/[ \t]+/) : text.split(delimiter)).map((name) => name.trim().replaceAll(/^"|"$/g, ""));
  return names.length !== cells.length || names.some((name) => name === "" || writtenNumber(name) !== undefined) ? undefined : names;
}

/** The first rows, as far as they are whole within the sample and unbroken. */
export function headRows(text: Uint8Array, whole: boolean, { delimiter, passed }: Beginning): HeadRow[] {
  const sample = text.subarray(0, SAMPLE_BYTES);
  const scanner = new RecordScanner(delimiter, "", passed);
  const rows: HeadRow[] = [];
  scanner.push(sample);
  if (whole && sample.length === text.length) scanner.end();
  try {
    while (rows.length < HEAD_ROWS && scanner.next()) rows.push(headRow(scanner));
  } catch {
    return rows; // the reading itself says what is wrong
  }
  return rows;
}

/** The current record as a row of the head. */
export function headRow(scanner: RecordScanner): HeadRow {
  const fields = Array.from({ length: scanner.fields }, (_, field) => field);
  return {
    line: scanner.line,
    cells: fields.map((field) => cellText(scanner, field)),
    quoted: fields.map((field) => scanner.forms[field] !== FIELD_PLAIN),
  };
}
