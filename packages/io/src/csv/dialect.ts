import { readError } from "./errors.ts";
import { RecordScanner } from "./scanner.ts";

/** Bytes at the start of a source that its delimiter is found from. */
export const SAMPLE_BYTES = 2 ** 16;

const SAMPLE_ROWS = 50;

/** In order of precedence: a comma also stands inside numbers, so it comes last. */
const CANDIDATES = ["\t", ";", "|", ","];

/** A source's first bytes without their byte order mark; refuses what is not UTF-8 text. */
export function withoutMark(sample: Uint8Array, source: string): Uint8Array {
  const [first, second, third] = sample;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (utf16) throw readError(source, "the text is in UTF-16. Save it as UTF-8.");
  if (sample.subarray(0, SAMPLE_BYTES).includes(0))
    throw readError(
      source,
      "this is not text (it holds zero bytes). A spreadsheet or compressed file has to be exported as CSV in UTF-8 first.",
    );
  return first === 0xef && second === 0xbb && third === 0xbf ? sample.subarray(3) : sample;
}

/**
 * The delimiter of a CSV text: the first of tab, `;`, `|` and `,` that cuts every sampled row into the same number of fields, more than one.
 * Where none does, the one that cuts the first row into the most fields. With a single column any does. It is never the decimal mark.
 *
 * @param whole whether `start` is all there is
 */
export function detectDelimiter(start: Uint8Array, whole: boolean, decimal: string): string {
  const sample = start.subarray(0, SAMPLE_BYTES);
  const candidates = CANDIDATES.filter((candidate) => candidate !== decimal);
  let best = { delimiter: candidates.at(-1)!, fields: 1 };
  for (const delimiter of candidates) {
    const widths = sampleWidths(sample, delimiter, whole && sample.length === start.length);
    const first = widths[0] ?? 1;
    if (first > 1 && widths.every((width) => width === first)) return delimiter;
    if (first > best.fields) best = { delimiter, fields: first };
  }
  return best.delimiter;
}

/** Numbers of fields in the first rows; none when the rows are broken under this delimiter. */
function sampleWidths(sample: Uint8Array, delimiter: string, whole: boolean): number[] {
  const scanner = new RecordScanner(delimiter.charCodeAt(0), "");
  const widths: number[] = [];
  scanner.push(sample);
  if (whole) scanner.end();
  try {
    while (widths.length < SAMPLE_ROWS && scanner.next()) widths.push(scanner.fields);
  } catch {
    return [];
  }
  return widths.length === 0 ? [scanner.fields + 1] : widths; // a first row longer than the sample
}
