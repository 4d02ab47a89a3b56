import { SAMPLE_BYTES } from "../table/sample.ts";
import { BLANKS, RecordScanner } from "./scanner.ts";
import { writtenNumber } from "./written.ts";

const SAMPLE_ROWS = 50;

/** In order of precedence: a comma also stands inside numbers, so it comes last. */
const CANDIDATES = ["\t", ";", "|", ","];

/**
 * The delimiter of a CSV text: the first of tab, `;`, `|` and `,` that cuts every sampled row into the same number of fields, more than one; then runs
 * of blanks that do so between numbers. Where none does, the one that cuts the most rows into one number of fields, as a table may have lines around it.
 * With a single column any does. It is never the decimal mark.
 *
 * @param whole whether `start` is all there is
 */
export function detectDelimiter(start: Uint8Array, whole: boolean, decimal: string): string {
  const sample = start.subarray(0, SAMPLE_BYTES);
  const all = whole && sample.length === start.length;
  const candidates = CANDIDATES.filter((candidate) => candidate !== decimal);
  let best = { delimiter: candidates.at(-1)!, rows: 0, fields: 1 };
  for (const delimiter of candidates) {
    const widths = sampleWidths(sample, delimiter, all);
    const first = widths[0] ?? 1;
    if (first > 1 && widths.every((width) => width === first)) return delimiter;
    const usual = mostFrequent(widths);
    if (usual.width < 2 || 2 * usual.count <= widths.length) {
      if (best.rows === 0 && first > best.fields) best = { delimiter, rows: 0, fields: first };
    } else if (usual.count > best.rows) best = { delimiter, rows: usual.count, fields: usual.width };
  }
  return best.rows < 2 && best.fields === 1 && isPartedByBlanks(sample, all) ? BLANKS : best.delimiter;
}

/** The width that most rows have. */
export function mostFrequent(widths: readonly number[]): { width: number; count: number } {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let best = { width: 1, count: 0 };
  for (const [width, count] of counts) if (count > best.count) best = { width, count };
  return best;
}

/** Whether blanks part every row into the same number of fields, with a number in each row behind the first. */
function isPartedByBlanks(sample: Uint8Array, whole: boolean): boolean {
  const numbers: number[] = [];
  const widths = sampleWidths(sample, BLANKS, whole, (texts) => {
    numbers.push(texts.filter((text) => writtenNumber(text) !== undefined).length);
  });
  // Row names stand above no header (R's write.table).
  const width = widths.at(-1) ?? 1;
  const even = widths.every((other, row) => other === width || (row === 0 && other === width - 1));
  return widths.length > 1 && width > 1 && even && numbers.slice(1).every((count) => count > 0);
}

/** Numbers of fields in the first rows; none when the rows are broken under this delimiter. */
function sampleWidths(sample: Uint8Array, delimiter: string, whole: boolean, each?: (texts: readonly string[]) => void): number[] {
  const scanner = new RecordScanner(delimiter, "");
  const decoder = new TextDecoder();
  const widths: number[] = [];
  scanner.push(sample);
  if (whole) scanner.end();
  try {
    while (widths.length < SAMPLE_ROWS && scanner.next()) {
      widths.push(scanner.fields);
      each?.(
        Array.from({ length: scanner.fields }, (_, field) =>
          decoder.decode(scanner.bytes.subarray(scanner.starts[field], scanner.ends[field])),
        ),
      );
    }
  } catch {
    return [];
  }
  return widths.length === 0 ? [scanner.fields + 1] : widths; // a first row longer than the sample
}
